"""Data packages, validated and read back by frictionless."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from export_cases import FORMULA, PARK, PROVENANCE, ROWS, STALL, dataset, empty

from minutes_miner.domain.dataset import TABLES
from minutes_miner.export.datapackage import DataPackageExporter

frictionless = pytest.importorskip("frictionless")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write all tables."""
    DataPackageExporter().write(dataset(), tmp_path / "out")
    return tmp_path / "out"


def validate(folder: Path) -> Any:
    return frictionless.validate(str(folder / "datapackage.json"))


def test_frictionless_finds_it_valid(folder: Path) -> None:
    report = validate(folder)
    assert report.valid, report.flatten(["title", "rowNumber", "message"])
    assert {task.name: task.stats["rows"] for task in report.tasks} == {name: len(ROWS[name]) for name in TABLES}


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("decisions.csv", "2031-02-03", "2031-02-30", "type-error"),
        ("decisions.csv", "carried", "carrief", "hash-count"),
        ("sums.csv", PARK, "aa00000000000009", "foreign-key"),
    ],
)
def test_frictionless_finds_what_was_changed(folder: Path, name: str, old: str, new: str, fault: str) -> None:
    text = (folder / name).read_bytes().decode()
    assert old in text
    (folder / name).write_bytes(text.replace(old, new).encode())
    assert fault in {kind for (kind,) in validate(folder).flatten(["type"])}


def test_frictionless_reads_typed_values(folder: Path) -> None:
    package = frictionless.Package(str(folder / "datapackage.json"))
    rows = {row["id"]: row for row in package.get_resource("decisions").read_rows()}
    assert rows[PARK]["meeting_date"] == date(2031, 2, 3)
    assert rows[PARK]["largest_amount"] == Decimal("784000.00")
    assert (rows[PARK]["procedural"], rows[PARK]["votes_for"], rows[PARK]["mover"]) == (False, 3, None)
    assert rows[STALL]["text"] == f"'{FORMULA}"


def test_it_tells_where_the_data_come_from_and_names_no_licence(folder: Path) -> None:
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert told["created"] == PROVENANCE["created"]
    assert (told["provenance"]["pipelines"], told["provenance"]["escaped"]) == ({"rules-1": 5}, True)
    assert told["provenance"]["rows"] == {name: len(ROWS[name]) for name in TABLES}
    assert "licenses" not in told
    for resource in told["resources"]:
        fields = resource["schema"]["fields"]
        assert tuple(field["name"] for field in fields) == TABLES[resource["name"]].columns
        assert all(field["description"] for field in fields)


def test_sums_alone_refer_to_no_decisions(tmp_path: Path) -> None:
    DataPackageExporter().write(dataset("sums"), tmp_path / "out")
    assert validate(tmp_path / "out").valid
    (resource,) = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))["resources"]
    assert "foreignKeys" not in resource["schema"]


def test_tables_without_rows_are_valid(tmp_path: Path) -> None:
    DataPackageExporter().write(empty(), tmp_path / "out")
    assert validate(tmp_path / "out").valid
