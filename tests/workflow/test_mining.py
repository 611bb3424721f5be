"""Runs over many documents: order, repetition, faults of documents, full disks and Ctrl-C."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile import flate_bomb
from workflow_cases import dump, write_minutes

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.errors import StoreError
from minutes_miner.workflow import Failure, Progress, extract_file, extract_files, mine

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def address(path: Path) -> str:
    return f"sqlite:///{path}"


def miner(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    """Start the real program."""
    program = [sys.executable, "-m", "minutes_miner", *map(str, arguments)]
    pipe = subprocess.PIPE
    process: subprocess.Popen[str]
    process = subprocess.Popen(program, stdout=pipe, stderr=pipe, text=True, **options)  # type: ignore[call-overload]
    return process


def test_a_file_gives_its_records(minutes: Path) -> None:
    found = extract_file(minutes / "minutes-000.txt", authority="Elderbrook")
    assert [decision.money[0].amount for decision in found.decisions] == [1000, 50]
    assert [action.owners[0].text.removeprefix("The ") for action in found.actions] == ["Clerk"]


def test_files_answer_in_the_order_they_were_named(minutes: Path) -> None:
    paths = [minutes / "minutes-003.txt", minutes / "nothing.txt", minutes / "minutes-001.txt"]
    found = list(extract_files(paths, jobs=2))
    assert [type(outcome) for outcome in found] == [Extraction, Failure, Extraction]
    sources = [outcome.source if isinstance(outcome, Failure) else outcome.document.ref.source for outcome in found]
    assert sources == [str(path) for path in paths]


def test_a_run_stores_what_it_reports(minutes: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    report = mine([minutes], address(tmp_path / "x.db"), jobs=0, on_progress=seen.append)
    assert (report.mined, report.decisions, report.actions, report.failed) == (6, 12, 6, [])
    assert report.sums >= 12 and report.seconds > 0
    assert [(progress.done, progress.total) for progress in seen] == [(count, 6) for count in range(1, 7)]
    tables = dump(tmp_path / "x.db")
    assert (len(tables["documents"]), len(tables["decisions"]), len(tables["actions"])) == (6, 12, 6)


def test_a_second_run_changes_nothing(minutes: Path, tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    mine([minutes], address(database), jobs=0)
    before = dump(database)
    report = mine([minutes], address(database), jobs=0)
    assert (report.mined, report.unchanged) == (0, 6)
    assert dump(database) == before
    assert mine([minutes], address(database), jobs=0, force=True).mined == 6
    assert dump(database) == before


def test_a_document_that_changed_is_mined_again(minutes: Path, tmp_path: Path) -> None:
    mine([minutes], address(tmp_path / "x.db"), jobs=0)
    changed = minutes / "minutes-002.txt"
    changed.write_text(changed.read_text("utf-8").replace("£1002.00", "£8,765.00"), "utf-8")
    report = mine([minutes], address(tmp_path / "x.db"), jobs=0)
    assert (report.mined, report.unchanged) == (1, 5)


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_database_is_the_same_for_any_number_of_jobs(minutes: Path, tmp_path: Path, jobs: int) -> None:
    (minutes / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    mine([minutes, SAMPLES], address(tmp_path / "one.db"), jobs=0)
    mine([minutes, SAMPLES], address(tmp_path / "many.db"), jobs=jobs)
    one = dump(tmp_path / "one.db")
    assert len(one["documents"]) > 6
    assert dump(tmp_path / "many.db") == one


def bad_folder(folder: Path) -> set[str]:
    """Fill a folder with two good documents and everything that goes wrong; give the names that must fail."""
    write_minutes(folder, 2)
    (folder / "corrupt.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 9 0 R >>\n" + bytes(500))
    (folder / "empty.txt").touch()
    (folder / "huge.txt").write_bytes(b"A line of fifty characters, again and again, on.\n\n" * 1_000_000)
    (folder / "binary.html").write_bytes(random.Random(5).randbytes(20_000))
    (folder / "broken.docx").write_bytes(b"PK\x03\x04" + bytes(300))
    (folder / "dangling.pdf").symlink_to(folder / "nowhere.pdf")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "back").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    return {"corrupt.pdf", "empty.txt", "huge.txt", "binary.html", "broken.docx", "dangling.pdf", "self.txt"}


@pytest.mark.parametrize("jobs", [0, 2])
def test_each_bad_file_is_one_clear_line_and_the_rest_is_stored(tmp_path: Path, jobs: int) -> None:
    expected = bad_folder(tmp_path / "bad")
    report = mine([tmp_path / "bad"], address(tmp_path / "x.db"), jobs=jobs)
    assert {Path(failure.source).name for failure in report.failed} == expected
    for failure in report.failed:
        assert "\n" not in failure.reason and len(failure.reason) > 15, failure
        assert failure.trace is None, failure.trace
        assert failure.source not in failure.reason
    assert [(Path(skipped.source).name, skipped.reason) for skipped in report.skipped] == [
        ("pipe.txt", "not a regular file")
    ]
    assert (report.mined, report.decisions) == (2, 4)
    tables = dump(tmp_path / "x.db")
    assert len(tables["documents"]) == 2
    assert sum("failed" in row for row in tables["sources"]) == len(expected)


def test_a_document_that_crashes_or_exhausts_its_worker_costs_itself_only(minutes: Path, tmp_path: Path) -> None:
    (minutes / "minutes-002.pdf").write_bytes(flate_bomb(700))
    limits = Limits(max_memory=1_500_000_000, max_seconds=60)
    report = mine([minutes], address(tmp_path / "x.db"), jobs=2, limits=limits)
    assert [Path(failure.source).name for failure in report.failed] == ["minutes-002.pdf"]
    assert "\n" not in report.failed[0].reason
    assert report.mined == 6


def test_a_document_that_takes_too_long_is_ended(minutes: Path, tmp_path: Path) -> None:
    text = (minutes / "minutes-000.txt").read_text("utf-8")
    (minutes / "minutes-001-long.txt").write_text(text * 12_000, "utf-8")
    limits = Limits(max_seconds=5)
    report = mine([minutes], address(tmp_path / "x.db"), jobs=1, limits=limits)
    assert [(Path(failure.source).name, failure.reason) for failure in report.failed] == [
        ("minutes-001-long.txt", "the document took longer than 5 seconds; split it")
    ]
    assert report.mined == 6


def test_a_full_disk_stops_the_run_with_one_line_and_keeps_what_is_stored(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", 60)
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", disk]
    mounted = subprocess.run(command, capture_output=True).returncode
    if mounted:
        pytest.skip("only root may mount the small disk that this test fills")
    try:
        with miner("mine", tmp_path / "minutes", "--db", disk / "x.db", "--jobs", "1") as process:
            _, talk = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "the disk is full" in talk and talk.count("\n") == 1, talk
        kept = len(dump(disk / "x.db")["documents"])
        assert 0 < kept < 60
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_that_may_not_grow_stops_the_run_with_one_line(tmp_path: Path) -> None:
    import resource

    write_minutes(tmp_path / "minutes", 40)
    limit = 900_000
    process = miner(
        "mine",
        tmp_path / "minutes",
        "--db",
        tmp_path / "x.db",
        "--jobs",
        "0",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    with process:
        _, talk = process.communicate(timeout=120)
    assert process.returncode == 1
    assert talk.startswith("Error: ") and talk.count("\n") == 1, talk
    assert "x.db" in talk


def test_a_database_that_can_not_be_opened_is_an_error(minutes: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no/such/folder"):
        mine([minutes], address(tmp_path / "no/such/folder/x.db"), jobs=0)


def count_documents(database: Path) -> int:
    try:
        return len(dump(database).get("documents", ()))
    except sqlite3.Error:
        return 0


def wait_for_documents(database: Path, count: int) -> None:
    began = time.monotonic()
    while time.monotonic() - began < 180 and (not database.exists() or count_documents(database) < count):
        time.sleep(0.02)


def mind_interrupts() -> None:
    """Have Ctrl-C end a program even where the tests run in the background, which leaves it ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_ends_the_run_and_its_workers(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", 400)
    command = ["mine", tmp_path / "minutes", "--db", tmp_path / "x.db", "--jobs", "2"]
    process = miner(*command, start_new_session=True, preexec_fn=mind_interrupts)
    wait_for_documents(tmp_path / "x.db", 3)
    os.killpg(process.pid, signal.SIGINT)
    _, talk = process.communicate(timeout=30)
    assert process.returncode == 130
    assert talk == "Interrupted: what was finished is kept; the same command goes on from there\n"
    assert 3 <= count_documents(tmp_path / "x.db") < 400
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and group_lives(process.pid):
        time.sleep(0.1)
    assert not group_lives(process.pid)


def group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
