"""A decision that is told several times is one record with several mentions; different ones stay apart."""

from __future__ import annotations

import pytest
from building import mine
from spacy.language import Language

from minutes_miner.domain.record import Decision, Extraction


def _get_single(extraction: Extraction) -> Decision:
    [decision] = extraction.decisions
    return decision


def _quotes(decision: Decision) -> list[str]:
    return [" ".join(mention.quote.split()) for mention in decision.mentions]


def test_a_decision_block_and_the_minutes_after_it_are_one_record(nlp: Language) -> None:
    decision = _get_single(
        mine(
            nlp,
            """7. Museum Store

Decision:

That the museum store be leased from the Harbour Trust for five years at a rent of £9,000.

Minutes:

The curator described the damp in the present store.

RESOLVED – That the museum store be leased from the Harbour Trust for five years at a rent of £9,000.
""",
        )
    )
    assert len(decision.mentions) == 2
    assert all("leased from the Harbour Trust" in quote for quote in _quotes(decision))
    assert [item.amount for item in decision.money] == [9000]


def test_a_summary_in_other_words_is_the_same_decision(nlp: Language) -> None:
    decision = _get_single(
        mine(
            nlp,
            """7. Museum Store

After discussion the Committee agreed that the museum store be leased from the Harbour Trust for a term of five years.

RESOLVED – That the museum store be leased from the Harbour Trust for five years.
""",
        )
    )
    assert len(decision.mentions) >= 2


def test_the_same_list_twice_gives_each_clause_once(nlp: Language) -> None:
    clauses = """(a) note the outcome of the consultation on library opening hours;

(b) approve the revised opening hours set out in Appendix C; and

(c) authorise the Head of Culture to publish the new timetable.
"""
    text = f"""5. Library Hours

Decision

That Cabinet:

{clauses}
Minutes

Members spoke of the village branches.

RESOLVED – That Cabinet:

{clauses}"""
    extraction = mine(nlp, text)
    assert [str(decision.kind) for decision in extraction.decisions] == ["note", "approve", "authorise"]
    assert [len(decision.mentions) for decision in extraction.decisions] == [2, 2, 2]


def test_a_decision_repeated_in_another_part_of_the_document_is_one_record(nlp: Language) -> None:
    words = "That the contract for resurfacing Tanyard Lane be awarded to Holloway Brothers for £84,300"
    text = f"""SUMMARY OF DECISIONS

RESOLVED – {words}.

9. Highways Works

The engineer compared the four tenders.

RESOLVED – {words}.
"""
    decision = _get_single(mine(nlp, text))
    assert len(decision.mentions) == 2


def test_alike_appointments_of_different_people_stay_apart(nlp: Language) -> None:
    extraction = mine(
        nlp,
        """4. Outside Bodies

RESOLVED – That Councillor Imogen Bexley be appointed to the Harbour Users Forum for the year.

RESOLVED – That Councillor Rupert Ashdown be appointed to the Moorland Access Panel for the year.
""",
    )
    assert len(extraction.decisions) == 2


def test_alike_decisions_on_different_applications_stay_apart(nlp: Language) -> None:
    extraction = mine(
        nlp,
        """24/00311 – 4 Quarry Row

RESOLVED – That planning permission be GRANTED for application 24/00311 subject to the conditions in the report.

24/00359 – Land at Tithe Barn

RESOLVED – That planning permission be GRANTED for application 24/00359 subject to the conditions in the report.
""",
    )
    assert len(extraction.decisions) == 2


def test_noting_two_reports_is_two_decisions(nlp: Language) -> None:
    extraction = mine(
        nlp,
        """5. Treasury Outturn

RESOLVED – That the report be noted.

6. Complaints Received

RESOLVED – That the report be noted.
""",
    )
    assert [decision.item_number for decision in extraction.decisions] == ["5", "6"]
    assert len({decision.id for decision in extraction.decisions}) == 2


def test_a_lost_amendment_and_the_carried_motion_stay_apart(nlp: Language) -> None:
    extraction = mine(
        nlp,
        """8. Ferry Fares

Councillor Dray moved, seconded by Councillor Okoye, that ferry fares be frozen for the coming year.

Councillor Finch moved an amendment, seconded by Councillor Hale, that ferry fares be frozen for six months only.

The amendment was put to the vote and LOST.

The motion was put to the vote and CARRIED.
""",
    )
    assert sorted(str(decision.outcome) for decision in extraction.decisions) == ["carried", "lost"]
    lost = next(decision for decision in extraction.decisions if decision.outcome == "lost")
    assert "six months" in lost.mentions[0].quote


@pytest.mark.parametrize("sign", [":", " –", " -"])
def test_an_action_that_is_also_in_the_list_at_the_end_is_one_record(nlp: Language, sign: str) -> None:
    extraction = mine(
        nlp,
        f"""6. Footbridge

Cllr Yeo to ask the county council for the inspection report of the footbridge.

ACTION LIST

Action{sign} Cllr Yeo to ask the county council for the inspection report of the footbridge.
""",
    )
    [action] = extraction.actions
    assert len(action.mentions) == 2
    assert [owner.text for owner in action.owners] == ["Cllr Yeo"]
