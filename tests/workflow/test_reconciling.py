"""Which records of several papers of a meeting are one."""

from __future__ import annotations

from minutes_miner.domain.wording import find_twin
from minutes_miner.store.papers import Statement
from minutes_miner.workflow.reconciling import compare


def decision(number: int, source: str, text: str, outcome: str = "carried") -> Statement:
    return Statement("decisions", f"{source}{number}", source, text, None, outcome, None)


MINUTES = [
    decision(1, "m", "That the budget of £40,000 for Harrow Lane depot be approved."),
    decision(2, "m", "That the Director report back on Harrow Lane depot in May."),
    decision(3, "m", "That the amendment on parking charges be put to the vote.", "lost"),
]


def twins(*others: Statement) -> dict[str, str | None]:
    return {statement.id: twin for statement, twin in compare([*MINUTES, *others])}


def test_the_first_paper_states_everything_for_itself() -> None:
    assert twins() == {"m1": None, "m2": None, "m3": None}


def test_the_same_words_in_a_later_paper_are_the_same_decision() -> None:
    notice = decision(1, "n", "Approved the budget of £40,000 for the Harrow Lane depot")
    assert twins(notice)["n1"] == "m1"


def test_another_sum_is_another_decision() -> None:
    notice = decision(1, "n", "That the budget of £90,000 for Harrow Lane depot be approved.")
    assert twins(notice)["n1"] is None


def test_another_outcome_is_another_decision() -> None:
    notice = decision(1, "n", "That the amendment on parking charges be put to the vote.")
    assert twins(notice)["n1"] is None


def test_a_statement_has_one_twin_in_a_paper() -> None:
    text = "That the Director report back on Harrow Lane depot in May."
    found = twins(decision(1, "n", text), decision(2, "n", text))
    assert sorted(map(str, (found["n1"], found["n2"]))) == ["None", "m2"]


def test_what_only_the_second_paper_states_is_matched_by_the_third() -> None:
    text = "That Councillor Okafor be appointed to the Lindow Trust."
    found = twins(decision(1, "n", text), decision(1, "o", text))
    assert (found["n1"], found["o1"]) == (None, "n1")


def test_the_very_same_paper_under_two_addresses_is_compared_once() -> None:
    again = Statement("decisions", "m1", "m-again", MINUTES[0].text, None, "carried", None)
    assert twins(again) == {"m1": None, "m2": None, "m3": None}


def test_short_words_have_no_twin_by_chance() -> None:
    assert find_twin("Agreed.", ["Noted.", "That it be so."]) is None
    assert find_twin("Agreed.", ["Agreed."]) == 0
