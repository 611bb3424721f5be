"""Words that tell what a sum is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.annotate.rolewords import _anywhere, find_right_before, iter_telling
from minutes_miner.domain.vocabulary import SumRole

WORDS = (
    "a grant grants over schools grant-aid savings bank of the budget net requirement supplementary capital estimate "
    "approved treasurer's account any single purchase repaid not exceeding de minimis per head overspend in hand "
    "Réserves 2 £ , ("
).split()
"""Words that tell, words that begin or end what tells, and others."""


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_only_words_that_can_begin_are_tried_and_none_is_missed(words: list[str]) -> None:
    text = " ".join(words)
    found = [(match.span(), match.lastgroup) for match in iter_telling(text)]
    assert found == [(match.span(), match.lastgroup) for match in _anywhere().finditer(text)]


def test_words_that_tell_are_found_in_order() -> None:
    roles = [match.lastgroup for match in iter_telling("a saving on the budget, and grants over the year")]
    assert roles == ["saving", "budget", "threshold"]


def test_what_stands_right_before_is_read_backwards() -> None:
    assert find_right_before("the contract was let, with savings of up to ") is SumRole.SAVING
    assert find_right_before("any contract over ") is SumRole.THRESHOLD
    assert find_right_before("a budget, of which ") is SumRole.PART
    assert find_right_before("the budget of the library, built in brick at ") is None
