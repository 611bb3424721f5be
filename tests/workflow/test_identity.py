"""Which document and which authority a file stands for, and what becomes of one that can't be stored."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from workflow_cases import dump, write_minutes

from minutes_miner.domain.record import Extraction
from minutes_miner.workflow import extract_files, mine


def query(database: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_a_sum_that_can_not_be_stored_costs_its_document_only(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", 2)
    huge = "RESOLVED that a grant of £999999999999999999999999999999 be paid.\n"
    (tmp_path / "minutes" / "a.txt").write_text(huge, "utf-8")
    report = mine([tmp_path / "minutes"], f"sqlite:///{tmp_path / 'x.db'}", jobs=0)
    assert [Path(failure.source).name for failure in report.failed] == ["a.txt"]
    assert "is no sum that can be stored" in report.failed[0].reason and "\n" not in report.failed[0].reason
    assert (report.mined, len(dump(tmp_path / "x.db")["documents"])) == (2, 2)
    assert query(tmp_path / "x.db", "SELECT failure FROM sources WHERE state = 'failed'") == [
        (report.failed[0].reason,)
    ]


def test_files_of_one_name_in_different_folders_are_two_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = write_minutes(tmp_path, 2)
    for folder, path in (("north", first), ("south", second)):
        (tmp_path / folder).mkdir()
        path.rename(tmp_path / folder / "m.txt")
        monkeypatch.chdir(tmp_path / folder)
        assert mine([Path("m.txt")], f"sqlite:///{tmp_path / 'x.db'}", jobs=0).mined == 1
    assert query(tmp_path / "x.db", "SELECT source FROM sources ORDER BY source") == [
        (os.path.join(tmp_path, "north", "m.txt"),),
        (os.path.join(tmp_path, "south", "m.txt"),),
    ]
    assert query(tmp_path / "x.db", "SELECT count(*) FROM documents WHERE is_current") == [(2,)]


def test_what_is_extracted_is_called_as_the_user_named_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_minutes(tmp_path, 1)
    monkeypatch.chdir(tmp_path)
    (found,) = extract_files([Path("minutes-000.txt")], jobs=0)
    assert isinstance(found, Extraction) and found.document.ref.source == "minutes-000.txt"


def test_an_authority_that_was_named_once_is_kept(tmp_path: Path) -> None:
    (path,) = write_minutes(tmp_path / "minutes", 1)
    address = f"sqlite:///{tmp_path / 'x.db'}"
    mine([path], address, jobs=0, authority="Upper Elderbrook")
    expected = [("Upper Elderbrook", "Upper Elderbrook")]
    statement = "SELECT authority, authority_given FROM documents JOIN sources ON sources.document_id = documents.id"
    for force in (True, False):
        mine([path], address, jobs=0, force=force)
        assert query(tmp_path / "x.db", statement) == expected
    (tmp_path / "copy.txt").write_bytes(path.read_bytes())
    assert mine([tmp_path / "copy.txt"], address, jobs=0).copied == 1
    assert query(tmp_path / "x.db", statement) == expected * 2


def test_two_copies_of_one_file_are_one_document_of_the_summary(tmp_path: Path) -> None:
    (path,) = write_minutes(tmp_path / "minutes", 1)
    path.with_name("copy.txt").write_bytes(path.read_bytes())
    report = mine([tmp_path / "minutes"], f"sqlite:///{tmp_path / 'x.db'}", jobs=0)
    assert (report.mined, report.copied, report.decisions) == (1, 1, 2)


@pytest.mark.parametrize("jobs", ["0", "1"])
def test_a_pipeline_that_does_not_load_is_one_line(tmp_path: Path, jobs: str) -> None:
    (path,) = write_minutes(tmp_path / "minutes", 1)
    broken = tmp_path / "shadow" / "en_council_minutes"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise OSError('half a package')\n", "utf-8")
    command = [sys.executable, "-m", "minutes_miner", "mine", path, "--db", tmp_path / "x.db", "--jobs", jobs]
    talk = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(broken.parent)}
    )
    assert talk.returncode == 1
    assert "the pipeline can't be loaded (half a package); install en_council_minutes" in talk.stderr
    assert "Traceback" not in talk.stderr
