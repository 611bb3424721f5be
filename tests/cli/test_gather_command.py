"""Councils are gathered, told of, and mined by one command; slips get one line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cli_cases import Run
from replica.council import Council
from replica.quirks import Quirks
from replica.server import Replica, serve

COUNCIL = Council("NTB", "Netherby Council", committees=2, years=1, seed=3, today=date.today(), officer_decisions=4)
CLOSED = Council("CLO", "Closed Council", committees=1, years=1, seed=4, today=date.today())


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    """Serve a council, and one that lets nobody in."""
    log = tmp_path_factory.mktemp("replica") / "requests.jsonl"
    shut = Quirks(web_service_status=403, pages_status=403)
    with serve([COUNCIL, CLOSED], {"CLO": shut}, log) as replica:
        yield replica


@pytest.fixture(autouse=True)
def settings(replica: Replica, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the register know both, and the archive lie in a folder of its own."""
    register = tmp_path / "authorities.csv"
    columns = "code,name,slug,kind,territory,start,end,platform,base_url,notes"
    rows = [f"{one.code},{one.name},,UA,NIR,,,moderngov,{replica.urls[one.code]}," for one in (COUNCIL, CLOSED)]
    register.write_text("\n".join([columns, *rows, "HTM,Homemade Council,,UA,ENG,,,,https://homemade.example,"]) + "\n")
    for name, value in {
        "AUTHORITIES": register,
        "ARCHIVE": tmp_path / "archive",
        "RATE": "1000",
        "ALLOW_LOOPBACK": "1",
        "CONTACT": "tests@ashcombe.example",
        "DB": tmp_path / "gathered.db",
    }.items():
        monkeypatch.setenv(f"MINUTES_MINER_{name}", str(value))


def find_all(run: Run, *options: str) -> list[dict[str, str]]:
    """Give every decision of a database."""
    answer = run("search", "--limit", "99", "--format", "jsonl", *options)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def test_a_dry_run_asks_for_nothing(run: Run, replica: Replica, tmp_path: Path) -> None:
    before = len(replica.requests()) if replica.log_path.exists() else 0
    answer = run("gather", "ntb", "--dry-run", "--db", str(tmp_path / "none.db"))
    assert answer.exit_code == 0
    assert answer.stdout.splitlines()[1].split()[:2] == ["NTB", "2"]
    assert "Nothing was asked for" in answer.stderr
    assert (len(replica.requests()) if replica.log_path.exists() else 0) == before
    assert not (tmp_path / "none.db").exists() and not (tmp_path / "archive").exists()


def test_a_council_is_gathered_and_mined_and_told_of(run: Run, tmp_path: Path) -> None:
    database = ("--db", str(tmp_path / "gathered.db"))
    answer = run("gather", "NTB", "--max", "3", "--jobs", "0", *database)
    assert answer.exit_code == 0, answer.stderr
    assert "documents mined          3" in " ".join(answer.stdout.split("\n"))
    lines = run("coverage", *database).stdout.splitlines()
    assert lines[1].split()[:2] == ["NTB", "3"]
    bodies = run("coverage", "ntb", *database).stdout
    assert all(body.name in bodies for body in COUNCIL.bodies)
    assert "█" in bodies
    rows = list(csv.DictReader(io.StringIO(run("coverage", "--format", "csv", *database).stdout)))
    assert sum(int(row["count"]) for row in rows if row["state"] == "mined") == 3
    assert {row["name"] for row in rows} == {"Netherby Council"}
    found = find_all(run, *database)
    assert found and {row["authority"] for row in found} == {"Netherby Council"}


def test_what_is_not_mined_now_can_be_mined_later(run: Run, tmp_path: Path) -> None:
    database = ("--db", str(tmp_path / "gathered.db"))
    kept = run("gather", "NTB", "--max", "2", "--no-mine", *database)
    assert kept.exit_code == 0 and "documents mined" not in kept.stdout
    later = run("gather", "NTB", "--max", "2", "--jobs", "0", *database)
    assert "documents mined          2" in " ".join(later.stdout.split("\n"))


def test_a_council_that_lets_nobody_in_is_told_and_the_others_are_gathered(run: Run, tmp_path: Path) -> None:
    database = ("--db", str(tmp_path / "gathered.db"))
    answer = run("gather", "--territory", "NIR", "--platform", "moderngov", "--max", "1", "--no-mine", *database)
    assert answer.exit_code == 1
    assert "of these refused" in answer.stdout
    told = {line.split()[0]: line for line in run("coverage", *database).stdout.splitlines()[1:]}
    assert "unread" in told["CLO"] and "unread" not in told["NTB"]
    assert "could not be read: status 403" in run("coverage", "CLO", *database).stderr


def test_addresses_are_gathered_from_a_list(run: Run, replica: Replica, tmp_path: Path) -> None:
    meeting = next(one for one in COUNCIL.meetings if COUNCIL.stage(one, COUNCIL.today) == "approved")
    page = f"{replica.urls['NTB']}/ieListDocuments.aspx?CId={meeting.committee.id}&MId={meeting.id}&Ver=4"
    (tmp_path / "wanted.urls").write_text(f"# minutes\n{page}\n", "utf-8")
    database = ("--db", str(tmp_path / "gathered.db"))
    answer = run("gather", "--urls", str(tmp_path / "wanted.urls"), "--jobs", "0", *database)
    assert answer.exit_code == 0, answer.stderr
    found = find_all(run, *database)
    assert {row["meeting_date"] for row in found} == {meeting.day.isoformat()}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ((), 2, "name authorities by their codes"),
        (("QQQ",), 1, "there is no authority with the code 'QQQ'"),
        (("HTM",), 1, "runs on a site that no platform reads"),
        (("NTB", "--since", "2026-02-01", "--until", "2026-01-01"), 2, "--since is later than --until"),
        (("NTB", "--rate", "0"), 2, "--rate"),
        (("--platform", "teletext"), 1, "no authority fits"),
        (("NTB", "--urls", "nowhere.urls"), 2, "nowhere.urls"),
        (("NTB", "--urls", __file__), 2, "--urls names documents, not authorities"),
        (("--urls", __file__, "--committee", "planning"), 2, "--committee can't choose among them"),
    ],
    ids=["nobody", "unknown", "no platform", "days", "rate", "platform", "urls", "both", "urls, committee"],
)
def test_slips_get_one_line(run: Run, arguments: tuple[str, ...], status: int, words: str) -> None:
    answer = run("gather", *arguments)
    assert answer.exit_code == status
    assert words in answer.stderr


def test_what_was_never_gathered_is_said_so(run: Run, tmp_path: Path) -> None:
    answer = run("coverage", "NTB")
    assert "Nothing was gathered of NTB yet" in answer.stderr or "no such database" in answer.stderr
