"""Councils, their bodies and the meetings of each, whole names in filters, and who is named in a record; on both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from council import PIPELINE, ashcombe, meeting
from sqlalchemy import insert

from minutes_miner.domain.record import Attendance, Evidence, Extraction, NamedVote, Party, VoteEvent
from minutes_miner.domain.vocabulary import Ballot, Kind, Manner, Part, PartyKind, Presence
from minutes_miner.store import Store
from minutes_miner.store.appearing import find_members, find_named
from minutes_miner.store.councils import find_councils, find_meetings
from minutes_miner.store.gathertables import authorities
from minutes_miner.store.search import DecisionFilter, count_facets, find_decisions, get_meeting, get_party, total_money
from minutes_miner.workflow.resolving import resolve_parties

FENCE, ROAD, POOL, HALL = (f"that the {thing} be mended" for thing in ("fence", "road", "pool", "hall"))
WELL = "that £500 be paid for the well"


def save(store: Store, *found: Extraction) -> None:
    for one in found:
        store.save(one, pipeline=PIPELINE)


@pytest.fixture
def towns(store: Store) -> Store:
    """Store what could be taken for one council or one body and is not, and what could be taken for two and is one."""
    first, second = date(2023, 5, 2), date(2024, 5, 7)
    save(
        store,
        meeting("Leeford Council", first, (FENCE, {}), (ROAD, {}), committee="Planning Committee"),
        meeting("LEEFORD COUNCIL", second, (POOL, {"kind": Kind.REFUSE}), committee="PLANNING COMMITTEE"),
        meeting("Leeford Council", second, (HALL, {}), committee="Planning"),
        meeting("Leeford Council", None, (f"{FENCE} at last", {}), committee=None),
        meeting("New Leeford Council", second, (ROAD, {}), committee="Planning Committee"),
        meeting("Cyngor Môn Fawr", second, (WELL, {"sums": [("£500", "500")]}), committee="Pwyllgor"),
        replace(ashcombe(), document=replace(ashcombe().document, authority=None)),
    )
    return store


def test_spellings_are_one_council_and_a_part_of_a_name_is_another(towns: Store) -> None:
    found = {council.name: council for council in find_councils(towns)}
    assert list(found) == ["Cyngor Môn Fawr", "Leeford Council", "New Leeford Council"]
    leeford = found["Leeford Council"]
    assert leeford.spellings == ("LEEFORD COUNCIL", "Leeford Council")
    assert (leeford.meetings, leeford.papers) == (4, 4)
    assert (leeford.first_day, leeford.last_day) == (date(2023, 5, 2), date(2024, 5, 7))
    bodies = [(body.name, body.meetings, body.last_day) for body in leeford.bodies]
    both = ("Planning Committee", 2, date(2024, 5, 7))
    assert bodies == [("Planning", 1, date(2024, 5, 7)), both, (None, 1, None)]


def test_the_register_gives_the_name_the_code_and_councils_of_which_nothing_was_read(towns: Store) -> None:
    with towns.write() as connection:
        rows = [
            {"code": "LEE", "name": "Leeford  council", "territory": "ENG"},
            {"code": "ZZZ", "name": "Zetford Council", "territory": "SCT"},
            {"code": "Cyngor Môn Fawr", "name": "Môn Fawr", "territory": "WLS"},
        ]
        connection.execute(insert(authorities), rows)
    found = {council.name: council for council in find_councils(towns)}
    assert list(found) == ["Leeford  council", "Môn Fawr", "New Leeford Council", "Zetford Council"]
    assert (found["Leeford  council"].code, found["Leeford  council"].papers) == ("LEE", 4)
    assert found["Môn Fawr"].spellings == ("Cyngor Môn Fawr",), "a code may stand for the name"
    unread = found["Zetford Council"]
    assert (unread.spellings, unread.bodies, unread.territory, unread.last_day) == ((), (), "SCT", None)


def test_the_meetings_of_a_body_stand_newest_first(towns: Store) -> None:
    leeford = next(council for council in find_councils(towns) if council.key == "leeford council")
    names = {body.name: body for body in leeford.bodies}
    met = find_meetings(towns, leeford, names["Planning Committee"])
    assert [(one.day, one.papers, one.decisions, one.actions) for one in met] == [
        (date(2024, 5, 7), 1, 1, 0),
        (date(2023, 5, 2), 1, 2, 0),
    ]
    assert get_meeting(towns, met[1].id).papers[0].id == met[1].id
    assert find_meetings(towns, leeford, names["Planning Committee"], offset=1, limit=1) == met[1:]
    assert [one.day for one in find_meetings(towns, leeford, names[None])] == [None]


def test_two_papers_of_a_day_are_one_meeting(store: Store) -> None:
    day = date(2024, 2, 6)
    long = meeting("Leeford Council", day, (FENCE, {}), (ROAD, {}), committee="Cabinet")
    notice = meeting("Leeford Council", day, (POOL, {}), committee="Cabinet", source="notice.txt")
    save(store, notice, long)
    (council,) = find_councils(store)
    (met,) = find_meetings(store, council, council.bodies[0])
    assert (met.id, met.papers, met.decisions) == (long.document.ref.sha256[:16], 2, 3)
    assert get_meeting(store, met.id).papers[0].id == met.id, "the same paper is the main one"
    assert (council.bodies[0].meetings, council.bodies[0].papers) == (1, 2)


def test_a_whole_name_finds_neither_longer_ones_nor_what_only_holds_it(towns: Store) -> None:
    def texts(**conditions: object) -> set[str]:
        return {row.text for row in find_decisions(towns, DecisionFilter(**conditions))}  # type: ignore[arg-type]

    assert texts(authority="Leeford Council", is_whole=True) == {FENCE, ROAD, POOL, HALL, f"{FENCE} at last"}
    assert texts(authority="leeford council", committee="planning", is_whole=True) == {HALL}
    assert texts(authority="Leeford Council", committee="Planning Committee", is_whole=True) == {FENCE, ROAD, POOL}
    assert texts(authority="Leeford", is_whole=True) == set()
    assert len(find_decisions(towns, DecisionFilter(authority="Leeford"))) == 6
    whole = DecisionFilter(authority="Cyngor Mon Fawr", is_whole=True)
    assert count_facets(towns, whole).total.count == 1
    assert total_money(towns, whole).overall[0].total == 500


def test_the_parties_of_a_record_are_found_with_what_they_did(store: Store) -> None:
    vote = VoteEvent(Manner.NAMED, named=(NamedVote("Howson", Ballot.FOR), NamedVote("Patel", Ballot.AGAINST)))
    facts = {"mover": Party("Cllr Howson"), "vote": vote, "owners": (Party("the Town Clerk", role="Town Clerk"),)}
    found = meeting("Leeford Council", date(2024, 2, 6), (FENCE, facts), (ROAD, {"mover": Party("Cllr Patel")}))
    present = tuple(
        Attendance(name, None, Presence.PRESENT, Evidence(0, 1, found.document.text[:1]))
        for name in ("Councillor J Howson", "Councillor A Patel")
    )
    save(store, replace(found, attendance=present))
    resolve_parties(store)
    row = next(row for row in find_decisions(store, DecisionFilter()) if row.text == FENCE)
    named = find_named(store, row.document_id, row.id)
    assert {(one.part, one.text) for one in named} == {
        (Part.MOVED, "Cllr Howson"),
        (Part.VOTED, "Howson"),
        (Part.VOTED, "Patel"),
        (Part.OWNS, "the Town Clerk"),
    }
    howson = {one.party_id for one in named if "Howson" in one.text}
    assert len(howson) == 1
    assert get_party(store, howson.pop()).party.name == "J Howson"
    members = find_members(store, "LEEFORD COUNCIL", kind=PartyKind.PERSON)
    assert [(one.name, one.mentions) for one in members] == [("A Patel", 3), ("J Howson", 3)]
    assert find_members(store, "Leeford", kind=PartyKind.PERSON) == []
    assert [one.name for one in find_members(store, "Leeford Council", kind=PartyKind.POST)] == ["Town Clerk"]
