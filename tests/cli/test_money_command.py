"""The command that adds up money, on the records of the other tests."""

from __future__ import annotations

import csv
import io
import json

from cli_cases import Run


def test_totals_by_role_are_told_as_data(run: Run) -> None:
    answer = run("money", "lido", "--kind", "agree", "--by", "role", "--format", "jsonl")
    (found,) = [json.loads(line) for line in answer.stdout.splitlines()]
    assert (answer.exit_code, found["currency"], found["count"], found["total"]) == (0, "GBP", 1, "12500.00")
    assert found["median"] == found["largest"] == found["total"]


def test_a_table_in_a_pipe_is_plain(run: Run) -> None:
    lines = run("money", "lido").stdout.splitlines()
    assert lines[0].split() == ["all", "sums", "total", "median", "largest"]
    assert lines[1].split() == ["GBP", "1", "£12,500.00", "£12,500.00", "£12,500.00"]


def test_what_was_lost_counts_only_if_asked_for(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("money", "lido outcome:lost", "--format", "csv").stdout)))
    assert [(row["currency"], row["total"]) for row in rows] == [("GBP", "900000.00")]


def test_nothing_is_said_to_be_nothing(run: Run) -> None:
    answer = run("money", "aeroplane", "--by", "authority")
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "", "Nothing was found\n")
