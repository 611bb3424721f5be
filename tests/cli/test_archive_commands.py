"""What the archive's commands print and write, and how they refuse."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli_cases import Run
from click.testing import CliRunner, Result

from minutes_miner.cli import main
from minutes_miner.domain.gathering import Exchange, Place
from minutes_miner.scrape.archive import Archive
from minutes_miner.workflow import Task, find_files

SITE = "https://democracy.marlowe-vale.example"
HTML, PDF = "text/html; charset=utf-8", "application/pdf"
KEPT = (
    ("/robots.txt", 404, "text/plain", b"none"),
    ("/mgMeeting.aspx?ID=7", 200, HTML, b"<p>Draft</p>"),
    ("/documents/s12/May minutes.pdf", 200, PDF, b"%PDF-1.4 of May"),
    ("/mgMeeting.aspx?ID=7", 200, HTML, b"<p>Minutes</p>"),
    ("/documents/s13", 200, PDF, b"%PDF-1.4 of May"),
    ("/documents/s14", 403, HTML, b"<p>Forbidden</p>"),
)


@pytest.fixture
def places(tmp_path: Path) -> list[Place]:
    """Keep some answers, one a day, and a document composed of them."""
    with Archive(tmp_path / "archive") as archive:
        found = []
        for number, (path, status, media_type, body) in enumerate(KEPT):
            url, moment = f"{SITE}{path}", datetime(2024, 5, 1, 9, tzinfo=UTC) + timedelta(days=number)
            found.append(archive.keep(Exchange(url, url, status, (("Content-Type", media_type),), body, moment)))
        page = b"<h1>Minutes</h1>"
        archive.keep_conversion(f"{SITE}/mgMeeting.aspx?ID=7", page, media_type="text/html", made_from=found[3:4])
    return found


@pytest.fixture
def run(places: list[Place], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("MINUTES_MINER_ARCHIVE", str(tmp_path / "archive"))

    def run_command(*arguments: str) -> Result:
        answer = CliRunner().invoke(main, ["archive", *arguments])
        assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
        return answer

    return run_command


def rows(answer: Result) -> list[dict[str, str]]:
    assert answer.exit_code == 0, answer.output
    return list(csv.DictReader(answer.stdout.splitlines()))


def test_everything_is_listed_in_its_order(run: Run, places: list[Place]) -> None:
    found = rows(run("list", "--format", "csv"))
    assert [row["kind"] for row in found] == [*["response"] * 4, "revisit", "response", "conversion"]
    assert [(row["file"], int(row["start"]), int(row["length"])) for row in found[:6]] == places
    assert [int(row["size"]) for row in found[:6]] == [len(body) for *_, body in KEPT]
    lines = [json.loads(line) for line in run("list", "--format", "jsonl").stdout.splitlines()]
    assert [line["url"] for line in lines] == [row["url"] for row in found]


@pytest.mark.parametrize(
    ("wishes", "days"),
    [
        (["--url", "MGMEETING"], ["02", "04"]),
        (["--url", "may%20minutes"], ["03"]),
        (["--status", "403"], ["06"]),
        (["--since", "2024-05-03", "--until", "04/05/2024"], ["03", "04"]),
        (["--status", "200", "--limit", "2"], ["02", "03"]),
    ],
)
def test_what_is_listed_can_be_narrowed(run: Run, wishes: list[str], days: list[str]) -> None:
    found = [row for row in rows(run("list", *wishes, "--format", "csv")) if row["kind"] != "conversion"]
    assert [row["date"][8:10] for row in found] == days


def test_a_table_is_made_for_reading(run: Run) -> None:
    answer = run("list", "--status", "403")
    assert answer.exit_code == 0
    heading, line = answer.stdout.splitlines()
    assert heading.split() == ["fetched", "status", "kind", "type", "bytes", "file", "address"]
    assert line.startswith("2024-05-06 09:00:00") and line.endswith(f"{SITE}/documents/s14")
    assert run("list", "--url", "nowhere").stderr == "Nothing was found\n"


def test_a_sound_archive_is_told_so(run: Run) -> None:
    answer = run("verify")
    assert (answer.exit_code, answer.stdout) == (0, "7 records in 1 file: nothing is wrong\n")


def test_damage_is_told_with_its_place(run: Run, places: list[Place], tmp_path: Path) -> None:
    path = tmp_path / "archive" / places[2].file
    data = bytearray(path.read_bytes())
    data[places[2].offset + places[2].length // 2] ^= 0xFF
    path.write_bytes(data)
    answer = run("verify")
    assert answer.exit_code == 1
    lines = answer.stdout.splitlines()
    assert lines[0].startswith(f"{places[2].file}, byte {places[2].offset}: {places[2].length} bytes can't be read")
    assert lines[1:] == [
        f"{places[4].file}, byte {places[4].offset}: the record that holds the same body is gone or damaged",
        "7 records in 1 file: 2 problems",
    ]


def test_an_address_is_exported(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out"
    answer = run("export", f"{SITE}/documents/s12/May minutes.pdf", f"{SITE}/documents/s13", "--to", str(target))
    assert (answer.exit_code, answer.stdout) == (0, f"2 files written to {target}\n")
    listed = list(csv.DictReader((target / "manifest.csv").read_text("utf-8").splitlines()))
    assert [row["url"] for row in listed] == [f"{SITE}/documents/s12/May%20minutes.pdf", f"{SITE}/documents/s13"]
    assert [(target / row["path"]).read_bytes() for row in listed] == [b"%PDF-1.4 of May"] * 2
    assert all(row["path"].startswith("democracy.marlowe-vale.example/") for row in listed)
    assert all(row["path"].endswith(".pdf") for row in listed)


def test_all_is_exported_and_can_be_mined(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert run("export", "--all", "--to", str(target)).exit_code == 0
    found = [task for task in find_files([target]) if isinstance(task, Task)]
    contents = sorted((task.url, task.path.read_bytes()) for task in found)
    assert contents == [
        (f"{SITE}/documents/s12/May%20minutes.pdf", b"%PDF-1.4 of May"),
        (f"{SITE}/documents/s13", b"%PDF-1.4 of May"),
        (f"{SITE}/mgMeeting.aspx?ID=7", b"<h1>Minutes</h1>"),
        (f"{SITE}/mgMeeting.aspx?ID=7", b"<p>Minutes</p>"),
    ]
    again = run("export", "--all", "--to", str(target))
    assert again.exit_code == 1
    assert again.stderr == f"Error: {target}: there is something already; name an empty or a new folder\n"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["export", f"{SITE}/nowhere", "--to", "out"], 1, f"Error: {SITE}/nowhere: the archive holds nothing of this"),
        (["export", "--to", "out"], 2, "name addresses, or --all"),
        (["export", SITE, "--all", "--to", "out"], 2, "name addresses, or --all"),
        (["export", SITE], 2, "Missing option '--to'"),
        (["list", "--archive", "none"], 1, "Error: none: there is no such folder; check the path"),
    ],
)
def test_what_can_not_be_done_is_told_in_one_line(
    run: Run, arguments: list[str], status: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*arguments)
    assert answer.exit_code == status
    assert message in answer.stderr
    assert "Traceback" not in answer.output
