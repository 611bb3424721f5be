"""Every figure, on documents whose figures can be told by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gold_cases import action, compared, day, decision, gold_line, record, scored, sum_of

from minutes_miner.evaluate import Accuracy, Tally, score
from minutes_miner.evaluate.compare import match_owners
from minutes_miner.evaluate.likeness import token_f1

GRANT = "that a grant of £75 be awarded to the bell ringers"


def test_token_f1_ignores_case_and_sort_of_apostrophe() -> None:
    assert token_f1("The Clerk’s report", "the clerk's REPORT") == 1.0
    assert token_f1("a b c d", "a b x y") == 0.5
    assert token_f1("a a b", "a") == 0.5
    assert token_f1("", "a") == token_f1("–", "–") == 0.0


def test_shares_are_those_of_the_counts() -> None:
    tally = Tally(right=3, spurious=1, missed=3)
    assert tally.as_row() == {"p": 0.75, "r": 0.5, "f1": 0.6, "tp": 3, "fp": 1, "fn": 3}
    assert Tally(spurious=2, missed=1).as_row() == {"p": 0.0, "r": 0.0, "f1": 0.0, "tp": 0, "fp": 2, "fn": 1}
    assert Accuracy(2, 3).as_row() == {"accuracy": 0.6667, "right": 2, "of": 3}


def test_nothing_to_find_and_nothing_found_is_perfect(tmp_path: Path) -> None:
    scores = scored(tmp_path, gold_line(), {})
    assert [(t.precision, t.recall, t.f1) for t in scores.tallies.values()] == [(1.0, 1.0, 1.0)] * 5
    assert {accuracy.share for accuracy in scores.accuracies.values()} == {None}


def test_nothing_found_has_precision_1_and_recall_0(tmp_path: Path) -> None:
    tally = scored(tmp_path, gold_line(decisions=[decision(GRANT)]), {}).tallies["decisions"]
    assert (tally.precision, tally.recall, tally.f1) == (1.0, 0.0, 0.0)


def test_records_pair_one_to_one_the_most_alike_first(tmp_path: Path) -> None:
    parks, roads = "approve the budget for parks", "approve the budget for roads"
    gold = gold_line(decisions=[decision(parks), decision(roads)])
    match = compared(tmp_path, gold, {"decisions": [record(roads), record(parks)]}).decisions
    assert [(pair.wanted.words, pair.found.words) for pair in match.pairs] == [(parks, parks), (roads, roads)]


def test_of_records_that_are_equally_alike_the_later_gold_one_is_paired(tmp_path: Path) -> None:
    noted = "That the report be noted"
    gold = gold_line(decisions=[decision(noted, "agree"), decision(noted, "note")])
    scores = scored(tmp_path, gold, {"decisions": [record(noted, kind="note")]})
    assert scores.tallies["decisions"] == Tally(1, 0, 1)
    assert scores.accuracies["kind"] == Accuracy(1, 1)


def test_a_second_finding_of_one_decision_is_spurious(tmp_path: Path) -> None:
    scores = scored(tmp_path, gold_line(decisions=[decision(GRANT)]), {"decisions": [record(GRANT)] * 2})
    assert scores.tallies["decisions"] == Tally(1, 1, 0)
    assert scores.accuracies["kind"] == Accuracy(1, 1)


def test_half_of_the_words_are_enough_and_less_is_not(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision("a b c d")])
    assert scored(tmp_path, gold, {"decisions": [record("a b x y")]}).tallies["decisions"] == Tally(1, 0, 0)
    assert scored(tmp_path, gold, {"decisions": [record("a x y z")]}).tallies["decisions"] == Tally(0, 1, 1)


def test_any_mention_of_either_side_may_match(tmp_path: Path) -> None:
    gold = gold_line(decisions=[{**decision("quite other words"), "quotes": ["quite other words", GRANT]}])
    found = record("the heading", mentions=[{"start": 0, "end": 1, "text": GRANT}])
    assert scored(tmp_path, gold, {"decisions": [found]}).tallies["decisions"] == Tally(1, 0, 0)


def test_what_is_optional_counts_neither_way(tmp_path: Path) -> None:
    optional = {"decisions": ["It was noted that rain had fallen"], "actions": ["Clerk to chase"], "money": ["£5"]}
    found = {
        "decisions": [record("it was noted that rain had fallen"), record(GRANT)],
        "actions": [record("Clerk to chase")],
        "money": [sum_of("5.00", "£5"), sum_of("6.00", "£6")],
    }
    scores = scored(tmp_path, gold_line(optional=optional), found)
    assert scores.tallies["decisions"] == Tally(0, 1, 0)
    assert scores.tallies["actions"] == Tally()
    assert scores.tallies["money"] == Tally(0, 1, 0)


def test_an_optional_sum_that_gold_wants_too_is_right(tmp_path: Path) -> None:
    gold = gold_line(money=[sum_of("5")], optional={"money": ["£5"]})
    assert scored(tmp_path, gold, {"money": [sum_of("5.00", "£5")] * 2}).tallies["money"] == Tally(1, 0, 0)


def test_values_count_as_often_as_they_occur(tmp_path: Path) -> None:
    gold = gold_line(dates=[day("2024-01-01", "1 January 2024")] * 2 + [day("2024-02-01")])
    found = {"dates": [day("2024-01-01", "1.1.24")] * 3}
    assert scored(tmp_path, gold, found).tallies["dates"] == Tally(2, 1, 1)


def test_sums_are_compared_by_value_and_currency(tmp_path: Path) -> None:
    gold = gold_line(money=[sum_of("1500"), sum_of("20"), {**sum_of("7"), "currency": "EUR"}])
    found = {"money": [sum_of("1500.00", "£1.5k"), {**sum_of("20"), "currency": None}, sum_of("7.00"), sum_of("x")]}
    assert scored(tmp_path, gold, found).tallies["money"] == Tally(2, 2, 1)


def test_kind_and_outcome_are_judged_of_pairs_only(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT), decision("to sell the lido", outcome="lost")])
    found = {"decisions": [record(GRANT, kind="approve"), record("quite something else", kind="note")]}
    scores = scored(tmp_path, gold, found)
    assert (scores.accuracies["kind"], scores.accuracies["outcome"]) == (Accuracy(0, 1), Accuracy(1, 1))


COUNTED = {"manner": "counted", "for": 5, "against": None, "abstain": 1}


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (COUNTED, 1),
        ({**COUNTED, "against": 0}, 1),
        ({**COUNTED, "against": 4}, 1),
        ({**COUNTED, "for": 4}, 0),
        ({**COUNTED, "abstain": None}, 0),
        ({**COUNTED, "manner": "named"}, 0),
        (None, 0),
    ],
)
def test_of_a_vote_the_counts_that_gold_states_must_agree(tmp_path: Path, found: Any, right: int) -> None:
    gold = gold_line(decisions=[decision(GRANT, vote=COUNTED)])
    scores = scored(tmp_path, gold, {"decisions": [record(GRANT, vote=found)]})
    assert scores.accuracies["vote"] == Accuracy(right, 1)


def test_a_vote_that_gold_does_not_give_is_not_judged(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT)])
    assert scored(tmp_path, gold, {"decisions": [record(GRANT, vote=COUNTED)]}).accuracies["vote"] == Accuracy()


def test_owners_pair_by_the_words_they_share() -> None:
    match = match_owners(["Clerk", "Chair of Planning"], ["Treasurer", "the Clerk", "Chair"])
    assert (match.right, match.missed, match.spurious) == (1, ("Chair of Planning",), ("Treasurer", "Chair"))
    assert match_owners(["Cllr Ann Shaw"], ["Shaw Ann"]).right == 1
    assert match_owners(["Clerk"], ["Clerk", "Clerk"]).spurious == ("Clerk",)


def test_an_owner_among_many_other_words_is_none() -> None:
    assert match_owners(["Clerk"], ["one two three four five six Clerk"]).right == 1
    assert match_owners(["Clerk"], ["one two three four five six seven Clerk"]).right == 0


def test_owners_and_due_dates_are_judged_of_actions_that_pair(tmp_path: Path) -> None:
    due = {"quote": "by March 2024", "from": "2024-03-01", "to": "2024-03-31"}
    gold = gold_line(
        actions=[action("Clerk to write to the county", owners=["Clerk", "Chair"], due=due), action("x", owners=["y"])]
    )
    owners = [{"text": "the Clerk", "name": None, "role": "Clerk"}, {"text": "Treasurer", "name": None, "role": None}]
    found = record("Clerk to write to the county", owners=owners, due={**due, "text": "March"})
    scores = scored(tmp_path, gold, {"actions": [found]})
    assert scores.tallies["owners"] == Tally(1, 1, 1)
    assert scores.accuracies["due"] == Accuracy(1, 1)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (("in March", "2024-03-01", "2024-03-31"), ("March", "2024-03-01", "2024-03-31"), 1),
        (("in March", "2024-03-01", "2024-03-31"), ("in March", "2024-03-01", "2024-03-01"), 0),
        (("in March", "2024-03-01", "2024-03-31"), ("in March", None, None), 0),
        (("the next meeting", None, None), ("next meeting", None, None), 1),
        (("the next meeting", None, None), ("next meeting", "2024-05-01", "2024-05-01"), 1),
        (("the next meeting", None, None), ("in May", None, None), 0),
        (("the next meeting", None, None), None, 0),
    ],
)
def test_a_due_date_is_compared_by_its_range_else_by_its_words(
    tmp_path: Path, gold: tuple[str, Any, Any], found: Any, right: int
) -> None:
    wanted = dict(zip(("quote", "from", "to"), gold, strict=True))
    have = dict(zip(("text", "from", "to"), found, strict=True)) if found else None
    line = gold_line(actions=[action("report back", due=wanted)])
    scores = scored(tmp_path, line, {"actions": [record("report back", due=have)]})
    assert scores.accuracies["due"] == Accuracy(right, 1)


@pytest.mark.parametrize(("found", "right"), [("2024-05-06", 1), ("2024-05-07", 0), (None, 0)])
def test_the_day_of_the_meeting(tmp_path: Path, found: str | None, right: int) -> None:
    scores = scored(tmp_path, gold_line(meeting_date="2024-05-06"), {"meeting_date": found})
    assert scores.accuracies["meeting_date"] == Accuracy(right, 1)


def test_a_document_that_failed_misses_everything(tmp_path: Path) -> None:
    gold = gold_line(decisions=[decision(GRANT)], dates=[day("2024-05-06")], meeting_date="2024-05-06")
    scores = scored(tmp_path, gold, {"document": {"source": "may.txt"}, "error": "broken"})
    assert (scores.tallies["decisions"], scores.tallies["dates"]) == (Tally(missed=1), Tally(missed=1))
    assert scores.accuracies["meeting_date"] == Accuracy(0, 1)


def test_documents_are_scored_together(tmp_path: Path) -> None:
    first = compared(tmp_path, gold_line(decisions=[decision(GRANT)]), {"decisions": [record(GRANT)]})
    second = compared(tmp_path, gold_line(decisions=[decision(GRANT)] * 3), {})
    scores = score([first, second])
    assert (scores.documents, scores.tallies["decisions"]) == (2, Tally(1, 0, 3))
