"""The conditions that decisions are chosen by, which several commands offer."""

from __future__ import annotations

import pytest
from cli_cases import Run
from click import Command

from minutes_miner.cli.conditions import Conditions
from minutes_miner.cli.export import command as export
from minutes_miner.cli.money import command as money
from minutes_miner.cli.search import command as search
from minutes_miner.cli.similar import command as similar
from minutes_miner.cli.watch import adding
from minutes_miner.domain.vocabulary import Kind, Outcome


@pytest.mark.parametrize("command", [search, similar, money, export, adding], ids=lambda one: str(one.name))
def test_every_command_that_chooses_decisions_offers_them(command: Command) -> None:
    offered = {option.name for option in command.params}
    assert Conditions.__required_keys__ <= offered
    assert len(Conditions.__required_keys__) >= 10


@pytest.mark.parametrize(
    "condition",
    [
        ("--kind", Kind.REFUSE.value),
        ("--outcome", Outcome.LOST.value),
        ("--owner", "nobody of this name"),
        ("--topic", "burials"),
        ("--territory", "WLS"),
        ("--authority", "no such council"),
        ("--committee", "no such committee"),
        ("--since", "2999-01-01"),
        ("--until", "1900-01-01"),
        ("--min-amount", "900bn"),
        ("--max-amount", "1"),
    ],
    ids=lambda one: one[0],
)
def test_totals_of_money_heed_each(run: Run, condition: tuple[str, str]) -> None:
    every = run("money", "--format", "csv").stdout.splitlines()
    chosen = run("money", *condition, "--format", "csv").stdout.splitlines()
    assert len(every) == 2
    assert chosen != every
