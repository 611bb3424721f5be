"""The commands that change records, and what lists and exports then say."""

from __future__ import annotations

import csv
import io
import json

from cli_cases import BOILER, ORDER, SALE, Run


def test_an_action_is_closed_and_opened_again(run: Run) -> None:
    answer = run("correct", ORDER[:5], "status", "done", "--reason", "ordered by phone", "--by", "Ann")
    assert answer.stdout.splitlines() == [
        f"1: status of action {ORDER} is done now; the document says open",
        "The Clerk will order it by 31 May 2024",
    ]
    assert ORDER not in run("actions", "--status", "open", "--format", "jsonl").stdout
    assert "[corrected: status]" in run("actions", "--status", "done").stdout
    shown = run("show", ORDER).stdout
    row = next(line for line in shown.splitlines() if line.startswith("status  ") and "ordered by phone" in line)
    assert row.split()[:5] == ["status", "open", "done", "1", "Ann"]
    trail = list(csv.DictReader(io.StringIO(run("corrections", "list", "--format", "csv").stdout)))
    assert [(one["old"], one["new"], one["made_by"], one["reason"]) for one in trail] == [
        ("open", "done", "Ann", "ordered by phone")
    ]
    answer = run("corrections", "undo", "1", "--reason", "not yet")
    assert answer.stdout == f"1: status of action {ORDER} is no longer done; the document says open\n"
    assert ORDER in run("actions", "--status", "open", "--format", "jsonl").stdout
    table = run("corrections", "list").stdout
    assert "undone on 20" in table and "ordered by phone" in table


def test_a_suppressed_decision_is_not_found(run: Run) -> None:
    answer = run("suppress", SALE, "--reason", "never put")
    assert answer.stdout.startswith(f"1: decision {SALE} is left out from now on\n")
    found = [json.loads(line)["id"] for line in run("search", "lido", "--format", "jsonl").stdout.splitlines()]
    assert found == [BOILER]


def test_words_are_redacted(run: Run) -> None:
    trial = run("redact", "the mayor", "--reason", "an example", "--dry-run")
    assert trial.stdout == "The words stand in 1 places of 1 documents and in 1 records\n"
    assert run("actions", "--owner", "mayor", "--format", "csv").stdout.count("Mayor") >= 1
    done = run("redact", "the mayor", "--reason", "an example")
    assert done.stdout == "1: removed; they stood in 1 places of 1 documents and in 1 records\n"
    assert "Mayor" not in run("actions").stdout and "█████████ will thank" in run("actions").stdout
    assert run("corrections", "undo", "1", "--reason", "a slip").stdout.startswith("Undone: mine the document again")


def test_a_whole_record_is_redacted_by_its_id(run: Run) -> None:
    assert run("redact", BOILER, "--reason", "an example").exit_code == 0
    assert "boiler" not in run("show", BOILER).stdout.casefold()


def test_what_is_wrong_is_told_in_a_line(run: Run) -> None:
    answer = run("correct", BOILER, "kind", "perhaps", "--reason", "why not")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: kind can't be 'perhaps'; it takes approve, agree")
    assert run("correct", BOILER, "kind", "note").exit_code == 2
    assert run("redact", "Nobody Here", "--reason", "x").stderr.startswith("Error: the words stand nowhere")
    assert "Nothing was corrected" in run("corrections", "list").stderr
