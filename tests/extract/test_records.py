"""What a record tells beside its words: item, people, reason, sums, due dates, ids, evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from building import build_document, get_records, iter_evidence, mine, mine_document
from spacy.language import Language

from minutes_miner.domain.vocabulary import WarningCode

MINUTES = """LARKHILL PARISH COUNCIL

Minutes of the meeting held on Thursday 14 March 2024

Present: Cllr A Ashdown (Chair), Cllr B Pryke, Cllr C Maddox

Apologies: Cllr D Teale

1. Declarations of Interest

Cllr Pryke declared a pecuniary interest in item 4 and withdrew from the meeting during its discussion.

2. Minutes of the Last Meeting

The minutes of 8 February 2024 were approved and signed as a correct record.

3. Boathouse Lease

RESOLVED – That the boathouse be leased to the rowing club at £1,250 a year. Proposed by Cllr Maddox, seconded by
Cllr Ashdown.

It was agreed that the Clerk would write to the rowing club by 30 April.

4. Verge Cutting

The Clerk to obtain three quotes before the next meeting.

5. Date of Next Meeting

Thursday 11 April 2024 at 7.30 pm
"""


def test_every_quote_stands_in_the_text_where_it_says(nlp: Language) -> None:
    extraction = mine(nlp, MINUTES)
    quotes = list(iter_evidence(extraction))
    assert len(quotes) > 15
    for quote in quotes:
        assert quote.quote == MINUTES[quote.start : quote.end]
        assert quote.quote.strip()


def test_item_number_and_title_are_those_of_the_heading(nlp: Language) -> None:
    decisions = mine(nlp, MINUTES).decisions
    assert [(decision.item_number, decision.item_title) for decision in decisions] == [
        ("2", "Minutes of the Last Meeting"),
        ("3", "Boathouse Lease"),
        ("3", "Boathouse Lease"),
    ]


def test_item_of_an_action(nlp: Language) -> None:
    actions = mine(nlp, MINUTES).actions
    assert [(action.item_number, action.item_title) for action in actions] == [
        ("3", "Boathouse Lease"),
        ("4", "Verge Cutting"),
    ]


def test_mover_and_seconder_after_the_decision(nlp: Language) -> None:
    [lease] = [decision for decision in mine(nlp, MINUTES).decisions if "boathouse" in decision.text]
    assert lease.mover is not None and (lease.mover.text, lease.mover.name) == ("Cllr Maddox", "C Maddox")
    assert lease.seconder is not None and lease.seconder.name == "A Ashdown"


def test_mover_and_seconder_in_the_sentence(nlp: Language) -> None:
    [decision] = mine(
        nlp,
        "3. Hall\n\n"
        "On the proposal of Cllr. Hourigan, seconded by Cllr. Treacy, it was agreed that the hall be let.\n",
    ).decisions
    assert decision.mover is not None and decision.mover.text == "Cllr. Hourigan"
    assert decision.seconder is not None and decision.seconder.text == "Cllr. Treacy"


def test_one_decision_does_not_borrow_the_movers_of_another(nlp: Language) -> None:
    first, second = mine(
        nlp,
        """3. Hall

RESOLVED that the hall be let to the scouts. Proposed by Cllr Maddox, seconded by Cllr Ashdown.

4. Gate

