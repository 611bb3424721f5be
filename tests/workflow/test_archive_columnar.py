"""Mining into Parquet files: the rows of an export, resumed, replaced and killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from workflow_cases import write_minutes

from minutes_miner.domain.dataset import TABLES
from minutes_miner.errors import ExportError
from minutes_miner.store import open_store
from minutes_miner.store.export import open_selection
from minutes_miner.store.search import DecisionFilter
from minutes_miner.workflow import mine
from minutes_miner.workflow.columnar import ParquetSink
from minutes_miner.workflow.mining import mine_paths
from minutes_miner.workflow.outcome import Report
from minutes_miner.workflow.plan import Plan

pq = pytest.importorskip("pyarrow.parquet")


def into(folder: Path, minutes: Path, documents: int = 2, **settings: Any) -> Report:
    plan = Plan(jobs=0, **settings)
    return mine_paths([minutes], ParquetSink(folder, plan, documents), plan)


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    """Read a table of Parquet files in an order of its own."""
    found = [row for path in (folder / table).rglob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()]
    return sorted(found, key=repr)


def exported(minutes: Path, database: Path) -> dict[str, list[dict[str, object]]]:
    """Give the rows that an export of a database has."""
    mine([minutes], f"sqlite:///{database}", jobs=0)
    with open_store(f"sqlite:///{database}") as store:
        with open_selection(store, DecisionFilter(include_procedural=True)) as selection:
            return {
                name: sorted((dict(row) for row in selection.rows(table)), key=repr) for name, table in TABLES.items()
            }


def plain(found: list[dict[str, object]]) -> list[dict[str, object]]:
    """Give sums without the zeros that a decimal of four places has."""
    return [{name: _plain(name, value) for name, value in row.items()} for row in found]


def _plain(name: str, value: object) -> object:
    return float(str(value)) if name.endswith("amount") and value is not None else value


def assert_same(folder: Path, expected: dict[str, list[dict[str, object]]]) -> None:
    assert len(expected["decisions"]) > 5
    for table in TABLES:
        assert sorted(plain(rows(folder, table)), key=repr) == sorted(plain(expected[table]), key=repr), table


def test_the_rows_are_those_of_an_export(minutes: Path, tmp_path: Path) -> None:
    report = into(tmp_path / "parquet", minutes)
    assert (report.mined, report.run) == (6, None)
    assert_same(tmp_path / "parquet", exported(minutes, tmp_path / "x.db"))
    assert len(list((tmp_path / "parquet" / "documents").iterdir())) == 3


def test_what_is_done_is_not_done_again_and_what_changed_is_replaced(minutes: Path, tmp_path: Path) -> None:
    folder = tmp_path / "parquet"
    into(folder, minutes)
    assert into(folder, minutes).unchanged == 6
    changed = minutes / "minutes-002.txt"
    changed.write_text(changed.read_text("utf-8").replace("£1002.00", "£8,765.00"), "utf-8")
    (minutes / "minutes-009.txt").write_bytes((minutes / "minutes-001.txt").read_bytes())
    (minutes / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    report = into(folder, minutes)
    assert (report.mined, report.unchanged, report.copied, len(report.failed)) == (1, 5, 1, 1)
    assert_same(folder, exported(minutes, tmp_path / "x.db"))
    assert into(folder, minutes, force=True).mined >= 6
    assert_same(folder, exported(minutes, tmp_path / "x.db"))
    assert sorted(str(row["state"]) for row in rows(folder, "documents")) == ["failed"] + ["mined"] * 7


def test_a_folder_that_holds_something_else_is_left_alone(minutes: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="something else"):
        into(minutes, minutes)


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    minutes, folder = tmp_path / "minutes", tmp_path / "parquet"
    write_minutes(minutes, 18)
    program = (
        "from pathlib import Path\n"
        "from minutes_miner.workflow.columnar import ParquetSink\n"
        "from minutes_miner.workflow.mining import mine_paths\n"
        "from minutes_miner.workflow.plan import Plan\nplan = Plan(jobs=0)\n"
        f"mine_paths([Path({str(minutes)!r})], ParquetSink(Path({str(folder)!r}), plan, 3), plan)\n"
    )
    done = [0]
    for _ in range(2):
        process = subprocess.Popen([sys.executable, "-c", program])
        while process.poll() is None and count_parts(folder) <= done[-1] + 1:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        done.append(count_parts(folder))
    assert 0 < done[1] < 6
    assert into(folder, minutes, 3).unchanged >= 3
    assert_same(folder, exported(minutes, tmp_path / "x.db"))


def count_parts(folder: Path) -> int:
    return len(list((folder / "documents").glob("*.parquet"))) if folder.exists() else 0
