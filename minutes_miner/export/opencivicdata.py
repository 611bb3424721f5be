"""Write events and vote events in the shapes in which Open Civic Data's scrapers save them, one object a line."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from minutes_miner.domain.dataset import DECISIONS, PARTIES, PERSONAL_VOTES, VOTES, Dataset, Row
from minutes_miner.export.casting import Cast, Json, ballots_of, person_of
from minutes_miner.export.meeting import Meeting, find_url, iter_meetings
from minutes_miner.export.popolo import as_vote_event
from minutes_miner.export.provenance import Count, Written, write_provenance

_NAMES = uuid.UUID("0b1c6a0f-8f56-5a0e-9b3c-0a4f3a2f7d11")
"""Makes ids of names: the same on every machine."""

_FILES = {DECISIONS.name: "events.jsonl", VOTES.name: "vote_events.jsonl"}
_ORGANIZATIONS = "organizations.jsonl"
_PERSONS = "persons.jsonl"


class OpenCivicDataExporter:
    """Write a folder with events, vote events, organisations and, where somebody is named, persons; a file each.

    Events are meetings whose day is known; vote events have passed or failed, for the scrapers' shapes know nothing
    else. Councils are no legislatures with bills, so there are none.
    """

    name = "opencivicdata"
    tables = (DECISIONS.name, VOTES.name)
    suffix = ""
    needs_file = False

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write the folder, a meeting and a vote at a time."""
        target.mkdir()
        bodies: dict[str, Json] = {}
        cast = Cast()
        ways: dict[str, Callable[[Iterable[Row]], Iterator[Json]]] = {DECISIONS.name: _events, VOTES.name: _votes}
        files = []
        for table in dataset.tables:
            rows = cast.listen(dataset.rows(PERSONAL_VOTES)) if table is VOTES else dataset.rows(table)
            found = Count(_note(bodies, rows))
            _write(target / _FILES[table.name], ways[table.name](found))
            files.append(Written(_FILES[table.name], table.name, found.rows))
        _write(target / _ORGANIZATIONS, bodies.values())
        also = [_ORGANIZATIONS]
        if cast.persons:
            cast.resolve(dataset.rows(PARTIES))
            _write(target / _PERSONS, map(as_scraped_person, cast.persons.values()))
            also.append(_PERSONS)
        write_provenance(target, dataset, files, also=also)


def as_event(meeting: Meeting) -> Json:
    """Give a meeting as a scraped event; the place and the hour are not known."""
    links = [(row, url) for row in meeting.documents if (url := find_url(row))]
    return {
        "_id": _id("event", *meeting.key),
        "_type": "event",
        "name": meeting.name,
        "description": "",
        "classification": "committee-meeting" if meeting.committee else "meeting",
        "start_date": str(meeting.day),
        "end_date": "",
        "all_day": True,
        "status": "passed",
        "location": {"name": "unknown", "note": "", "url": "", "coordinates": None},
        "media": [],
        "links": [],
        "documents": [{"note": "minutes", "date": "", "links": [{"url": url, "media_type": ""}]} for _, url in links],
        "participants": [_participant(meeting)],
        "agenda": [
            {
                "description": item.title or "no title",
                "order": str(order),
                "subjects": [],
                "media": [],
                "notes": [str(row["text"]) for row in item.decisions],
                "related_entities": [],
                "extras": {"number": item.number, "decisions": [row["id"] for row in item.decisions]},
            }
            for order, item in enumerate(meeting.items)
        ],
        "sources": [{"url": url, "note": str(row["document_id"])} for row, url in links],
        "extras": {"documents": [row["document_id"] for row in meeting.documents]},
    }


def as_scraped_vote(row: Row) -> Json:
    """Give a vote as a scraped vote event, with the counts and names that are stated and no others."""
    known = as_vote_event(row)
    options = {"for": "yes", "against": "no", "abstain": "abstain"}
    day = str(row["meeting_date"] or "")
    return {
        "_id": _id("vote", row["decision_id"]),
        "_type": "vote_event",
        "identifier": row["decision_id"],
        "motion_text": row["text"],
        "motion_classification": [],
        "start_date": day,
        "end_date": "",
        "result": known["result"],
        "organization": _body_id(row["authority"], row["committee"]),
        "legislative_session": day[:4] or "unknown",
        "bill": None,
        "bill_action": None,
        "votes": [
            {
                "option": options[ballot["ballot"]],
                "voter_name": ballot["person"],
                "voter_id": _id("person", person_of(row, "voted", ballot["person"])),
                "note": "",
            }
            for ballot in ballots_of(row)
        ],
        "counts": known.get("counts", []),
        "sources": [{"url": url, "note": str(row["document_id"])}] if (url := find_url(row)) else [],
        "extras": {"manner": row["manner"], "mover": row["mover"], "seconder": row["seconder"]},
    }


def as_scraped_person(person: Json) -> Json:
    """Give a person as a scraped one, of what Popolo has of them."""
    others = person.get("other_names", [])
    unknown = ("image", "gender", "national_identity", "biography", "birth_date", "death_date")
    return {
        "_id": _id("person", person["id"]),
        "_type": "person",
        "name": person["name"],
        "summary": person.get("summary", ""),
        **dict.fromkeys(unknown, ""),
        "other_names": [{**one, "note": "as written"} for one in others] if isinstance(others, list) else [],
        **{name: [] for name in ("identifiers", "links", "contact_details", "sources")},
        "extras": {"party": person["id"]},
    }


def _events(rows: Iterable[Row]) -> Iterator[Json]:
    return (as_event(meeting) for meeting in iter_meetings(rows) if meeting.day)


def _votes(rows: Iterable[Row]) -> Iterator[Json]:
    return (vote for vote in map(as_scraped_vote, rows) if vote["result"])


def _note(bodies: dict[str, Json], rows: Iterable[Row]) -> Iterator[Row]:
    """Collect the organisations of rows that pass by."""
    for row in rows:
        council = _body_id(row["authority"], None)
        bodies.setdefault(council, _organization(council, row["authority"], "legislature", None))
        if row["committee"]:
            key = _body_id(row["authority"], row["committee"])
            bodies.setdefault(key, _organization(key, row["committee"], "committee", council))
        yield row


def _organization(key: str, name: object, classification: str, parent: str | None) -> Json:
    about = {"name": str(name or "unknown"), "classification": classification, "parent_id": parent}
    return {"_id": key, "_type": "organization", **about, "sources": [], "extras": {}}


def _participant(meeting: Meeting) -> Json:
    name = meeting.committee or meeting.authority or "unknown"
    return {"name": name, "id": _body_id(meeting.authority, meeting.committee), "type": "organization", "note": "host"}


def _body_id(authority: object, committee: object) -> str:
    return _id("organization", authority, committee)


def _id(*names: object) -> str:
    return str(uuid.uuid5(_NAMES, "\n".join(str(name or "") for name in names)))


def _write(path: Path, values: Iterable[Json]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for value in values:
            stream.write(json.dumps(value, ensure_ascii=False) + "\n")