RESOLVED that the gate be painted green.
""",
    ).decisions
    assert first.mover is not None
    assert second.mover is None and second.seconder is None


def test_the_sums_of_a_decision_are_its_own(nlp: Language) -> None:
    [lease] = [decision for decision in mine(nlp, MINUTES).decisions if "boathouse" in decision.text]
    assert [(item.amount, item.currency) for item in lease.money] == [(Decimal(1250), "GBP")]


def test_earlier_minutes_are_routine(nlp: Language) -> None:
    decisions = mine(nlp, MINUTES).decisions
    assert [decision.procedural for decision in decisions] == [True, False, False]


def test_an_action_rests_on_the_decision_that_sets_it(nlp: Language) -> None:
    extraction = mine(nlp, MINUTES)
    [letter] = [decision for decision in extraction.decisions if "write to" in decision.text]
    first, second = extraction.actions
    assert first.decision_id == letter.id
    assert second.decision_id is None


def test_a_due_day_is_resolved_against_the_meeting(nlp: Language) -> None:
    first = mine(nlp, MINUTES).actions[0]
    assert first.due is not None
    assert (first.due.first, first.due.last) == (date(2024, 4, 30), date(2024, 4, 30))
    assert "30 April" in first.due.evidence.quote


def test_the_next_meeting_is_resolved_where_the_minutes_tell_its_day(nlp: Language) -> None:
    second = mine(nlp, MINUTES).actions[1]
    assert second.due is not None
    assert second.due.evidence.quote == "before the next meeting"
    assert (second.due.first, second.due.last) == (date(2024, 4, 11), date(2024, 4, 11))


def test_the_next_meeting_stays_open_where_no_day_is_told(nlp: Language) -> None:
    text = MINUTES[: MINUTES.index("5. Date")]
    second = mine(nlp, text).actions[1]
    assert second.due is not None
    assert (second.due.first, second.due.last) == (None, None)


def test_the_end_of_a_month_is_that_month(nlp: Language) -> None:
    [action] = mine(nlp, "4. Verge\n\nThe Clerk will obtain three quotes by the end of May.\n").actions
    assert action.due is not None
    assert (action.due.first, action.due.last) == (date(2024, 5, 1), date(2024, 5, 31))


def test_a_task_without_a_date_has_no_due(nlp: Language) -> None:
    [action] = mine(nlp, "4. Verge\n\nThe Clerk will obtain three quotes.\n").actions
    assert action.due is None


def test_owners_are_read_into_name_and_role(nlp: Language) -> None:
    actions = mine(
        nlp,
        """4. Verge

Cllr Pryke will measure the verge.

The Town Clerk will obtain three quotes.

RW to contact the surveyor.
""",
    ).actions
    [[named], [post], [initials]] = [action.owners for action in actions]
    assert (named.text, named.name, named.role) == ("Cllr Pryke", "Pryke", None)
    assert (post.name, post.role) == (None, "Town Clerk")
    assert (initials.text, initials.name, initials.role) == ("RW", None, None)


def test_the_reason_stands_under_its_heading(nlp: Language) -> None:
    [decision] = mine(
        nlp,
        """7. Ferry Subsidy

Decision

That the ferry subsidy be continued for one year.

Reasons for the decision

Without it the winter service would end.

8. Toilets

The report was discussed.
""",
    ).decisions
    assert decision.reason == "Without it the winter service would end."


def test_a_decision_without_a_told_reason_has_none(nlp: Language) -> None:
    assert [decision.reason for decision in mine(nlp, MINUTES).decisions] == [None, None, None]


def test_who_decided_is_told_by_the_clause_or_else_by_the_document(nlp: Language) -> None:
    text = "7. Ferry\n\nThe Cabinet agreed the ferry timetable.\n\nRESOLVED – That the toilets be repaired.\n"
    document = replace(build_document(text), committee="Harbour Committee")
    makers = [decision.decision_maker for decision in mine_document(nlp, document).decisions]
    assert makers == ["Cabinet", "Harbour Committee"]


def test_the_same_bytes_give_the_same_records(nlp: Language) -> None:
    assert mine(nlp, MINUTES) == mine(nlp, MINUTES)


def test_ids_are_distinct_hexadecimal_and_rest_on_the_bytes(nlp: Language) -> None:
    def ids(text: str) -> list[str]:
        return [record.id for record in get_records(mine(nlp, text))]

    first = ids(MINUTES)
    assert len(first) == 5 and len(set(first)) == 5
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in first)
    assert first == ids(MINUTES)
    assert not set(first) & set(ids(MINUTES + "\nThe meeting closed at 9 pm.\n"))


def test_repeated_words_have_ids_of_their_own(nlp: Language) -> None:
    text = "5. Tolls\n\nRESOLVED – That the report be noted.\n\n6. Rents\n\nRESOLVED – That the report be noted.\n"
    first, second = mine(nlp, text).decisions
    assert first.id != second.id


def test_an_impossible_date_is_told_and_not_mended(nlp: Language) -> None:
    extraction = mine(nlp, "4. Verge\n\nThe work must be finished by 31st April 2024.\n")
    assert [notice.code for notice in extraction.notices] == [WarningCode.DATE_IMPOSSIBLE]
    assert "31st April 2024" in extraction.notices[0].message


def test_confidence_is_a_share(nlp: Language) -> None:
    records = get_records(mine(nlp, MINUTES))
    assert records and all(0 < record.confidence <= 1 for record in records)


def test_nothing_is_found_in_nothing(nlp: Language) -> None:
    for text in ("", "\n\n", "Draft"):
        extraction = mine(nlp, text)
        assert (extraction.decisions, extraction.actions, extraction.money, extraction.dates) == ((), (), (), ())
