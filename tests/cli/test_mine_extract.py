"""The commands that read files: mine and extract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minutes_miner.cli import main

MINUTES = """Foxhollow Parish Council

RESOLVED: that a grant of £{amount} be awarded to the bell ringers.

ACTION: The Clerk to send the cheque by 3 June 2024.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, amount in (("a.txt", 75), ("c.txt", 95)):
        (tmp_path / name).write_text(MINUTES.format(amount=amount), "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7\nbroken")
    (tmp_path / "plan.xlsx").write_bytes(b"PK")
    return tmp_path


def run(*arguments: str | Path) -> Result:
    answer = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
    return answer


def summary(answer: Result) -> dict[str, str]:
    return dict(line.rsplit(maxsplit=1) for line in answer.stdout.splitlines())


def test_mine_sums_up_and_tells_failures(folder: Path, tmp_path: Path) -> None:
    answer = run("mine", folder, "--db", tmp_path / "x.db", "--jobs", "0")
    assert answer.exit_code == 1
    counts = summary(answer)
    assert {name: counts[name] for name in ("documents mined", "files failed", "files skipped", "decisions")} == {
        "documents mined": "2",
        "files failed": "1",
        "files skipped": "1",
        "decisions": "2",
    }
    failure, skipped, place = answer.stderr.splitlines()
    assert failure.startswith(f"{folder / 'b.pdf'}: ") and len(failure) > len(f"{folder / 'b.pdf'}: ") + 10
    assert skipped == "1 skipped: files that end in .xlsx are not read"
    assert place.endswith("x.db as run 1")


def test_mine_is_content_where_nothing_failed(folder: Path, tmp_path: Path) -> None:
    first = run("mine", folder / "a.txt", "--db", tmp_path / "x.db", "--jobs", "0")
    again = run("mine", folder / "a.txt", "--db", tmp_path / "x.db", "--jobs", "0")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert (summary(first)["documents mined"], summary(again)["documents unchanged"]) == ("1", "1")


def test_mine_with_another_authority_mines_again(folder: Path, tmp_path: Path) -> None:
    run("mine", folder / "a.txt", "--db", tmp_path / "x.db", "--jobs", "0")
    again = run("mine", folder / "a.txt", "--db", tmp_path / "x.db", "--jobs", "0", "--authority", "Upper Foxhollow")
    assert summary(again)["documents mined"] == "1"


def test_mine_says_that_there_is_nothing_to_mine(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = run("mine", tmp_path / "empty", "--db", tmp_path / "x.db", "--jobs", "0")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Error: ") and "no documents found" in answer.stderr
    assert not (tmp_path / "x.db").exists()


def test_extract_answers_file_n_in_line_n(folder: Path) -> None:
    names = [folder / "c.txt", folder / "b.pdf", folder / "a.txt", folder / "none.txt"]
    answer = run("extract", *names, "--format", "jsonl", "--jobs", "0")
    assert answer.exit_code == 1
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["document"]["source"] for line in lines] == [str(name) for name in names]
    assert [sorted(line) == ["document", "error"] for line in lines] == [False, True, False, True]
    assert lines[0]["decisions"][0]["money"] == ["95.00"]
    assert len(answer.stderr.splitlines()) == 2


def test_extract_as_json_is_one_array(folder: Path) -> None:
    answer = run("extract", folder / "a.txt", folder / "c.txt", "--format", "json", "--jobs", "0")
    assert answer.exit_code == 0
    assert [found["decisions"][0]["money"] for found in json.loads(answer.stdout)] == [["75.00"], ["95.00"]]


def test_extract_as_a_table_shows_decisions_and_actions(folder: Path) -> None:
    answer = run("extract", folder / "a.txt", "--jobs", "0")
    assert "£75.00" in answer.stdout and "be awarded to the bell ringers" in answer.stdout
    assert "2024-06-03" in answer.stdout


def test_extract_refuses_an_unknown_format(folder: Path) -> None:
    answer = run("extract", folder / "a.txt", "--format", "parquet")
    assert answer.exit_code == 2
    assert answer.stderr.endswith("'parquet' is not one of table, json, jsonl\n")


@pytest.mark.parametrize("name", ["what?x.db", "a%20b.db", "a#b.db", "100%.db"])
def test_a_database_may_have_any_name(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "db").mkdir()
    answer = run("mine", folder / "a.txt", "--db", tmp_path / "db" / name, "--jobs", "0")
    assert (answer.exit_code, [path.name for path in (tmp_path / "db").iterdir()]) == (0, [name])
    assert run("stats", "--db", tmp_path / "db" / name).exit_code == 0


@pytest.mark.parametrize("command", ["mine", "extract"])
def test_a_name_with_line_breaks_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("MINUTES_MINER_DB", str(tmp_path / "x.db"))
    (tmp_path / "a\nb\x1b[1m.pdf").write_bytes(b"%PDF-1.7\nbroken")
    answer = run(command, tmp_path / "a\nb\x1b[1m.pdf", "--jobs", "0")
    assert answer.stderr.splitlines()[0].startswith(f"{tmp_path}/a\\nb\\x1b[1m.pdf: ")
