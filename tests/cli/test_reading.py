"""The commands that read a database."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_cases import BOILER, EARLIER, ORDER, SALE, TEXT, THANKS, Run

from minutes_miner.cli.listing import STYLES
from minutes_miner.cli.search import SORTS


def ids(output: str) -> list[str]:
    return [json.loads(line)["id"] for line in output.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["boiler"], [BOILER]),
        (["lido", "boiler"], [BOILER]),
        (["--", "-sell", "lido"], [BOILER]),
        (["lido", "--sort", "amount"], [SALE, BOILER]),
        (["--min-amount", "£20k"], [SALE]),
        (["--max-amount", "12,500"], [BOILER]),
        (["--outcome", "lost"], [SALE]),
        (["--kind", "approve", "--include-procedural"], [EARLIER]),
        (["--authority", "quarrendon", "--since", "06/05/2024"], [BOILER, SALE]),
        (["--until", "2024-05-06", "--limit", "1"], [BOILER]),
    ],
)
def test_search_finds(run: Run, arguments: list[str], expected: list[str]) -> None:
    answer = run("search", "--format", "jsonl", *arguments)
    assert (answer.exit_code, ids(answer.stdout)) == (0, expected)


@pytest.mark.parametrize("arguments", [["--since", "2024-05-07"], ["--owner", "nobody"], ["aeroplane"]])
def test_search_finds_nothing_and_says_so(run: Run, arguments: list[str]) -> None:
    answer = run("search", *arguments)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "", "Nothing was found\n")


def test_csv_without_rows_has_its_header(run: Run) -> None:
    for command in (["search", "lido"], ["actions"]):
        header = run(*command, "--format", "csv").stdout.splitlines()[0]
        answer = run(*command, "--authority", "nowhere", "--format", "csv")
        assert (answer.exit_code, answer.stdout) == (0, f"{header}\n")


def test_a_limit_beyond_every_database_is_refused(run: Run) -> None:
    answer = run("search", "lido", "--limit", "99999999999999999999")
    assert answer.exit_code == 2 and "1000000" in answer.stderr


def test_a_table_in_a_pipe_is_plain_and_aligned(run: Run) -> None:
    lines = run("search", "lido", "--sort", "amount").stdout.splitlines()
    assert lines[0].split() == ["meeting", "authority", "kind", "amount", "id", "decision"]
    assert [line.split("  ")[-1] for line in lines[1:]] == [
        "to sell the lido for £900,000",
        "that the quotation of £12,500.00 for the lido's boiler be accepted",
    ]
    assert "agree (lost)  £900,000.00  " in lines[1]
    assert "agree          £12,500.00  " in lines[2]
    assert not any(ord(sign) in {27, *range(0x2500, 0x2580)} for line in lines for sign in line)


def test_csv_json_and_json_lines_hold_the_same_rows(run: Run) -> None:
    tables = list(csv.DictReader(io.StringIO(run("search", "lido", "--format", "csv").stdout)))
    array = json.loads(run("search", "lido", "--format", "json").stdout)
    lines = [json.loads(line) for line in run("search", "lido", "--format", "jsonl").stdout.splitlines()]
    assert array == lines
    assert {row["id"] for row in tables} == {row["id"] for row in array} == {BOILER, SALE}
    sale = next(row for row in array if row["id"] == SALE)
    assert (sale["outcome"], sale["largest_amount"], sale["votes_against"]) == ("lost", "900000.00", 8)
    assert sale["meeting_date"] == "2024-05-06"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], [ORDER, THANKS]),
        (["--overdue-on", "2024-06-01"], [ORDER]),
        (["--overdue-on", "2024-05-31"], []),
        (["--owner", "mayor"], [THANKS]),
        (["--due-before", "01/06/2024", "--due-after", "2024-05-30"], [ORDER]),
        (["--status", "done"], []),
        (["--query", "volunteers"], [THANKS]),
    ],
)
def test_actions_are_found(run: Run, arguments: list[str], expected: list[str]) -> None:
    assert ids(run("actions", *arguments, "--format", "jsonl").stdout) == expected


def test_actions_as_a_table(run: Run) -> None:
    lines = run("actions").stdout.splitlines()
    assert lines[1].startswith("2024-05-31  The Clerk  open")
    assert lines[1].endswith("The Clerk will order it by 31 May 2024")


def test_show_marks_the_words_in_their_paragraph(run: Run) -> None:
    output = run("show", BOILER[:6]).stdout
    assert "RESOLVED: >>that the quotation of £12,500.00 for the lido's boiler be accepted<<." in output
    assert "The Clerk will order it" in output
    assert "page 1, characters 47 to 113" in output and TEXT[47:113].startswith("that the quotation")
    facts = dict(line.split("  ", 1) for line in output.splitlines() if "  " in line)
    assert facts["sums"].strip() == "£12,500.00"
    assert facts["actions"].strip() == ORDER
    assert facts["document"].strip() == "minutes/may.txt"


def test_show_gives_a_vote_and_an_action(run: Run) -> None:
    assert "counted, 3 for, 8 against" in run("show", SALE).stdout
    output = run("show", ORDER).stdout
    assert "31 May 2024 (2024-05-31)" in output and BOILER in output


def test_show_says_that_there_is_no_such_record(run: Run) -> None:
    answer = run("show", "ffff")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: no record has the id 'ffff'; ")


def test_stats_count(run: Run) -> None:
    output = run("stats").stdout
    counts = dict(line.rsplit("  ", 1) for line in output.splitlines() if "  " in line)
    counts = {name.strip(): count.strip() for name, count in counts.items()}
    assert (counts["documents"], counts["decisions"], counts["actions"]) == ("1", "3", "2")
    assert (counts["agree"], counts["lost"], counts["Quarrendon Town Council"]) == ("2", "1", "3")
    assert counts["GBP in decisions"] == "£912,500.00"


def test_info_lists_what_failed(run: Run) -> None:
    output = run("db", "info").stdout
    assert "minutes/scan.pdf  the pages have no text layer" in output
    assert "decisions" in output


def test_check_finds_nothing_wrong_and_then_something(run: Run, database: Path) -> None:
    import sqlite3

    assert run("db", "check").stdout == "Everything fits\n"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE mentions SET quote = 'other words' WHERE position = 0")
    answer = run("db", "check")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.count("\n") == 1 and "mentions" in answer.stderr


def test_upgrade_tells_the_revision(run: Run) -> None:
    assert run("db", "upgrade").stdout.startswith("The tables are of revision 0")


@pytest.mark.parametrize("command", ["search x", "actions", "show a", "stats", "db info", "db check", "db upgrade"])
def test_a_database_that_is_not_there_is_one_line_and_is_not_made(run: Run, command: str, tmp_path: Path) -> None:
    answer = run(*command.split(), "--db", str(tmp_path / "none.db"))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: ") and answer.stderr.count("\n") == 1
    assert not (tmp_path / "none.db").exists()


def test_debug_shows_the_traceback(run: Run, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="there is no such database"):
        run("--debug", "stats", "--db", str(tmp_path / "none.db"))


def test_the_choices_are_those_of_the_store() -> None:
    from minutes_miner.export.tables import FORMATS
    from minutes_miner.store.search import Sort

    assert set(SORTS) == {sort.value for sort in Sort} - {"due"}
    assert set(STYLES) == {"table", *FORMATS}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_the_program(run: Run, shell: str) -> None:
    assert "_MINUTES_MINER_COMPLETE" in run("completion", shell).stdout


def test_conditions_stand_in_the_query(run: Run) -> None:
    assert ids(run("search", "lido amount:>500k outcome:lost", "--format", "jsonl").stdout) == [SALE]
    answer = run("search", "kind:buy")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: in the query, kind can't be 'buy'; kind takes approve, agree, ")


def test_pages_follow_each_other_by_their_tokens(run: Run) -> None:
    first = run("search", "lido", "--sort", "amount", "--limit", "1")
    assert "1 of 2 are shown; the next: --after " in first.stderr and SALE in first.stdout
    token = first.stderr.split()[-1]
    second = run("search", "lido", "--sort", "amount", "--limit", "1", "--after", token)
    assert BOILER in second.stdout and SALE not in second.stdout and second.stderr == ""
    assert "not one of this search" in run("search", "boiler", "--after", token).stderr


def test_facets_count_what_is_found(run: Run) -> None:
    answer = run("search", "lido", "--facets")
    counts = dict(line.rsplit("  ", 1) for line in answer.stdout.splitlines() if "  " in line)
    counts = {name.strip(): count.strip() for name, count in counts.items()}
    assert answer.stderr == "2 decisions\n"
    assert (counts["agree"], counts["carried"], counts["lost"], counts["2024"]) == ("2", "1", "1", "2")
    assert counts["Quarrendon Town Council"] == "2"


def test_a_database_is_copied(run: Run, tmp_path: Path) -> None:
    answer = run("db", "copy", str(tmp_path / "x.db"), str(tmp_path / "copy.db"))
    assert (answer.exit_code, answer.stdout) == (0, "Copied 1 documents with 3 decisions\n")
    assert run("db", "check", "--db", str(tmp_path / "copy.db")).stdout == "Everything fits\n"
    again = run("db", "copy", str(tmp_path / "x.db"), str(tmp_path / "copy.db"))
    assert again.exit_code == 1 and "the database is not empty" in again.stderr
