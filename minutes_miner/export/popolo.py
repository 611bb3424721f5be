"""Write votes as Popolo JSON: organisations, persons, motions and vote events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import IO

from minutes_miner.domain.dataset import PARTIES, PERSONAL_VOTES, VOTES, Dataset, Row
from minutes_miner.export.casting import Cast, Json, ballots_of, make_id, person_of

_OPTIONS = {"for": "yes", "against": "no", "abstain": "abstain"}
"""Popolo's words for the options of a vote, by ours."""

_COUNTS = {"votes_for": "yes", "votes_against": "no", "abstentions": "abstain"}
_RESULTS = {"carried": "pass", "lost": "fail"}


class PopoloExporter:
    """Write one JSON object of lists; persons are those who moved what was voted on, and whose vote is named.

    Motions are the decisions on which a vote is told. Persons are parties as the store has resolved them, with their
    other names and memberships; a name that is not resolved is a person of its own, and says so.
    """

    name = "popolo"
    tables = (VOTES.name,)
    suffix = ".json"
    needs_file = True

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write motions and vote events one at a time; what they name, which is little, at the end."""
        found = Cast()
        with target.open("w", encoding="utf-8") as stream:
            stream.write("{")
            write_list(stream, "motions", (as_motion(row) for row in found.listen(dataset.rows(PERSONAL_VOTES))))
            stream.write(",")
            write_list(stream, "vote_events", (as_vote_event(row) for row in dataset.rows(PERSONAL_VOTES)))
            if found.organizations:
                found.resolve(dataset.rows(PARTIES))
            for name, parts in found.lists.items():
                stream.write(",")
                write_list(stream, name, parts.values())
            stream.write("\n}\n")


def as_motion(row: Row) -> Json:
    """Give a vote's decision as a Popolo Motion; ``date`` is a day, for the minutes tell no time."""
    motion: Json = {**_shared(row), "id": row["decision_id"], "text": row["text"], "date": _day(row["meeting_date"])}
    mover = person_of(row, "moved", row["mover"])
    motion |= {"creator_id": mover} if mover else {}
    return {**motion, "result": _RESULTS.get(str(row["outcome"]))}


def as_vote_event(row: Row) -> Json:
    """Give a vote as a Popolo VoteEvent with the counts and names that are stated, and no others."""
    event: Json = {**_shared(row), "id": f"{row['decision_id']}-vote", "motion_id": row["decision_id"]}
    event |= {"classification": row["manner"], "start_date": _day(row["meeting_date"])}
    event["result"] = _RESULTS.get(str(row["outcome"]))
    counts = [{"option": option, "value": row[name]} for name, option in _COUNTS.items() if row[name] is not None]
    votes = [
        {"voter_id": person_of(row, "voted", ballot["person"]), "option": _OPTIONS[ballot["ballot"]]}
        for ballot in ballots_of(row)
    ]
    return event | ({"counts": counts} if counts else {}) | ({"votes": votes} if votes else {})


def _shared(row: Row) -> Json:
    """Give the body that met and, where the paper has an address, its source."""
    authority, committee = row["authority"], row["committee"]
    names = (authority, committee) if committee else (authority,)
    shared: Json = {"organization_id": make_id(*names) if authority or committee else None}
    addresses = [str(place) for place in (row["url"], row["source"]) if str(place).startswith(("https://", "http://"))]
    return {**shared, "sources": [{"url": addresses[0]}]} if addresses else shared


def _day(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None


def write_list(stream: IO[str], name: str, values: Iterable[Json]) -> None:
    """Write a list of objects under a name, one at a time."""
    stream.write(f"\n{json.dumps(name)}: [")
    for count, value in enumerate(values):
        stream.write(",\n" if count else "\n")
        stream.write(json.dumps(value, ensure_ascii=False))
    stream.write("]")
