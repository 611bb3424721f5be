"""Members are listed and shown, in tables and as data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_cases import Run, build

from minutes_miner.domain.record import NamedVote, Party, VoteEvent
from minutes_miner.domain.vocabulary import Ballot, Manner
from minutes_miner.store import open_store
from minutes_miner.workflow.resolving import resolve_parties


@pytest.fixture
def people(run: Run, database: Path) -> Run:
    """Give the database two members who voted, and resolve them."""
    from dataclasses import replace

    found = build()
    vote = VoteEvent(Manner.NAMED, named=(NamedVote("Howson", Ballot.AGAINST), NamedVote("A Patel", Ballot.FOR)))
    boiler, sale, earlier = found.decisions
    sale = replace(sale, vote=vote, mover=Party("Cllr J. Howson"))
    with open_store(f"sqlite:///{database}") as store:
        store.save(replace(found, decisions=(boiler, sale, earlier)), pipeline="en_test 2.0")
        resolve_parties(store)
    return run


def test_people_are_listed_with_and_without_the_word_and_by_name(people: Run) -> None:
    bare = people("people")
    assert bare.exit_code == 0
    assert bare.stdout == people("people", "list").stdout
    assert [line.split()[-2:] for line in bare.stdout.splitlines()[1:4]][0] == ["A", "Patel"]
    found = people("people", "Cllr J. Howson")
    assert len(found.stdout.splitlines()) == 2 and "J Howson" in found.stdout


def test_lists_are_data_too(people: Run) -> None:
    lines = [json.loads(line) for line in people("people", "--format", "jsonl").stdout.splitlines()]
    assert {(line["kind"], line["name"]) for line in lines} == {
        ("person", "A Patel"),
        ("person", "J Howson"),
        ("post", "Clerk"),
        ("post", "Mayor"),
        ("body", "Quarrendon Town Council"),
    }
    rows = list(csv.DictReader(io.StringIO(people("people", "--kind", "post", "--format", "csv").stdout)))
    assert [row["name"] for row in rows] == ["Clerk", "Mayor"]
    assert people("people", "--authority", "nowhere").stderr == "Nothing was found\n"


def test_a_member_is_shown(people: Run) -> None:
    number = json.loads(people("people", "howson", "--format", "jsonl").stdout)["id"]
    shown = people("people", "show", number[:10])
    assert shown.exit_code == 0
    assert "named votes  1 against" in shown.stdout
    assert "moved" in shown.stdout and "to sell the lido for £900,000" in shown.stdout
    whole = json.loads(people("people", "show", number, "--format", "json").stdout)
    assert whole["name"] == "J Howson" and whole["ballots"] == {"against": 1}
    assert [(deed["part"], deed["ballot"]) for deed in whole["deeds"]] == [("moved", None), ("voted", "against")]
    rows = list(csv.DictReader(io.StringIO(people("people", "show", number, "--format", "csv").stdout)))
    assert [row["part"] for row in rows] == ["moved", "voted"]


def test_who_voted_against_is_searched(people: Run) -> None:
    found = [
        json.loads(line)["text"] for line in people("search", "against:howson", "--format", "jsonl").stdout.splitlines()
    ]
    assert found == ["to sell the lido for £900,000"]
    assert people("search", "for:howson", "--format", "jsonl").stdout == ""


def test_an_unknown_id_gets_one_line(people: Run) -> None:
    answer = people("people", "show", "ffff0000")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("Error: no party has the id 'ffff0000'") and answer.stderr.count("\n") == 1


def test_what_waits_is_said_and_an_upgrade_resolves_it(run: Run) -> None:
    answer = run("people")
    assert answer.stdout == "" and "run: minutes-miner db upgrade" in answer.stderr
    assert "The names in the papers are resolved" in run("db", "upgrade").stdout
    again = run("people")
    assert again.stderr == "" and "Clerk" in again.stdout
