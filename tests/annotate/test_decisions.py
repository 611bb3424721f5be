"""Decisions: every way of introducing one, and what only looks like one."""

from __future__ import annotations

import pytest
from comparing import annotate_case, load_params, pair
from marked import Case
from spacy.language import Language

from minutes_miner.annotate.alignment import get_findings
from minutes_miner.domain.finding import Resolution
from minutes_miner.domain.vocabulary import Label, Outcome, SpanKey


def compare_decisions(nlp: Language, case: Case) -> list[str]:
    """Tell where the decisions found differ from those marked: the words, the kind, the outcome, whether routine."""
    found = get_findings(annotate_case(nlp, case), SpanKey.RESOLUTIONS)
    marks = case.marked.find_marks(Label.DECISION)
    pairs, wrong = pair(marks, found, _spots, case.marked.text)
    for mark, resolution in pairs:
        expected = {"outcome": Outcome.CARRIED, **mark.attributes}
        for name, value in expected.items():
            if getattr(resolution, name) != value:
                words = case.marked.text[mark.start : mark.end]
                wrong.append(f"{name} of {words!r}: {getattr(resolution, name)}, not {value}")
    return wrong


def _spots(resolution: Resolution) -> list[tuple[int, int]]:
    return [(resolution.start, resolution.end), *resolution.mentions]


@pytest.mark.parametrize("case", load_params("decisions"))
def test_decisions_are_found_with_kind_and_outcome(nlp: Language, case: Case) -> None:
    assert case.marked.find_marks(Label.DECISION)
    assert compare_decisions(nlp, case) == []


@pytest.mark.parametrize("case", load_params("decision_traps"))
def test_what_only_looks_like_a_decision_is_none(nlp: Language, case: Case) -> None:
    assert compare_decisions(nlp, case) == []
