"""Meetings and agenda items, checked against the properties that OParl 1.1 gives its objects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from export_cases import LIDO, PARK, PROVENANCE, SIGN, TARN, dataset, decision, empty

from minutes_miner.domain.dataset import DECISIONS, Dataset, Row, Table
from minutes_miner.export.oparl import OparlExporter

jsonschema = pytest.importorskip("jsonschema")

ADDRESS = {"type": "string", "format": "uri", "pattern": "^https?://"}
TEXT = {"type": "string", "minLength": 1}


def thing(kind: str, *required: str, **properties: object) -> dict[str, object]:
    """Make the schema of an OParl object: nothing but its own properties and those of a vendor."""
    known = {"id": ADDRESS, "type": {"const": f"https://schema.oparl.org/1.1/{kind}"}, **properties}
    return {
        "type": "object",
        "required": ["id", "type", *required],
        "properties": known,
        "patternProperties": {"^minutes-miner:": {}},
        "additionalProperties": False,
    }


def listing(schema: object) -> dict[str, object]:
    return {"type": "array", "items": schema}


FILE = thing("File", "accessUrl", accessUrl=ADDRESS)
ITEM = thing(
    "AgendaItem", "name", "order", number=TEXT, name=TEXT, order={"type": "integer"}, result=TEXT, resolutionText=TEXT
)
MEETING = thing(
    "Meeting",
    name=TEXT,
    meetingState={"enum": ["terminiert", "eingeladen", "durchgeführt"]},
    organization=listing(ADDRESS),
    resultsProtocol=FILE,
    auxiliaryFile=listing(FILE),
    agendaItem=listing(ITEM),
)
SCHEMA = {
    "type": "object",
    "required": ["meeting", "organization", "body", "minutes-miner:provenance"],
    "properties": {
        "meeting": listing(MEETING),
        "organization": listing(thing("Organization", "body", name=TEXT, body=ADDRESS)),
        "body": listing(thing("Body", "name", name=TEXT)),
        "minutes-miner:provenance": {"type": "object"},
    },
    "additionalProperties": False,
}


def write(found: Dataset, folder: Path) -> dict[str, Any]:
    OparlExporter().write(found, folder / "oparl.json")
    written: dict[str, Any] = json.loads((folder / "oparl.json").read_text("utf-8"))
    jsonschema.validate(written, SCHEMA, format_checker=jsonschema.FormatChecker())
    return written


def test_it_has_the_words_of_oparl_and_every_id_leads_somewhere(tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = write(dataset("decisions"), tmp_path)
    organizations = {one["id"]: one for one in found["organization"]}
    bodies = {one["id"] for one in found["body"]}
    assert {one["body"] for one in organizations.values()} == bodies
    assert {key for meeting in found["meeting"] for key in meeting["organization"]} == set(organizations)
    ids = [one["id"] for meeting in found["meeting"] for one in (meeting, *meeting["agendaItem"])]
    assert len(ids) == len(set(ids)) > 5
    decisions = [one["id"] for meeting in found["meeting"] for item in meeting["agendaItem"] for one in _of(item)]
    assert decisions == [row["id"] for row in dataset("decisions").rows(DECISIONS)]


def _of(item: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = item["minutes-miner:decision"]
    return found


def test_decisions_on_one_item_are_together_and_meetings_apart(tmp_path: Path) -> None:
    bees = {"item_number": "4", "item_title": "Bees"}
    rows = [
        decision(PARK, "that bees be kept", **TARN, **bees, document_id="d1"),
        decision(SIGN, "that the sign be mended", **{**TARN, "committee": "Cabinet"}, url="https://tarn.example/c"),
        decision(LIDO, "that honey be sold", **TARN, **bees, outcome="lost", document_id="d2"),
        decision("copy", "that honey is sold", **TARN, **bees, same_as=LIDO),
    ]

    def read(_table: Table) -> Iterator[Row]:
        return iter(rows)

    parks, cabinet = write(Dataset((DECISIONS,), read, PROVENANCE), tmp_path)["meeting"]
    (item,) = parks["agendaItem"]
    assert (item["number"], item["name"], item["result"]) == ("4", "Bees", "carried; lost")
    assert item["resolutionText"] == "that bees be kept\nthat honey be sold"
    assert parks["minutes-miner:day"] == date(2031, 2, 3).isoformat() and "start" not in parks
    assert cabinet["resultsProtocol"]["accessUrl"] == "https://tarn.example/c" and "resultsProtocol" not in parks


def test_without_decisions_the_lists_are_empty(tmp_path: Path) -> None:
    found = write(empty("decisions"), tmp_path)
    assert (found["meeting"], found["organization"], found["body"]) == ([], [], [])
