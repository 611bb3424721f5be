"""Documents made to crash, hang or fill the program: each is one recorded failure with its reason; nothing leaks."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import hostile
import pytest
from click.testing import CliRunner
from workflow_cases import dump, write_minutes

from minutes_miner.cli import main
from minutes_miner.config import Limits
from minutes_miner.store import open_store
from minutes_miner.store.failures import find_failures
from minutes_miner.workflow import mine, workers

ENDED = r"the document (crashed the program that reads it|needs more than 2 GB of memory|took longer than 30 seconds)"
LARGEST = 1_500_000
"""Bytes of any of these files on disk."""


@pytest.mark.slow
def test_hostile_documents_are_one_recorded_failure_each(tmp_path: Path) -> None:
    folder = tmp_path / "minutes"
    write_minutes(folder, 2)
    cases = {
        "bomb.pdf": (hostile.flate_bomb(700), ENDED),
        "forms.pdf": (hostile.laughing_forms(), ENDED),
        "pages.pdf": (hostile.hundred_thousand_pages(), "the PDF has 100,000 pages, more than the limit of 5,000"),
        "huge.pdf": (hostile.huge_page(), f"scan: .*|{ENDED}"),
        "locked.pdf": (hostile.locked_pdf(), "the PDF is encrypted"),
        "laughing.docx": (hostile.laughing_docx(), ".*the Word document declares XML entities"),
        "packed.docx": (hostile.packed_docx(), "the document unpacks to 500,000,[0-9]{3} bytes"),
        "deep.docx": (hostile.deep_docx(), "the Word document is broken"),
        "deep.html": (hostile.deep_page(), "the page nests its elements"),
    }
    for name, (data, _) in cases.items():
        assert len(data) < LARGEST, name
        (folder / name).write_bytes(data)
    began = time.monotonic()
    address = f"sqlite:///{tmp_path / 'x.db'}"
    report = mine([folder], address, jobs=2, limits=Limits(max_seconds=30, max_memory=2_000_000_000))
    assert time.monotonic() - began < 300
    assert {Path(failure.source).name for failure in report.failed} == set(cases)
    for failure in report.failed:
        assert re.match(cases[Path(failure.source).name][1], failure.reason), failure
        assert "\n" not in failure.reason and failure.trace is None, failure
    assert report.mined == 2
    with open_store(address) as store:
        recorded = {failure.source: failure.reason for failure in find_failures(store)}
    assert recorded == {failure.source: failure.reason for failure in report.failed}


def test_a_document_never_shows_what_else_is_on_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the password is Larkfield", "utf-8")
    (tmp_path / "minutes.docx").write_bytes(hostile.outside_docx(tmp_path / "secret.txt"))
    report = mine([tmp_path / "minutes.docx"], f"sqlite:///{tmp_path / 'x.db'}", jobs=1)
    assert [failure.reason.partition(",")[0] for failure in report.failed] == [
        "word/document.xml in the Word document declares XML entities"
    ]
    assert "Larkfield" not in str(dump(tmp_path / "x.db"))


def test_one_file_is_read_in_a_worker_too(tmp_path: Path) -> None:
    (tmp_path / "forms.pdf").write_bytes(hostile.laughing_forms())
    arguments = ["extract", str(tmp_path / "forms.pdf"), "--format", "jsonl"]
    answer = CliRunner().invoke(main, [*arguments, "--max-memory", "2GB", "--max-seconds", "30"])
    assert answer.exit_code == 1
    assert re.match(ENDED, json.loads(answer.stdout)["error"])


def test_limits_on_the_command_line_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(hostile.one_page(hostile.stream(b"")))
    (tmp_path / "b.pdf").write_bytes(hostile.hundred_thousand_pages())
    (tmp_path / "c.txt").write_text("RESOLVED that the fence be mended. " * 100)
    arguments = ["mine", str(tmp_path), "--db", str(tmp_path / ".x.db"), "--jobs", "0"]
    answer = CliRunner().invoke(main, [*arguments, "--max-bytes", "3kB", "--max-pages", "7"])
    assert answer.exit_code == 1
    _, pages, size, _ = answer.stderr.splitlines()
    assert "b.pdf: the PDF has 100,000 pages, more than the limit of 7;" in pages
    assert "c.txt: the file is larger than 0.003 MB;" in size


def test_a_worker_makes_room_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "TASKS_PER_WORKER", 2)
    write_minutes(tmp_path / "minutes", 5)
    assert mine([tmp_path / "minutes"], f"sqlite:///{tmp_path / 'x.db'}", jobs=1).mined == 5
