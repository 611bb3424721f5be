"""The commands that go by what decisions mean."""

from __future__ import annotations

import json

import pytest
from cli_cases import BOILER, SALE, Run

from minutes_miner.store.similar import LEAST_ALIKE


def test_similar_gives_others_with_their_likeness(run: Run) -> None:
    answer = run("similar", BOILER, "--everywhere", "--format", "json")
    found = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert [row["id"] for row in found] == [SALE]
    assert 0 < found[0]["similarity"] < 1
    assert run("similar", BOILER, "--everywhere").stdout.split()[0] == "alike"


def test_decisions_of_the_same_council_are_left_out_unless_asked_for(run: Run) -> None:
    answer = run("similar", BOILER)
    assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "", "Nothing was found\n")


@pytest.mark.parametrize(("text", "first"), [("heating that broke", BOILER), ("selling land and buildings", SALE)])
def test_search_puts_the_most_alike_first(run: Run, text: str, first: str) -> None:
    answer = run("search", "--like", text, "--format", "jsonl")
    assert [json.loads(line)["id"] for line in answer.stdout.splitlines()][0] == first
    assert run("search", "lido", "--like", text, "--kind", "note").stdout == ""


def test_a_build_tells_how_many_have_vectors(run: Run) -> None:
    answer = run("similar", "--build")
    assert (answer.exit_code, answer.stdout) == (0, "3 decisions have vectors\n")


@pytest.mark.parametrize("arguments", [["similar"], ["search", "--like", "x", "--facets"]])
def test_what_makes_no_sense_is_refused(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_help_tells_how_alike_is_alike_enough(run: Run) -> None:
    told = " ".join(run("similar", "--help").output.split())
    assert f"below about {LEAST_ALIKE:.2f} little is in common" in told
