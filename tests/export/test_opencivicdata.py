"""Events and votes, checked against the properties that Open Civic Data's scrapers ask of each object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from export_cases import MARSHES, PARK, SIGN, dataset

from minutes_miner.export.opencivicdata import OpenCivicDataExporter

jsonschema = pytest.importorskip("jsonschema")

TEXT = {"type": "string"}
DAY = {"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"}
OPTION = {"enum": ["yes", "no", "absent", "abstain", "not voting", "paired", "excused", "other"]}
SOURCES = {"type": "array", "items": {"type": "object", "required": ["url", "note"]}}


def whole(**properties: object) -> dict[str, object]:
    """Make the schema of an object that has all of its properties and no others."""
    known = {"_id": {"type": "string", "pattern": "^[0-9a-f-]{36}$"}, "sources": SOURCES, "extras": {"type": "object"}}
    known |= properties
    return {"type": "object", "required": list(known), "properties": known, "additionalProperties": False}


def listing(schema: object) -> dict[str, object]:
    return {"type": "array", "items": schema}


EVENT = whole(
    _type={"const": "event"},
    **dict.fromkeys(("name", "description", "classification"), TEXT),
    start_date={**DAY, "minLength": 4},
    end_date=DAY,
    all_day={"type": "boolean"},
    status={"enum": ["cancelled", "tentative", "confirmed", "passed"]},
    location={"type": "object", "required": ["name", "note", "url", "coordinates"]},
    **dict.fromkeys(("media", "links", "documents"), {"type": "array"}),
    participants=listing({"type": "object", "required": ["name", "id", "type", "note"]}),
    agenda=listing(
        {
            "type": "object",
            "required": ["description", "order", "subjects", "media", "notes", "related_entities", "extras"],
            "properties": {"description": {"type": "string", "minLength": 1}, "order": TEXT, "notes": listing(TEXT)},
        }
    ),
)
VOTE = whole(
    _type={"const": "vote_event"},
    **dict.fromkeys(("identifier", "motion_text", "organization", "legislative_session"), TEXT),
    motion_classification=listing(TEXT),
    start_date=DAY,
    end_date=DAY,
    result={"enum": ["pass", "fail"]},
    bill={"type": ["string", "null"]},
    bill_action={"type": ["string", "null"]},
    votes=listing({"type": "object", "properties": {"option": OPTION, "voter_name": TEXT}, "required": ["voter_name"]}),
    counts=listing({"type": "object", "properties": {"option": OPTION, "value": {"type": "integer", "minimum": 0}}}),
)
PERSON = whole(
    _type={"const": "person"},
    name={"type": "string", "minLength": 1},
    **dict.fromkeys(("image", "gender", "national_identity", "summary", "biography", "birth_date", "death_date"), TEXT),
    other_names=listing({"type": "object", "properties": {"name": TEXT, "note": TEXT}, "required": ["name"]}),
    **dict.fromkeys(("identifiers", "links", "contact_details"), {"type": "array"}),
)
ORGANIZATION = whole(
    _type={"const": "organization"},
    name={"type": "string", "minLength": 1},
    classification={"enum": ["legislature", "committee"]},
    parent_id={"type": ["string", "null"]},
)


@pytest.fixture
def written(tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    """Write the rows and read them back, by file."""
    OpenCivicDataExporter().write(dataset("decisions", "votes"), tmp_path / "ocd")
    names = ("events", "vote_events", "organizations", "persons")
    lines = {name: (tmp_path / "ocd" / f"{name}.jsonl").read_text("utf-8").splitlines() for name in names}
    return {name: [json.loads(line) for line in found] for name, found in lines.items()}


def test_every_object_has_the_shape_that_scrapers_save(written: dict[str, list[dict[str, Any]]]) -> None:
    schemas = {"events": EVENT, "vote_events": VOTE, "organizations": ORGANIZATION, "persons": PERSON}
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert written[name]
        for value in written[name]:
            jsonschema.validate(value, schema)


def test_what_is_named_is_there(written: dict[str, list[dict[str, Any]]]) -> None:
    organizations = {one["_id"] for one in written["organizations"]}
    assert {one["organization"] for one in written["vote_events"]} <= organizations
    assert {part["id"] for event in written["events"] for part in event["participants"]} <= organizations
    assert {one["parent_id"] for one in written["organizations"]} - {None} <= organizations


def test_voters_are_the_persons_that_the_store_has_resolved(written: dict[str, list[dict[str, Any]]]) -> None:
    persons = {one["_id"]: one for one in written["persons"]}
    (park,) = (one for one in written["vote_events"] if one["identifier"] == PARK)
    voters = [persons[one["voter_id"]] for one in park["votes"]]
    assert [one["name"] for one in voters] == ["Ann Marsh", "Cllr Ó Broin", "Reed"]
    assert voters[0]["extras"] == {"party": MARSHES}
    assert voters[0]["other_names"] == [{"name": "Cllr Marsh", "note": "as written"}]
    assert "not resolved" in voters[1]["summary"] and "Jo Reed or Kit Reed" in voters[2]["summary"]


def test_votes_that_were_withdrawn_and_days_that_are_unknown_are_left_out(
    written: dict[str, list[dict[str, Any]]],
) -> None:
    votes = {one["identifier"]: one for one in written["vote_events"]}
    assert set(votes) == {PARK, SIGN}
    assert votes[SIGN]["counts"] == [{"option": "yes", "value": 1}, {"option": "no", "value": 4}]
    assert [(one["voter_name"], one["option"]) for one in votes[PARK]["votes"]] == [
        ("Cllr Marsh", "yes"),
        ("Cllr Ó Broin", "no"),
        ("Cllr Reed", "abstain"),
    ]
    assert [one["start_date"] for one in written["events"]] == ["1894-12-04", "2030-12-31", "2031-02-03"]
    assert written["events"][1]["sources"] == [{"url": "https://mor.example/m?id=1&p=2", "note": "d0c0000000000001"}]
