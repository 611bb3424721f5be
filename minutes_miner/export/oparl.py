"""Write meetings and agenda items with their decisions in the words of OParl 1.1, as one JSON file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from minutes_miner.domain.dataset import DECISIONS, Dataset, Row
from minutes_miner.export.casting import Json, make_id
from minutes_miner.export.meeting import Item, Meeting, find_url, iter_meetings
from minutes_miner.export.popolo import write_list

SCHEMA = "https://schema.oparl.org/1.1/"
_PLACE = "https://minutes-miner.invalid/oparl/"
"""Begins every id: OParl wants addresses, and there is no server; nobody can own a name under .invalid."""

_OURS = "minutes-miner:"
"""Begins what OParl has no word for, as it asks of vendors."""

_STATED = tuple(
    "kind outcome decision_maker mover seconder reason vote_manner votes_for votes_against abstentions sums due_text "
    "confidence corrected".split()
)


class OparlExporter:
    """Write an object with the lists ``meeting``, ``organization`` and ``body``; meetings embed items and papers.

    It is like what an OParl server gives, and is none: ids lead nowhere, there are no pages of lists, and what minutes
    do not tell is left out, such as the hour of a meeting.
    """

    name = "oparl"
    tables = (DECISIONS.name,)
    suffix = ".json"
    needs_file = True

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write meetings one at a time; organisations and bodies, which are few, at the end."""
        organizations: dict[str, Json] = {}
        bodies: dict[str, Json] = {}

        def meetings() -> Iterator[Json]:
            for meeting in iter_meetings(dataset.rows(DECISIONS)):
                body, organization = as_body(meeting), as_organization(meeting)
                bodies[str(body["id"])] = body
                organizations[str(organization["id"])] = organization
                yield as_meeting(meeting)

        with target.open("w", encoding="utf-8") as stream:
            stream.write("{")
            stream.write(f"\n{json.dumps(_OURS + 'provenance')}: {json.dumps(dataset.provenance, ensure_ascii=False)},")
            write_list(stream, "meeting", meetings())
            stream.write(",")
            write_list(stream, "organization", organizations.values())
            stream.write(",")
            write_list(stream, "body", bodies.values())
            stream.write("\n}\n")


def as_meeting(meeting: Meeting) -> Json:
    """Give a Meeting with its AgendaItems; papers without an address on the web are only named."""
    found = _object("Meeting", *meeting.key, name=meeting.name)
    found["organization"] = [as_organization(meeting)["id"]]
    files = [file for file in map(_file, meeting.documents) if file]
    if files:
        found["resultsProtocol"] = files[0]
        found |= {"auxiliaryFile": files[1:]} if files[1:] else {}
    found["agendaItem"] = [_item(meeting, item, order) for order, item in enumerate(meeting.items)]
    if meeting.day:
        found |= {"meetingState": "durchgeführt", f"{_OURS}day": meeting.day.isoformat()}
    return found


def as_organization(meeting: Meeting) -> Json:
    """Give the Organization that met: the committee, or the council itself."""
    name = meeting.committee or meeting.authority or "unknown"
    found = _object("Organization", meeting.authority, meeting.committee, name=name)
    return {**found, "body": as_body(meeting)["id"]}


def as_body(meeting: Meeting) -> Json:
    """Give the Body: the council."""
    return _object("Body", meeting.authority, name=meeting.authority or "unknown")


def _item(meeting: Meeting, item: Item, order: int) -> Json:
    found = _object("AgendaItem", *meeting.key, item.number, item.title, name=item.title or "no title")
    found |= {"order": order, "resolutionText": "\n".join(str(row["text"]) for row in item.decisions)}
    outcomes = list(dict.fromkeys(str(row["outcome"]) for row in item.decisions))
    found |= {"result": "; ".join(outcomes), f"{_OURS}decision": [_decision(row) for row in item.decisions]}
    return found | ({"number": item.number} if item.number else {})


def _decision(row: Row) -> Json:
    """Give what OParl has no words for, each decision by itself."""
    told = {name: row[name] for name in _STATED if row[name] is not None}
    owners = row["owners"]
    named = [owner["text"] for owner in owners] if isinstance(owners, list) else []
    places: Json = {name: row[name] for name in ("document_id", "page_number", "start_offset", "end_offset")}
    return {"id": row["id"], "text": row["text"], **told, **({"owners": named} if named else {}), **places}


def _file(row: Row) -> Json | None:
    url = find_url(row)
    return _object("File", row["document_id"], accessUrl=url) if url else None


def _object(kind: str, *key: object, **values: object) -> Json:
    return {"id": f"{_PLACE}{kind.lower()}/{make_id(*key)}", "type": f"{SCHEMA}{kind}", **values}
