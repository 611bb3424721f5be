"""Run the rules over annotated documents and tell which of their findings, and of the sentences left, are right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from minutes_miner.annotate import annotate
from minutes_miner.annotate.alignment import get_findings
from minutes_miner.annotate.features import Candidate, Features
from minutes_miner.annotate.papers import is_paper
from minutes_miner.annotate.sections import Layout, get_layout
from minutes_miner.annotate.verdicts import decision_candidates, task_candidates
from minutes_miner.domain.vocabulary import Label, SpanKey
from minutes_miner.evaluate.likeness import MATCH, count_tokens
from minutes_miner.parse import identify, parse

Mentions = list[Counter[str]]


@dataclass(frozen=True)
class Example:
    """Hold a candidate with its features and what gold says of it.

    Attributes:
        label: DECISION or ACTION.
        council: folder of the council in the corpus.
        trigger: name of the rule that found it, or "" for a sentence that none found.
        is_right: whether gold has it; a sentence that tells again what a rule found is not.
    """

    label: Label
    council: str
    trigger: str
    is_right: bool
    features: frozenset[str]


def iter_examples(gold: Path, nlp: Language) -> Iterator[Example]:
    """Give the candidates of every document of a gold file; what gold lists as optional is left out.

    Args:
        gold: ``gold.jsonl`` of a split.
        nlp: the pipeline with its rules only.
    """
    for line in gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        path = gold.parent / record["file"]
        data = path.read_bytes()
        doc = annotate(nlp, parse(data, identify(data, path.name)))
        layout = get_layout(doc)
        if is_paper(layout):
            continue
        council = path.name.partition(".")[0]
        resolutions = get_findings(doc, SpanKey.RESOLUTIONS)
        places = [((r.start, r.end), *r.mentions) for r in resolutions]
        yield from _label(record, layout, decision_candidates(resolutions), places, council)
        tasks = get_findings(doc, SpanKey.ACTIONS)
        places = [((task.start, task.end), *task.mentions) for task in tasks]
        yield from _label(record, layout, task_candidates(tasks), places, council, Label.ACTION)


def _label(
    gold: dict[str, Any],
    layout: Layout,
    found: list[Candidate],
    places: list[tuple[tuple[int, int], ...]],
    council: str,
    label: Label = Label.DECISION,
) -> Iterator[Example]:
    name = f"{label.lower()}s"
    records = [([count_tokens(quote) for quote in record["quotes"]], record) for record in gold[name]]
    optional = [count_tokens(quote) for quote in gold["optional"][name]]
    features = Features(layout, found)
    left = [Candidate(unit.start, unit.end) for unit in features.iter_sentences()]
    spots = [*places, *(((candidate.start, candidate.end),) for candidate in left)]
    told: list[object] = []
    for candidate, spot in zip([*found, *left], spots, strict=True):
        mentions = [count_tokens(layout.text[start:end]) for start, end in spot]
        best = max(records, key=lambda entry: _alike(mentions, entry[0]), default=None)
        matches = best is not None and _alike(mentions, best[0]) >= MATCH
        if not matches and _alike(mentions, optional) >= MATCH:
            continue
        is_right = best is not None and matches and (bool(candidate.trigger) or best not in told)
        if candidate.trigger and matches:
            told.append(best)
        yield Example(label, council, candidate.trigger, is_right, frozenset(features.describe(candidate)))


def _alike(mentions: Mentions, quotes: Mentions) -> float:
    """Give the token F1 of the two wordings that are most alike."""
    return max((_f1(one, other) for one in mentions for other in quotes), default=0.0)


def _f1(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
