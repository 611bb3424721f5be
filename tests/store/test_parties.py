"""Members, posts and bodies: lists, voting records, and searches for who voted how; on both databases."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from council import PIPELINE, ashcombe, dump, meeting, task
from databases import make_database
from sqlalchemy import update

from minutes_miner.domain.dataset import PARTIES, TABLES, Dataset, Row
from minutes_miner.domain.record import Attendance, Evidence, Extraction, NamedVote, Party, VoteEvent
from minutes_miner.domain.vocabulary import Ballot, Manner, Outcome, Part, PartyKind, Presence
from minutes_miner.errors import StoreError
from minutes_miner.export.popolo import PopoloExporter
from minutes_miner.store import Store, matching, open_store
from minutes_miner.store.export import open_selection
from minutes_miner.store.partypages import page_parties
from minutes_miner.store.search import (
    DecisionFilter,
    PartyFilter,
    count_unresolved,
    find_decisions,
    find_parties,
    get_party,
)
from minutes_miner.store.tables import decisions
from minutes_miner.workflow.resolving import resolve_parties

COUNCIL, OTHER = "Marlbridge Town Council", "Northmere County Council"
FENCE, ROAD, POOL = "that the fence be mended", "that the road be closed", "that the pool be sold"
KEPT = "that the pool be kept"


def present(found: Extraction, *names: str) -> Extraction:
    """Give a meeting a list of those present, whose words stand in its text."""
    line = "\nPresent: " + ", ".join(names) + "."
    text = found.document.text + line
    listed = []
    for name in names:
        start = text.index(name, len(found.document.text))
        evidence = Evidence(start, start + len(name), name)
        listed.append(Attendance(name, None, Presence.PRESENT, evidence))
    return replace(found, document=replace(found.document, text=text), attendance=tuple(listed))


def named(*votes: tuple[str, Ballot]) -> VoteEvent:
    return VoteEvent(Manner.NAMED, named=tuple(NamedVote(*vote) for vote in votes))


def meetings() -> list[Extraction]:
    """Write three meetings of two councils with the same names in them."""
    divided = named(("Howson", Ballot.FOR), ("Patel", Ballot.AGAINST), ("O’Neill", Ballot.ABSTAIN))
    first = meeting(
        COUNCIL,
        date(2024, 3, 1),
        (FENCE, {"mover": Party("Cllr Howson"), "seconder": Party("Cllr A. Patel"), "vote": divided}),
        (ROAD, {"mover": Party("Cllr O'Neill"), "outcome": Outcome.LOST, "vote": named(("Howson", Ballot.AGAINST))}),
        committee="Finance Committee",
    )
    second = meeting(
        COUNCIL, date(2024, 6, 1), (POOL, {"vote": named(("Patel", Ballot.FOR), ("J Howson", Ballot.FOR))})
    )
    third = meeting(OTHER, date(2024, 4, 1), (FENCE, {"vote": named(("J Howson", Ballot.AGAINST))}))
    return [
        task(present(first, "Cllr J Howson", "Cllr A Patel", "Cllr O'Neill"), FENCE, None, "Town Clerk"),
        present(second, "Cllr John Howson", "Cllr A Patel", "Cllr B Patel"),
        present(third, "Cllr J Howson"),
    ]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Fill a store of either kind once."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('held') / 'minutes.db'}"
    else:
        url = make_database(request.getfixturevalue("server_url"))
    with open_store(url) as store:
        fill(store, meetings())
        yield store


def fill(store: Store, found: list[Extraction]) -> None:
    for extraction in found:
        store.save(extraction, pipeline=PIPELINE)
    resolve_parties(store)


def listed(store: Store, **wanted: object) -> list[tuple[str | None, str]]:
    return [(row.authority, row.name) for row in find_parties(store, PartyFilter(**wanted))]  # type: ignore[arg-type]


def party_id(store: Store, name: str, authority: str = COUNCIL) -> str:
    return next(row.id for row in find_parties(store, PartyFilter(authority=authority)) if row.name == name)


def test_parties_are_listed_by_authority_and_name(held: Store) -> None:
    people = [(COUNCIL, name) for name in ("A Patel", "B Patel", "John Howson", "O'Neill", "Patel")]
    assert listed(held, kind=PartyKind.PERSON) == [*people, (OTHER, "J Howson")]
    assert listed(held, kind=PartyKind.POST) == [(COUNCIL, "Town Clerk")]
    assert listed(held, kind=PartyKind.BODY) == [
        (COUNCIL, "Finance Committee"),
        (COUNCIL, COUNCIL),
        (OTHER, OTHER),
    ]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("howson", [(COUNCIL, "John Howson"), (OTHER, "J Howson")]),
        ("Cllr J. Howson", [(COUNCIL, "John Howson"), (OTHER, "J Howson")]),
        ("john howson", [(COUNCIL, "John Howson")]),
        ("B Patel", [(COUNCIL, "B Patel"), (COUNCIL, "Patel")]),
        ("oneill", [(COUNCIL, "O'Neill")]),
        ("O’Neill", [(COUNCIL, "O'Neill")]),
        ("clerk", [(COUNCIL, "Town Clerk")]),
        ("nobody", []),
    ],
)
def test_a_name_is_looked_for_as_minutes_write_it(held: Store, name: str, found: list[tuple[str, str]]) -> None:
    assert listed(held, name=name) == found


def test_filters_and_limit_hold(held: Store) -> None:
    assert listed(held, name="howson", authority="NORTH") == [(OTHER, "J Howson")]
    assert len(listed(held, kind=PartyKind.PERSON, limit=2)) == 2
    assert listed(held, authority="%") == []


@pytest.mark.parametrize("wanted", [PartyFilter(), PartyFilter("Cllr J. Howson"), PartyFilter(kind=PartyKind.PERSON)])
def test_pages_hold_each_party_once_in_the_order_of_the_list(held: Store, wanted: PartyFilter) -> None:
    whole = find_parties(held, wanted)
    found, token = [], None
    while True:
        page = page_parties(held, replace(wanted, limit=1), after=token)
        assert len(page.rows) == 1
        found, token = [*found, *page.rows], page.next_token
        if token is None:
            break
    assert found == whole and len(found) > 1


def test_parties_of_no_authority_come_last_page_by_page(store: Store) -> None:
    nobodys = [meeting(None, None, words, source=f"minutes/{words}.txt") for words in (FENCE, ROAD)]
    fill(store, [*meetings(), *(present(found, "Cllr A Vane") for found in nobodys)])
    whole = find_parties(store, PartyFilter(kind=PartyKind.PERSON))
    assert [row.authority for row in whole[-3:]] == [OTHER, None, None]
    first = page_parties(store, PartyFilter(kind=PartyKind.PERSON, limit=len(whole) - 1))
    assert first.rows == tuple(whole[:-1])
    rest = page_parties(store, PartyFilter(kind=PartyKind.PERSON, limit=5), after=first.next_token)
    assert (rest.rows, rest.next_token) == (tuple(whole[-1:]), None)


def test_a_name_that_fits_two_is_marked(held: Store) -> None:
    rows = {row.name: row for row in find_parties(held, PartyFilter("patel"))}
    assert (rows["Patel"].is_resolved, rows["Patel"].may_be) == (False, "A Patel; B Patel")
    assert rows["A Patel"].is_resolved and rows["A Patel"].may_be is None


def test_a_member_is_shown_with_votes_and_motions(held: Store) -> None:
    found = get_party(held, party_id(held, "John Howson"))
    assert found.ballots == {Ballot.FOR: 2, Ballot.AGAINST: 1}
    votes = [(deed.meeting_date, deed.ballot, deed.text, deed.outcome) for deed in found.find(Part.VOTED)]
    assert votes == [
        (date(2024, 6, 1), Ballot.FOR, POOL, Outcome.CARRIED),
        (date(2024, 3, 1), Ballot.FOR, FENCE, Outcome.CARRIED),
        (date(2024, 3, 1), Ballot.AGAINST, ROAD, Outcome.LOST),
    ]
    assert [(deed.text, deed.written) for deed in found.find(Part.MOVED)] == [(FENCE, "Cllr Howson")]
    assert {(name.text, name.count) for name in found.names} == {
        ("Howson", 2),
        ("Cllr Howson", 1),
        ("Cllr J Howson", 1),
        ("Cllr John Howson", 1),
        ("J Howson", 1),
    }
    assert [(seat.body, seat.papers) for seat in found.seats] == [("Finance Committee", 1), (None, 1)]
    assert (found.party.mentions, found.party.first_day, found.party.last_day) == (
        6,
        date(2024, 3, 1),
        date(2024, 6, 1),
    )
    assert all(deed.source and deed.record == "decision" for deed in found.deeds)


def test_who_is_present_decides_and_the_rest_is_nobodys_record(held: Store) -> None:
    assert get_party(held, party_id(held, "A Patel")).ballots == {Ballot.AGAINST: 1}
    assert get_party(held, party_id(held, "B Patel")).ballots == {}
    assert get_party(held, party_id(held, "Patel")).ballots == {Ballot.FOR: 1}


def test_a_post_is_shown_with_what_it_must_do(held: Store) -> None:
    found = get_party(held, party_id(held, "Town Clerk"))
    assert [(deed.record, deed.text, deed.status) for deed in found.find(Part.OWNS)] == [("action", FENCE, "open")]


def test_an_id_may_be_shortened_and_an_unknown_one_is_refused(held: Store) -> None:
    number = party_id(held, "B Patel")
    assert get_party(held, number[:12].upper()).party.id == number
    for wrong, says in (("zzzz", "no party"), ("", "no party"), ("%", "no party")):
        with pytest.raises(StoreError, match=says):
            get_party(held, wrong)


VOTES = {
    "voter:howson": {(COUNCIL, FENCE), (COUNCIL, ROAD), (COUNCIL, POOL), (OTHER, FENCE)},
    "for:howson": {(COUNCIL, FENCE), (COUNCIL, POOL)},
    "against:howson": {(COUNCIL, ROAD), (OTHER, FENCE)},
    'against:"john howson"': {(COUNCIL, ROAD)},
    "abstained:oneill": {(COUNCIL, FENCE)},
    "abstained:O’Neill": {(COUNCIL, FENCE)},
    "mover:howson": {(COUNCIL, FENCE)},
    "mover:o'neill": {(COUNCIL, ROAD)},
    "seconder:patel": {(COUNCIL, FENCE)},
    "seconder:howson": set(),
    "for:howson authority:northmere": set(),
    "against:howson fence": {(OTHER, FENCE)},
    "for:howson for:patel": {(COUNCIL, FENCE), (COUNCIL, POOL)},
    "voter:howson -against:howson": {(COUNCIL, FENCE), (COUNCIL, POOL)},
    "-voter:howson": set(),
}


def searched(store: Store, query: str) -> set[tuple[str | None, str]]:
    return {(row.authority, row.text) for row in find_decisions(store, DecisionFilter(query=query))}


@pytest.mark.parametrize("query", sorted(VOTES))
def test_decisions_are_found_by_who_voted_how(held: Store, query: str) -> None:
    assert searched(held, query) == VOTES[query]


@pytest.mark.parametrize("query", sorted(VOTES))
def test_a_part_of_too_many_names_is_looked_for_in_the_rows(
    held: Store, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MANY", 0)
    assert searched(held, query) == VOTES[query]


def test_words_that_look_like_a_short_field_are_words(held: Store) -> None:
    assert searched(held, "form:12") == set()
    with pytest.raises(StoreError, match="has no value"):
        searched(held, "for:")


def test_what_is_stored_depends_on_the_papers_alone(tmp_path: object) -> None:
    dumps = []
    for seed in range(3):
        found = meetings()
        random.Random(seed).shuffle(found)
        with open_store(f"sqlite:///{tmp_path}/{seed}.db") as store:
            for extraction in found:
                store.save(extraction, pipeline=PIPELINE)
                if seed:
                    resolve_parties(store)
            resolve_parties(store)
            whole = dump(store)
            dumps.append({name: whole[name] for name in ("parties", "appearances", "party_queue")})
            dumps[-1]["tags"] = [tuple(sorted(row)) for row in whole["facet_values"] if row[1] in {"for", "mover"}]
            assert sorted(searched(store, "for:howson")) == sorted(VOTES["for:howson"])
    assert len(dumps[0]["parties"]) == 10 and not dumps[0]["party_queue"]
    assert dumps[0]["parties"] == dumps[1]["parties"] == dumps[2]["parties"]
    assert dumps[0]["appearances"] == dumps[1]["appearances"] == dumps[2]["appearances"]


def test_a_paper_that_changes_is_resolved_again(store: Store) -> None:
    fill(store, meetings())
    assert count_unresolved(store) == 0
    changed = meeting(COUNCIL, date(2024, 6, 1), (KEPT, {"vote": named(("Quill", Ballot.AGAINST))}))
    store.save(changed, pipeline=PIPELINE)
    assert count_unresolved(store) == 1
    resolve_parties(store)
    people = [name for authority, name in listed(store, kind=PartyKind.PERSON) if authority == COUNCIL]
    assert people == ["A Patel", "J Howson", "O'Neill", "Quill"]
    assert searched(store, "against:quill") == {(COUNCIL, KEPT)}
    assert searched(store, "for:howson") == {(COUNCIL, FENCE)}
    assert store.check() == []


def test_another_authority_takes_the_names_with_it(store: Store) -> None:
    found = meetings()[2]
    fill(store, [found])
    named_anew = replace(found, document=replace(found.document, authority=COUNCIL))
    store.save(named_anew, pipeline="rules-2")
    resolve_parties(store)
    assert listed(store, kind=PartyKind.PERSON) == [(COUNCIL, "J Howson")]


def test_papers_without_an_authority_share_no_party(store: Store) -> None:
    first, second = meetings()[2], meetings()[1]
    bare = [replace(one, document=replace(one.document, authority=None)) for one in (first, second)]
    fill(store, bare)
    assert [name for _, name in listed(store, name="howson")] == ["J Howson", "John Howson"]
    assert {authority for authority, _ in listed(store)} == {None}


def test_copies_and_suppressed_records_are_in_nobodys_record(store: Store) -> None:
    fill(store, meetings())
    number = party_id(store, "John Howson")
    before = len(get_party(store, number).find(Part.VOTED))
    with store.write() as connection:
        connection.execute(update(decisions).where(decisions.c.text == ROAD).values(is_suppressed=True))
        connection.execute(update(decisions).where(decisions.c.text == POOL).values(same_as="0" * 16))
    assert (before, [deed.text for deed in get_party(store, number).find(Part.VOTED)]) == (3, [FENCE])


def test_a_check_finds_an_appearance_in_a_record_that_is_gone(store: Store) -> None:
    fill(store, [ashcombe()])
    assert store.check() == []
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE appearances SET decision_id = 'gone' WHERE part = 'voted'")
    assert any("not there (gone)" in line for line in store.check())


def export_popolo(store: Store, path: Path) -> dict[str, list[dict[str, Any]]]:
    with open_selection(store, DecisionFilter()) as selection:
        PopoloExporter().write(Dataset((TABLES["votes"],), selection.rows, {}), path)
    found: dict[str, list[dict[str, Any]]] = json.loads(path.read_text("utf-8"))
    return found


def test_exported_votes_are_those_of_the_members_that_are_listed(held: Store, tmp_path: Path) -> None:
    found = export_popolo(held, tmp_path / "votes.json")
    persons = {one["id"]: one for one in found["persons"]}
    expected = {row.id for row in find_parties(held, PartyFilter(kind=PartyKind.PERSON)) if "Patel" not in row.name}
    assert expected < set(persons) and all("not resolved" not in one.get("summary", "") for one in persons.values())
    howson = party_id(held, "John Howson")
    votes = [vote["option"] for event in found["vote_events"] for vote in event["votes"] if vote["voter_id"] == howson]
    assert sorted(votes) == ["no", "yes", "yes"]
    names = {one["name"] for one in persons[howson]["other_names"]}
    assert names == {"Howson", "Cllr Howson", "Cllr J Howson", "Cllr John Howson", "J Howson"}
    bodies = {one["id"]: one["name"] for one in found["organizations"]}
    seats = {bodies[one["organization_id"]] for one in found["memberships"] if one["person_id"] == howson}
    assert seats == {"Finance Committee", COUNCIL}
    assert "A Patel or B Patel" in persons[party_id(held, "Patel")]["summary"]
    (road,) = (motion for motion in found["motions"] if motion["text"] == ROAD)
    assert road["creator_id"] == party_id(held, "O'Neill")
    assert [post["label"] for post in found["posts"]] == ["Town Clerk"]
    rows = list(read_parties_of(held))
    assert [row["id"] for row in rows] == sorted(row.id for row in find_parties(held, PartyFilter()))


def read_parties_of(store: Store) -> Iterator[Row]:
    with open_selection(store, DecisionFilter()) as selection:
        assert selection.count(PARTIES) == len(list(selection.rows(PARTIES)))
        yield from selection.rows(PARTIES)


def test_names_that_wait_to_be_resolved_are_exported_as_written(store: Store, tmp_path: Path) -> None:
    for extraction in meetings():
        store.save(extraction, pipeline=PIPELINE)
    assert count_unresolved(store) == 2
    waiting = export_popolo(store, tmp_path / "waiting.json")
    assert {one["name"] for one in waiting["persons"]} >= {"Howson", "J Howson", "Patel"}
    assert all("not resolved" in one["summary"] for one in waiting["persons"]) and not waiting["memberships"]
    voters = {vote["voter_id"] for event in waiting["vote_events"] for vote in event["votes"]}
    assert voters <= {one["id"] for one in waiting["persons"]}
    resolve_parties(store)
    resolved = export_popolo(store, tmp_path / "resolved.json")
    assert len(resolved["persons"]) < len(waiting["persons"])
