"""Tests of choosing the labels that a text can match."""

from __future__ import annotations

import pytest

from minutes_miner.annotate.choices import load_choice
from minutes_miner.annotate.phrases import Words, load_phrases

_SENTENCES = ("RESOLVED that the fence be painted.", "The vote was 4 for and 3 against.", "Apologies for absence")


@pytest.mark.parametrize("name", ["resolutions", "votes", "sections"])
def test_no_label_that_matches_is_left_out(name: str) -> None:
    """A choice may give too many labels, never too few."""
    matched = 0
    for words in map(Words, _SENTENCES):
        possible = load_choice(name).find(words.clues)
        found = [label for label, phrase in load_phrases(name).items() if phrase.search(words)]
        assert set(found) <= set(possible)
        matched += len(found)
    assert matched


def test_labels_keep_their_order() -> None:
    """The first label that matches is the one meant."""
    assert load_choice("votes", ("AGAINST", "FOR")).find(Words(_SENTENCES[1]).clues) == ["AGAINST", "FOR"]


def test_a_title_has_its_first_label() -> None:
    """A text that no label matches has none."""
    assert load_choice("sections").match("Apologies for absence") == "APOLOGIES"
    assert load_choice("sections").match("xyz") is None
