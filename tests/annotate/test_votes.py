"""Votes: counts in figures and words, names, unanimity, casting votes."""

from __future__ import annotations

import pytest
from comparing import annotate_case, load_params, pair
from marked import Case
from spacy.language import Language

from minutes_miner.annotate.alignment import get_findings
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.vocabulary import Label, SpanKey

_FIELDS = {"manner": "manner", "for": "votes_for", "against": "votes_against", "abstain": "abstentions"}


def compare_votes(nlp: Language, case: Case) -> list[str]:
    """Tell where the votes found differ from those marked: the words, the manner, the counts."""
    doc = annotate_case(nlp, case)
    found = [vote for vote in get_findings(doc, SpanKey.VOTES) if isinstance(vote, Vote)]
    pairs, wrong = pair(case.marked.find_marks(Label.VOTE), found, lambda vote: [(vote.start, vote.end)], doc.text)
    for mark, vote in pairs:
        told = {name: getattr(vote, attribute) for name, attribute in _FIELDS.items()}
        expected = {name: mark.attributes.get(name) for name in _FIELDS}
        if told != expected:
            wrong.append(f"{doc.text[mark.start : mark.end]!r}: {told}, not {expected}")
    return wrong


@pytest.mark.parametrize("case", load_params("votes"))
def test_votes_are_found_with_manner_and_counts(nlp: Language, case: Case) -> None:
    assert compare_votes(nlp, case) == []


def find_names(nlp: Language, case: Case, label: Label) -> list[str]:
    """Give the words that the pipeline marks as mover or seconder."""
    doc = annotate_case(nlp, case)
    return [span.text for span in doc.spans[SpanKey.VOTES] if span.label_ == label]


@pytest.mark.parametrize("case", load_params("movers"))
def test_movers_and_seconders_are_found_as_written(nlp: Language, case: Case) -> None:
    for label in (Label.MOVER, Label.SECONDER):
        expected = [case.marked.text[mark.start : mark.end] for mark in case.marked.find_marks(label)]
        assert find_names(nlp, case, label) == expected
