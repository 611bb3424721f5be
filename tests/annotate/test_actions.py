"""Actions and who is to do them, and what only looks like one."""

from __future__ import annotations

import re

import pytest
from comparing import annotate_case, load_params, pair
from marked import Case, Mark
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_findings
from minutes_miner.domain.finding import Task, Time
from minutes_miner.domain.vocabulary import Label, SpanKey


def compare_actions(nlp: Language, case: Case) -> list[str]:
    """Tell where the actions found differ from those marked: the words, the owners, when they are due."""
    doc = annotate_case(nlp, case)
    found = get_findings(doc, SpanKey.ACTIONS)
    pairs, wrong = pair(case.marked.find_marks(Label.ACTION), found, _spots, doc.text)
    for mark, task in pairs:
        wrong += _compare_owners(doc, mark, task) + _compare_due(doc, mark, task)
    return wrong


def _spots(task: Task) -> list[tuple[int, int]]:
    return [(task.start, task.end), *task.mentions]


def _compare_owners(doc: Doc, mark: Mark, task: Task) -> list[str]:
    if "owner" not in mark.attributes:
        return []
    owners = [_bare(doc.text[slice(*spot)]) for spot in task.owners]
    expected = mark.attributes["owner"]
    assert isinstance(expected, tuple)
    words = doc.text[mark.start : mark.end]
    return [] if owners == [_bare(owner) for owner in expected] else [f"owners of {words!r}: {owners}, not {expected}"]


def _bare(owner: str) -> str:
    """Leave out the article, which may or may not count as part of what is written."""
    return re.sub(r"^the ", "", " ".join(owner.split()), flags=re.IGNORECASE)


def _compare_due(doc: Doc, mark: Mark, task: Task) -> list[str]:
    if "due_from" not in mark.attributes:
        return []
    times: list[Time] = get_findings(doc, SpanKey.DATES)
    due = [
        (time.first, time.last)
        for time in times
        if time.label is Label.DUE and any(start <= time.start and time.end <= end for start, end in _spots(task))
    ]
    expected = (mark.attributes["due_from"], mark.attributes.get("due_to", mark.attributes["due_from"]))
    words = doc.text[mark.start : mark.end]
    return [] if due[:1] == [expected] else [f"due of {words!r}: {due}, not {expected}"]


@pytest.mark.parametrize("case", load_params("actions"))
def test_actions_are_found_with_their_owners(nlp: Language, case: Case) -> None:
    assert case.marked.find_marks(Label.ACTION)
    assert compare_actions(nlp, case) == []


@pytest.mark.parametrize("case", load_params("action_traps"))
def test_what_only_looks_like_an_action_is_none(nlp: Language, case: Case) -> None:
    assert compare_actions(nlp, case) == []
