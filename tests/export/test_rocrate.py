"""A crate, read back by the library of its own ecosystem and by that of data packages."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from export_cases import dataset, empty

from minutes_miner.domain.dataset import TABLES
from minutes_miner.export.rocrate import RoCrateExporter
from minutes_miner.export.target import replacing

reading = pytest.importorskip("rocrate.rocrate")
frictionless = pytest.importorskip("frictionless")


def test_the_crate_can_be_read_and_names_what_it_holds(tmp_path: Path) -> None:
    RoCrateExporter().write(dataset(), tmp_path / "crate")
    crate = reading.ROCrate(tmp_path / "crate")
    root = crate.root_dataset
    assert root["name"] == "Decisions of councils, read from their minutes" and root["datePublished"]
    files = {part.id: part for part in root["hasPart"]}
    assert set(files) == {*(f"{name}.csv" for name in TABLES), "datapackage.json", "provenance.json"}
    for name, table in TABLES.items():
        file = files[f"{name}.csv"]
        data = (tmp_path / "crate" / file.id).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest() and file["contentSize"] == str(len(data))
        assert [column["name"] for column in file["variableMeasured"]] == list(table.columns)
    run = root["mentions"]
    assert run.type == "CreateAction" and "rules-1" in run["description"] and "query: park" in run["description"]
    assert run["instrument"]["name"] == "minutes-miner" and run["result"].id == "./"
    assert "license" not in root


def test_its_tables_are_a_data_package(tmp_path: Path) -> None:
    RoCrateExporter().write(dataset(), tmp_path / "crate")
    report = frictionless.validate(str(tmp_path / "crate" / "datapackage.json"))
    assert report.valid, report.flatten()
    assert len(report.tasks) == len(TABLES)


def test_it_may_be_replaced_by_another_and_be_empty(tmp_path: Path) -> None:
    for found in (dataset(), empty("decisions")):
        with replacing(tmp_path / "crate", force=True) as beside:
            RoCrateExporter().write(found, beside)
    crate = reading.ROCrate(tmp_path / "crate")
    assert len(crate.root_dataset["hasPart"]) == 3
