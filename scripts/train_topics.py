"""Train the classifier of topics from corpus/topics, or print how right it is on councils it did not see.

usage: python scripts/train_topics.py              (writes minutes_miner/extract/topics.npz)
       python scripts/train_topics.py --evaluate   (prints the tables of the model card)
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from minutes_miner.domain.topic import load_topics
from minutes_miner.extract.topics import FILE, MOST, TopicModel, load_model, save_model
from minutes_miner.extract.topicwords import PLACES, Term, Wording, list_terms, read_wording, topics_of

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "corpus" / "topics"
FOLDS = 5
STRENGTH = 2.0
"""Inverse of how strongly weights are drawn to nothing; chosen by folds of the training councils."""

CLUES = 2 + 3 * len(PLACES)
"""Columns of TopicModel.clues."""

PRIOR = 0.5
"""Times that a term was right, and wrong, before any text was read."""

WRITTEN = 0.1
"""How much a text that was written for training counts for the second layer, beside a decision of the corpus."""

WANTED = 0.85
"""Precision that the threshold is to give on folds of the training councils."""


@dataclass(frozen=True)
class Example:
    """Hold a text, where it comes from, and its topics."""

    source: str
    title: str | None
    text: str
    committee: str | None
    topics: frozenset[str]

    def wording(self) -> Wording:
        return read_wording(self.title, self.text, self.committee)


@dataclass(frozen=True)
class Foretold:
    """Hold an example, the fold that held it out, and the clues found without it."""

    example: Example
    fold: int
    clues: NDArray[Any]


def read_examples(split: str) -> list[Example]:
    """Read what is trained on ("train", with the texts written for it) or what is only scored ("dev")."""
    labels = [json.loads(line) for line in (TEXTS / "labels.jsonl").read_text("utf-8").splitlines()]
    found = [_example(row, row["council"]) for row in labels if row["split"] == split]
    if split == "train":
        written = (TEXTS / "written.jsonl").read_text("utf-8").splitlines()
        found += [_example(json.loads(line), f"written {number % FOLDS}") for number, line in enumerate(written)]
    return found


def _example(row: dict[str, Any], source: str) -> Example:
    return Example(source, row["title"], row["text"], row["committee"], frozenset(row["topics"]))


def fit_words(examples: list[Example]) -> TopicModel:
    """Learn the first layer; the second lets everything pass."""
    wordings = [example.wording() for example in examples]
    counts = Counter(name for wording in wordings for name in wording.features)
    names = sorted(name for name, count in counts.items() if count > 1)
    codes = tuple(load_topics())
    matrix = _to_matrix(wordings, {name: row for row, name in enumerate(names)})
    weights, bias = np.zeros((len(names), len(codes))), np.zeros(len(codes))
    for column, code in enumerate(codes):
        told = np.array([code in example.topics for example in examples])
        learned = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(matrix, told)
        weights[:, column], bias[column] = learned.coef_[0], learned.intercept_[0]
    scale = np.abs(weights).max(axis=0) / 127
    whole = np.round(weights / scale).astype(np.int8)
    kept = np.flatnonzero(whole.any(axis=1))
    features = {names[row]: place for place, row in enumerate(kept)}
    return TopicModel(
        codes,
        features,
        whole[kept],
        scale.astype(np.float32),
        bias.round(3).astype(np.float32),
        trust=_learn_trust(examples, wordings),
        judge=np.zeros(CLUES + 1, dtype=np.float32),
        threshold=0.0,
    )


def _to_matrix(wordings: list[Wording], table: dict[str, int]) -> csr_matrix:
    cells = [(n, table[name]) for n, one in enumerate(wordings) for name in sorted(one.features) if name in table]
    rows, columns = zip(*cells, strict=True)
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(wordings), len(table)))


def _learn_trust(examples: list[Example], wordings: list[Wording]) -> dict[tuple[Term, str], float]:
    """Tell how often each term was right; of one that was never seen, that it is right half the time."""
    seen: Counter[Term] = Counter()
    right: Counter[tuple[Term, str]] = Counter()
    for example, wording in zip(examples, wordings, strict=True):
        for term in sorted(frozenset().union(*wording.terms)):
            seen[term] += 1
            right.update((term, code) for code in topics_of(term) if code in example.topics)
    return {
        (term, code): round(log((right[term, code] + PRIOR) / (seen[term] - right[term, code] + PRIOR)), 2)
        for term in list_terms()
        for code in topics_of(term)
    }


def foretell(examples: list[Example]) -> list[Foretold]:
    """Give what the first layer says of each example, with weights that did not see its council."""
    found = []
    for fold in range(FOLDS):
        model = fit_words([one for one in examples if _fold(one.source) != fold])
        found += [Foretold(one, fold, model.clues(one.wording())) for one in examples if _fold(one.source) == fold]
    return found


def _fold(source: str) -> int:
    return int(source[-1]) if source.startswith("written") else sha256(source.encode()).digest()[0] % FOLDS


def fit_judge(found: list[Foretold]) -> NDArray[Any]:
    """Learn the second layer: one logistic regression over every pair of an example and a topic."""
    codes = tuple(load_topics())
    clues = np.vstack([one.clues for one in found])
    told = np.array([code in one.example.topics for one in found for code in codes])
    share = [WRITTEN if one.example.source.startswith("written") else 1.0 for one in found for _ in codes]
    learned = LogisticRegression(C=1.0, solver="liblinear", random_state=0).fit(clues, told, share)
    return np.append(learned.coef_[0], learned.intercept_[0]).round(4).astype(np.float32)


def judge_folds(found: list[Foretold]) -> list[tuple[Example, dict[str, float]]]:
    """Give what both layers say of each labelled decision, with weights that did not see its council."""
    told = []
    codes = tuple(load_topics())
    for fold in range(FOLDS):
        judge = fit_judge([one for one in found if one.fold != fold])
        for one in found:
            if one.fold == fold and not one.example.source.startswith("written"):
                sure = 1 / (1 + np.exp(-(one.clues @ judge[:-1] + judge[-1])))
                order = sorted(zip(codes, sure.round(2), strict=True), key=lambda pair: -pair[1])[:MOST]
                told.append((one.example, dict(order)))
    return told


def _say(model: TopicModel, example: Example) -> dict[str, float]:
    return {score.code: score.confidence for score in model.find(example.title, example.text, example.committee)}


def choose_threshold(told: list[tuple[Example, dict[str, float]]]) -> float:
    """Give the lowest probability from which the topics said are as precise as WANTED."""
    said = [(sure, code in one.topics) for one, scores in told for code, sure in scores.items()]
    for threshold in np.arange(0.3, 0.95, 0.01):
        right = [is_right for sure, is_right in said if sure >= threshold]
        if sum(right) >= WANTED * len(right):
            return round(float(threshold), 2)
    return 0.95


def count(pairs: list[tuple[frozenset[str], set[str]]]) -> dict[str, tuple[int, int, int]]:
    """Count for each topic how often it is said rightly, said, and true."""
    return {
        code: (
            sum(code in true and code in said for true, said in pairs),
            sum(code in said for _, said in pairs),
            sum(code in true for true, _ in pairs),
        )
        for code in load_topics()
    }


def rate(right: int, said: int, true: int) -> tuple[float, float, float]:
    """Give precision, recall and F1."""
    precision, recall = right / max(1, said), right / max(1, true)
    return precision, recall, 2 * right / max(1, said + true)


def print_scores(name: str, pairs: list[tuple[frozenset[str], set[str]]], *, is_full: bool) -> None:
    """Print one line for all topics, and one for each."""
    counts = count(pairs)
    micro = rate(*map(sum, zip(*counts.values(), strict=True)))
    macro = np.mean([rate(*found)[2] for found in counts.values() if found[2]])
    print(f"| {name} | {len(pairs)} | {micro[0]:.3f} | {micro[1]:.3f} | **{micro[2]:.3f}** | {macro:.3f} |")
    if is_full:
        print("\n| topic | true | said | precision | recall | F1 |\n|---|---|---|---|---|---|")
        for code, found in counts.items():
            precision, recall, f1 = rate(*found)
            shown = f"{precision:.2f}" if found[1] else "–"
            print(f"| `{code}` | {found[2]} | {found[1]} | {shown} | {recall:.2f} | {f1:.2f} |")


def evaluate(model: TopicModel) -> None:
    """Print how right the shipped weights are on the councils of the split "dev"."""
    held = read_examples("dev")
    wordings = [one.wording() for one in held]
    keywords = [(one.topics, _keywords(wording.terms)) for one, wording in zip(held, wordings, strict=True)]
    titles = [
        (one.topics, _keywords(wording.terms[:1] if one.title else wording.terms[1:2]))
        for one, wording in zip(held, wordings, strict=True)
    ]
    print(f"threshold {model.threshold}\n\n| way | decisions | precision | recall | micro F1 | macro F1 |")
    print("|---|---|---|---|---|---|")
    print_scores("any keyword, anywhere", keywords, is_full=False)
    print_scores("any keyword of the title", titles, is_full=False)
    print_scores("classifier", [(one.topics, set(_say(model, one))) for one in held], is_full=True)


def _keywords(places: Iterable[frozenset[Term]]) -> set[str]:
    """Give the topics that a list of keywords would: each of which a term occurs."""
    return {code for terms in places for term in terms for code in topics_of(term)}


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evaluate", action="store_true", help="print scores instead of training")
    parser.add_argument("--out", type=Path, default=ROOT / "minutes_miner" / "extract" / FILE, help="file to write")
    options = parser.parse_args()
    if options.evaluate:
        evaluate(load_model(options.out))
        return
    examples = read_examples("train")
    found = foretell(examples)
    told = judge_folds(found)
    threshold = choose_threshold(told)
    model = replace(fit_words(examples), judge=fit_judge(found), threshold=threshold)
    save_model(model, options.out)
    pairs = [(one.topics, {code for code, sure in scores.items() if sure >= threshold}) for one, scores in told]
    print("| way | decisions | precision | recall | micro F1 | macro F1 |\n|---|---|---|---|---|---|")
    print_scores(f"folds of the training councils, threshold {threshold}", pairs, is_full=False)
    print(f"{len(examples)} examples, {len(model.features)} features, {options.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
