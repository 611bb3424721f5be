"""Write votes as Popolo JSON: organisations, persons, motions and vote events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO

from minutes_miner.domain.dataset import VOTES, Dataset, Row

Json = dict[str, object]

_OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain"}
"""Popolo's words for the options of a vote, by ours."""

_COUNTS = {"votes_for": "yes", "votes_against": "no", "abstentions": "abstain"}
_RESULTS = {"carried": "pass", "lost": "fail"}


class PopoloExporter:
    """Write one JSON object with four lists; persons are only those whose vote is named.

    Motions are the decisions on which a vote is told. Ids of organisations and persons are made of names as they are
    written: a person is a name in one authority's papers.
    """

    name = "popolo"
    tables = (VOTES.name,)
    suffix = ".json"
    needs_file = True

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write motions and vote events one at a time; organisations and persons, which are few, at the end."""
        found = _Names()
        with target.open("w", encoding="utf-8") as stream:
            stream.write("{")
            write_list(stream, "motions", (as_motion(row) for row in found.listen(dataset.rows(VOTES))))
            stream.write(",")
            write_list(stream, "vote_events", (as_vote_event(row) for row in dataset.rows(VOTES)))
            stream.write(",")
            write_list(stream, "organizations", found.organizations.values())
            stream.write(",")
            write_list(stream, "persons", found.persons.values())
            stream.write("\n}\n")


class _Names:
    """Collect the organisations and persons of rows that pass by."""

    def __init__(self) -> None:
        self.organizations: dict[str, Json] = {}
        self.persons: dict[str, Json] = {}

    def listen(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._note(row)
            yield row

    def _note(self, row: Row) -> None:
        authority, committee = row["authority"], row["committee"]
        council = make_id(authority) if authority else None
        if council:
            self.organizations[council] = {"id": council, "name": authority, "classification": "council"}
        if committee:
            key = make_id(authority, committee)
            body = {"id": key, "name": committee, "classification": "committee"}
            self.organizations[key] = {**body, "parent_id": council} if council else body
        for ballot in _ballots(row):
            key = make_id(authority, "person", ballot["person"])
            self.persons[key] = {"id": key, "name": ballot["person"]}


def as_motion(row: Row) -> Json:
    """Give a vote's decision as a Popolo Motion; ``date`` is a day, for the minutes tell no time."""
    motion = {**_shared(row), "id": row["decision_id"], "text": row["text"], "date": _day(row["meeting_date"])}
    return {**motion, "result": _RESULTS.get(str(row["outcome"]))}


def as_vote_event(row: Row) -> Json:
    """Give a vote as a Popolo VoteEvent with the counts and names that are stated, and no others."""
    event: Json = {**_shared(row), "id": f"{row['decision_id']}-vote", "motion_id": row["decision_id"]}
    event |= {"classification": row["manner"], "start_date": _day(row["meeting_date"])}
    event["result"] = _RESULTS.get(str(row["outcome"]))
    counts = [{"option": option, "value": row[name]} for name, option in _COUNTS.items() if row[name] is not None]
    votes = [
        {"voter_id": make_id(row["authority"], "person", ballot["person"]), "option": _OPTIONS[ballot["ballot"]]}
        for ballot in _ballots(row)
    ]
    return event | ({"counts": counts} if counts else {}) | ({"votes": votes} if votes else {})


def make_id(*names: object) -> str:
    """Make an id of names: the same on every machine."""
    return hashlib.sha256("\n".join(str(name or "") for name in names).encode()).hexdigest()[:16]


def _shared(row: Row) -> Json:
    """Give the body that met and, where the paper has an address, its source."""
    authority, committee = row["authority"], row["committee"]
    names = (authority, committee) if committee else (authority,)
    shared: Json = {"organization_id": make_id(*names) if authority or committee else None}
    addresses = [str(place) for place in (row["url"], row["source"]) if str(place).startswith(("https://", "http://"))]
    return {**shared, "sources": [{"url": addresses[0]}]} if addresses else shared


def _ballots(row: Row) -> list[dict[str, str]]:
    ballots = row["ballots"]
    return ballots if isinstance(ballots, list) else []


def _day(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def write_list(stream: IO[str], name: str, values: Iterable[Json]) -> None:
    """Write a list of objects under a name, one at a time."""
    stream.write(f"\n{json.dumps(name)}: [")
    for count, value in enumerate(values):
        stream.write(",\n" if count else "\n")
        stream.write(json.dumps(value, ensure_ascii=False))
    stream.write("]")
