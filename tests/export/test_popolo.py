"""Popolo JSON, checked against what the published schemas of Popolo ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from export_cases import LIDO, MARSHES, PARK, REEDS, SIGN, dataset, empty

from minutes_miner.export.popolo import PopoloExporter

jsonschema = pytest.importorskip("jsonschema")

TEXT = {"type": ["string", "null"]}
DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def thing(*required: str, **properties: object) -> dict[str, object]:
    """Make the schema of an object that has no other properties."""
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def listing(schema: object) -> dict[str, object]:
    return {"type": "array", "items": schema}


LINK = thing("url", url={"type": "string", "format": "uri"}, note=TEXT)
COUNT = thing("option", "value", option={"type": "string"}, value={"type": "integer"}, group_id=TEXT)
VOTE = thing("voter_id", "option", voter_id={"type": "string"}, option={"enum": ["yes", "no", "abstain"]}, role=TEXT)
OTHER_NAME = thing("name", name={"type": "string", "minLength": 1}, note=TEXT, start_date=DAY, end_date=DAY)
PERSON = thing(
    *("id", "name"),
    id={"type": "string"},
    name={"type": "string", "minLength": 1},
    other_names=listing(OTHER_NAME),
    summary=TEXT,
)
MEMBERSHIP = thing(
    "id", id={"type": "string"}, person_id=TEXT, organization_id=TEXT, post_id=TEXT, role=TEXT, label=TEXT
)
POST = thing("id", "label", id={"type": "string"}, label={"type": "string"}, role=TEXT, organization_id=TEXT)
ORGANIZATION = thing(
    "id", "name", id={"type": "string"}, name={"type": "string"}, classification=TEXT, parent_id={"type": "string"}
)
MOTION = thing(
    "id",
    id={"type": "string"},
    organization_id=TEXT,
    creator_id=TEXT,
    text=TEXT,
    classification=TEXT,
    date=DAY,
    requirement=TEXT,
    result=TEXT,
    sources=listing(LINK),
)
VOTE_EVENT = thing(
    "id",
    "motion_id",
    id={"type": "string"},
    motion_id={"type": "string"},
    organization_id=TEXT,
    classification=TEXT,
    start_date=DAY,
    end_date=DAY,
    result=TEXT,
    counts=listing(COUNT),
    votes=listing(VOTE),
    sources=listing(LINK),
)
SCHEMA = thing(
    *("motions", "vote_events", "organizations", "persons", "memberships", "posts"),
    motions=listing(MOTION),
    vote_events=listing(VOTE_EVENT),
    organizations=listing(ORGANIZATION),
    persons=listing(PERSON),
    memberships=listing(MEMBERSHIP),
    posts=listing(POST),
)


@pytest.fixture
def written(tmp_path: Path) -> dict[str, list[dict[str, Any]]]:
    """Write three votes and read them back."""
    PopoloExporter().write(dataset("votes"), tmp_path / "votes.json")
    found: dict[str, list[dict[str, Any]]] = json.loads((tmp_path / "votes.json").read_text("utf-8"))
    return found


def test_it_is_what_the_schemas_ask_for(written: dict[str, list[dict[str, Any]]]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(written, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert {name: len(parts) for name, parts in written.items()} == {
        "motions": 3,
        "vote_events": 3,
        "organizations": 4,
        "persons": 3,
        "memberships": 2,
        "posts": 1,
    }


def test_the_schemas_refuse_other_things(written: dict[str, list[dict[str, Any]]]) -> None:
    written["vote_events"][0]["counts"][0]["value"] = "four"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, SCHEMA)


def test_every_id_that_is_named_is_there(written: dict[str, list[dict[str, Any]]]) -> None:
    ids = {name: {part["id"] for part in parts} for name, parts in written.items()}
    assert all(len(ids[name]) == len(parts) for name, parts in written.items())
    assert {event["motion_id"] for event in written["vote_events"]} == ids["motions"]
    for part in (*written["motions"], *written["vote_events"]):
        assert part["organization_id"] in ids["organizations"]
    voters = {vote["voter_id"] for event in written["vote_events"] for vote in event.get("votes", ())}
    assert voters == ids["persons"]
    assert {motion["creator_id"] for motion in written["motions"] if "creator_id" in motion} <= ids["persons"]
    assert {part["person_id"] for part in written["memberships"]} <= ids["persons"]
    for part in (*written["memberships"], *written["posts"]):
        assert part["organization_id"] in ids["organizations"]
    parents = {part["parent_id"] for part in written["organizations"] if "parent_id" in part}
    assert len(parents) == 1 and parents <= ids["organizations"]


def test_counts_and_names_are_those_that_are_stated(written: dict[str, list[dict[str, Any]]]) -> None:
    events = {event["motion_id"]: event for event in written["vote_events"]}
    assert events[SIGN]["counts"] == [{"option": "yes", "value": 1}, {"option": "no", "value": 4}]
    assert "votes" not in events[SIGN] and "counts" not in events[PARK]
    names = {person["id"]: person["name"] for person in written["persons"]}
    assert [(names[vote["voter_id"]], vote["option"]) for vote in events[PARK]["votes"]] == [
        ("Ann Marsh", "yes"),
        ("Cllr Ó Broin", "no"),
        ("Reed", "abstain"),
    ]
    assert not {"votes", "counts"} & set(events[LIDO]) and events[LIDO]["classification"] == "unanimous"


def test_persons_are_the_parties_that_the_store_has_resolved(written: dict[str, list[dict[str, Any]]]) -> None:
    persons = {person["id"]: person for person in written["persons"]}
    assert persons[MARSHES] == {"id": MARSHES, "name": "Ann Marsh", "other_names": [{"name": "Cllr Marsh"}]}
    assert persons[REEDS]["summary"].startswith("May be Jo Reed or Kit Reed")
    (broin,) = (person for person in persons.values() if person["id"] not in {MARSHES, REEDS})
    assert (broin["name"], "not resolved" in broin["summary"]) == ("Cllr Ó Broin", True)
    assert {motion["id"]: motion.get("creator_id") for motion in written["motions"]}[PARK] == MARSHES
    bodies = {part["id"]: part["name"] for part in written["organizations"]}
    seats = [(bodies[one["organization_id"]], one.get("role")) for one in written["memberships"]]
    assert sorted(seats, key=str) == [("Cabinet", None), ("Parks Panel", "Chair")]
    assert [(post["label"], bodies[post["organization_id"]]) for post in written["posts"]] == [
        ("Clerk", "Tarn District Council")
    ]


def test_results_and_sources(written: dict[str, list[dict[str, Any]]]) -> None:
    motions = {motion["id"]: motion for motion in written["motions"]}
    assert [motions[key]["result"] for key in (PARK, SIGN, LIDO)] == ["pass", "fail", None]
    assert motions[PARK]["sources"] == [{"url": "https://tarn.example/7"}]
    assert "sources" not in motions[SIGN], "a path on somebody's disk is no address"
    assert motions[SIGN]["date"] == "2030-12-31"


def test_without_votes_the_lists_are_empty(tmp_path: Path) -> None:
    PopoloExporter().write(empty("votes"), tmp_path / "votes.json")
    found = json.loads((tmp_path / "votes.json").read_text("utf-8"))
    jsonschema.validate(found, SCHEMA)
    assert found == dict.fromkeys(("motions", "vote_events", "organizations", "persons", "memberships", "posts"), [])
