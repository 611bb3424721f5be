"""Rank invented decisions by ways of telling what is alike, and print how well each finds the ones on the same matter.

usage: python scripts/evaluate_similar.py

The decisions and what is known of them stand in corpus/similar/. By every second question, on the left, ways and
weights were chosen; the others, on the right, were only scored. MRR is the mean of 1 / rank of the first right answer;
R@5 and R@10 are the shares of the right answers among the first five and ten; "lure" is how often a right answer stands
above the decision that shares its words or theme alone.

The second table tells what is shown of the first six where what is less alike than "least" is left out: how many
answers a question are right, lures, and about something else, and the share of questions that have none; "pairs" is the
share of the decisions about something else that are as alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from minutes_miner.store.embedding import describe, load_encoder
from minutes_miner.store.nearest import sign_bits
from minutes_miner.store.query import parse_query

JUDGED = Path(__file__).parents[1] / "corpus" / "similar" / "judged.txt"
TOKENISER = "porter unicode61 remove_diacritics 2"
"""Of the store's own index."""

SIGNS = "?++-"
"""Mark the lines of a question, in their order."""

SHOWN = 6
"""Answers that the page of a decision shows at most."""

CUTS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)

Likeness = NDArray[np.float64]
"""A row and a column for each decision."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Hold a decision of the file."""

    title: str
    text: str


def read_judged(path: Path) -> list[Judged]:
    """Read the decisions, four a question.

    Raises:
        ValueError: a line or a question is not as the file's head tells.
    """
    found = []
    for block in path.read_text("utf-8").strip().split("\n\n")[1:]:
        lines = block.splitlines()
        if "".join(line[0] for line in lines) != SIGNS:
            raise ValueError(f"{path}: not a question, two answers and a lure: {block!r}")
        for line in lines:
            title, _, text = line[2:].partition(" | ")
            if not title or not text:
                raise ValueError(f"{path}: no title or no text: {line!r}")
            found.append(Judged(title, text))
    return found


def by_tfidf(judged: list[Judged]) -> Likeness:
    """Compare by the words, the rarer the heavier."""
    found = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([_words(one) for one in judged])
    return np.asarray((found @ found.T).todense())


def by_index(judged: list[Judged]) -> Likeness:
    """Ask a full-text index like the store's for all words of the question, ranked by BM25."""
    likeness = np.zeros((len(judged), len(judged)))
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(title, text, tokenize='{TOKENISER}')")
        rows = [(number, one.title, one.text) for number, one in enumerate(judged)]
        connection.executemany("INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)", rows)
        for number, one in enumerate(judged):
            words = {word for group in parse_query(_words(one)) for term in group.wanted for word in term.words}
            asked = " OR ".join(f'"{word}"' for word in sorted(words))
            for other, score in connection.execute("SELECT rowid, bm25(texts) FROM texts WHERE texts MATCH ?", [asked]):
                likeness[number, other] = -score
    return likeness


def by_meaning(judged: list[Judged]) -> Likeness:
    """Compare by the vectors that come with the package."""
    vectors = load_encoder()([_words(one) for one in judged]).astype(np.float64)
    return vectors @ vectors.T


def by_signs(judged: list[Judged]) -> Likeness:
    """Compare by the bits of the vectors alone, as the file beside a store holds them."""
    signs = sign_bits(load_encoder()([_words(one) for one in judged]))
    return -np.bitwise_count(signs[:, :, None] ^ signs[:, None, :]).sum(axis=0).astype(np.float64)


def by_both(judged: list[Judged]) -> Likeness:
    """Add up the reciprocal ranks by meaning and, with half the weight, by words."""
    ranks = [np.argsort(np.argsort(-way(judged), axis=1), axis=1) for way in (by_meaning, by_index)]
    return 1 / (6.0 + ranks[0]) + 0.5 / (6.0 + ranks[1])


WAYS: dict[str, Callable[[list[Judged]], Likeness]] = {
    "TF-IDF": by_tfidf,
    "BM25 of the full-text index": by_index,
    "vectors": by_meaning,
    "bits of the vectors alone": by_signs,
    "vectors and BM25": by_both,
}


def score(likeness: Likeness) -> NDArray[np.float64]:
    """Give MRR, R@5, R@10 and "lure" of each question."""
    return np.array([_score(likeness[asked], asked) for asked in range(0, len(likeness), len(SIGNS))])


def _score(row: NDArray[np.float64], asked: int) -> tuple[float, ...]:
    others = [number for number in np.argsort(-row, kind="stable").tolist() if number != asked]
    ranks = [others.index(asked + place) + 1 for place in (1, 2)]
    lure = others.index(asked + 3) + 1
    within = [sum(rank <= most for rank in ranks) / 2 for most in (5, 10)]
    return (1 / min(ranks), *within, sum(rank < lure for rank in ranks) / 2)


def cut(likeness: Likeness, least: float) -> NDArray[np.float64]:
    """Give right answers, lures and others among the first six, whether there is none, and the share of other pairs."""
    asked = range(0, len(likeness), len(SIGNS))
    return np.array([_cut(np.delete(likeness[one], one), one, least) for one in asked])


def _cut(row: NDArray[np.float64], asked: int, least: float) -> tuple[float, ...]:
    right, lure = (asked, asked + 1), asked + 2
    shown = [number for number in np.argsort(-row, kind="stable")[:SHOWN].tolist() if row[number] >= least]
    count, lures = sum(number in right for number in shown), shown.count(lure)
    others = np.delete(row, (*right, lure))
    return (count, lures, len(shown) - count - lures, float(not shown), float((others >= least).mean()))


def _words(one: Judged) -> str:
    return describe(one.title, one.text)


def main() -> None:
    """Print the tables."""
    judged = read_judged(JUDGED)
    print("| way | MRR | R@5 | R@10 | lure | MRR | R@5 | R@10 | lure |")
    print("|---" * 9 + "|")
    for name, way in WAYS.items():
        figures = score(way(judged))
        shown = [f"{value:.2f}" for half in (figures[0::2], figures[1::2]) for value in half.mean(axis=0)]
        print(f"| {name} | {' | '.join(shown)} |")
    print("\n| least | right | lures | others | none | pairs | right | lures | others | none | pairs |")
    print("|---" * 11 + "|")
    likeness = by_meaning(judged)
    for least in CUTS:
        figures = cut(likeness, least)
        means = [half.mean(axis=0) for half in (figures[0::2], figures[1::2])]
        shown = [f"{value:.3f}" if place == 4 else f"{value:.2f}" for half in means for place, value in enumerate(half)]
        print(f"| {least:.2f} | {' | '.join(shown)} |")


if __name__ == "__main__":
    main()
