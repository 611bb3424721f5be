"""Run the rules over annotated documents and tell which of their findings are right."""

from __future__ import annotations

import json
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
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.vocabulary import Label, SpanKey
from minutes_miner.evaluate import compare, read_answer, read_gold
from minutes_miner.evaluate.likeness import MATCH, find_likeness
from minutes_miner.export.contract import as_contract
from minutes_miner.extract import extract
from minutes_miner.parse import identify, parse


@dataclass(frozen=True)
class Example:
    """Hold a candidate with its features and what gold says of it.

    Attributes:
        label: DECISION or ACTION.
        council: folder of the council in the corpus.
        is_right: whether gold has it.
    """

    label: Label
    council: str
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
        yield from _label(record, layout, decision_candidates(resolutions), places, council, Label.DECISION)
        tasks = get_findings(doc, SpanKey.ACTIONS)
        places = [((task.start, task.end), *task.mentions) for task in tasks]
        yield from _label(record, layout, task_candidates(tasks), places, council, Label.ACTION)


def _label(
    gold: dict[str, Any],
    layout: Layout,
    found: list[Candidate],
    places: list[tuple[Offsets, ...]],
    council: str,
    label: Label,
) -> Iterator[Example]:
    name = f"{label.lower()}s"
    records = [quote for record in gold[name] for quote in record["quotes"]]
    features = Features(layout, found)
    for candidate, spots in zip(found, places, strict=True):
        mentions = [layout.text[start:end] for start, end in spots]
        is_right = find_likeness(mentions, records) >= MATCH
        if is_right or find_likeness(mentions, gold["optional"][name]) < MATCH:
            yield Example(label, council, is_right, frozenset(features.describe(candidate)))


def judge_records(gold: Path, nlp: Language) -> dict[Label, list[tuple[float, bool]]]:
    """Run a whole pipeline over annotated documents and tell of each record its confidence and whether it is right.

    Args:
        gold: ``gold.jsonl`` of a split.
        nlp: the pipeline.
    """
    judged: dict[Label, list[tuple[float, bool]]] = {Label.DECISION: [], Label.ACTION: []}
    for wanted in read_gold(gold):
        data = wanted.path.read_bytes()
        document = parse(data, identify(data, wanted.path.name))
        found = as_contract(extract(document, annotate(nlp, document)))
        comparison = compare(wanted, read_answer(found, wanted.id))
        for label, match in ((Label.DECISION, comparison.decisions), (Label.ACTION, comparison.actions)):
            judged[label] += [(pair.found.confidence or 0.0, True) for pair in match.pairs]
            judged[label] += [(record.confidence or 0.0, False) for record in match.spurious]
    return judged
