"""Councils are listed, shown, added and removed, and slips get one line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_cases import Run

URL = "https://netherby.example.org/cmis5"
ADD = ("authorities", "add", "NTB", "Netherby Council", "--platform", "cmis", "--base-url", URL)


@pytest.fixture(autouse=True)
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the path of the user's register, in a folder that is not there yet."""
    path = tmp_path / "settings" / "authorities.csv"
    monkeypatch.setenv("MINUTES_MINER_AUTHORITIES", str(path))
    return path


def test_councils_are_listed_without_a_subcommand_as_with_it(run: Run) -> None:
    bare = run("authorities", "--platform", "cmis", "--territory", "sct")
    assert bare.exit_code == 0
    assert bare.stdout == run("authorities", "list", "--platform", "cmis", "--territory", "SCT").stdout
    assert "PKN   SCT        cmis" in bare.stdout
    assert "The Perth and Kinross Council" in bare.stdout


def test_a_table_says_that_there_are_more(run: Run) -> None:
    answer = run("authorities")
    assert len(answer.stdout.splitlines()) == 51
    assert "There are more than 50" in answer.stderr


def test_all_are_written_as_csv_and_as_json_lines(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("authorities", "--format", "csv").stdout)))
    lines = [json.loads(line) for line in run("authorities", "--format", "jsonl").stdout.splitlines()]
    assert len(rows) == len(lines) > 400
    assert [row["code"] for row in rows] == [line["code"] for line in lines]
    assert {line["platform"] for line in lines} == {"moderngov", "cmis", None}


def test_a_limit_holds_in_every_format(run: Run) -> None:
    assert len(run("authorities", "--format", "jsonl", "--limit", "3").stdout.splitlines()) == 3


def test_those_are_found_whose_name_has_the_words(run: Run) -> None:
    answer = run("authorities", "--match", "county lincoln", "--format", "jsonl")
    assert [json.loads(line)["code"] for line in answer.stdout.splitlines()] == ["LIN"]


def test_nothing_found_is_said(run: Run) -> None:
    answer = run("authorities", "--match", "atlantis")
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "", "Nothing was found\n")


def test_a_council_is_shown_by_its_code_in_any_capitals(run: Run) -> None:
    answer = run("authorities", "show", "ealing")
    assert answer.exit_code == 1
    assert "did you mean EAL (London Borough of Ealing)?" in answer.stderr
    shown = run("authorities", "show", "eal").stdout
    assert "London Borough of Ealing" in shown
    assert "https://ealing.moderngov.co.uk" in shown
    assert "refuses" in shown


def test_a_dissolved_council_says_so(run: Run) -> None:
    assert "dissolved 2023-03-31" in run("authorities", "show", "CAR").stdout


def test_a_council_is_added_shown_and_removed(run: Run, register: Path) -> None:
    answer = run(*ADD, "--kind", "NMD", "--territory", "eng", "--notes", "an invention")
    assert (answer.exit_code, answer.stdout) == (0, f"Added NTB in {register}\n")
    shown = run("authorities", "show", "ntb").stdout
    assert all(fact in shown for fact in ("Netherby Council", "NMD", "ENG", "cmis", URL, "an invention"))
    assert run("authorities", "remove", "ntb").exit_code == 0
    gone = run("authorities", "show", "NTB")
    assert gone.exit_code == 1
    assert "there is no authority with the code 'NTB'" in gone.stderr


def test_one_of_ours_is_replaced_until_the_users_is_removed(run: Run) -> None:
    answer = run("authorities", "add", "rut", "Rutland", "--platform", "cmis", "--base-url", URL)
    assert answer.stdout.startswith("Replaced rut in ")
    assert URL in run("authorities", "show", "RUT").stdout
    run("authorities", "remove", "RUT")
    assert "moderngov" in run("authorities", "show", "RUT").stdout


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (5, "civica", "there is no platform called 'civica'; known are "),
        (7, "netherby.example.org", "base_url: 'netherby.example.org' is no address"),
        (7, "ftp://netherby.example.org", "is no address"),
        (7, "https://netherby.example.org/x.aspx?a=1", "is no address"),
        (2, "N B", "code: 'N B' is not letters, digits and hyphens"),
        (3, " ", "name: it is empty"),
    ],
)
def test_what_is_added_is_checked(run: Run, register: Path, place: int, value: str, reason: str) -> None:
    wrong = [value if index == place else word for index, word in enumerate(ADD)]
    answer = run(*wrong)
    assert answer.exit_code == 1
    assert reason in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not register.exists()


def test_only_what_was_added_can_be_removed(run: Run) -> None:
    answer = run("authorities", "remove", "RUT")
    assert answer.exit_code == 1
    assert "you added no authority with the code 'RUT'" in answer.stderr


def test_a_wrong_register_is_told_with_line_and_column(run: Run, register: Path) -> None:
    register.parent.mkdir()
    register.write_text("code,name,territory\nNTB,Netherby Council,France\n", "utf-8")
    answer = run("authorities")
    assert answer.exit_code == 1
    assert f"{register}, line 2, column territory: 'France' is not one of ENG, NIR, SCT, WLS" in answer.stderr


def test_a_platform_that_is_not_there_is_told(run: Run) -> None:
    answer = run("authorities", "--platform", "civica")
    assert answer.exit_code == 1
    assert "there is no platform called 'civica'" in answer.stderr


def test_an_unknown_subcommand_is_misuse(run: Run) -> None:
    answer = run("authorities", "ad")
    assert answer.exit_code == 2
    assert "No such command 'ad'" in answer.stderr
