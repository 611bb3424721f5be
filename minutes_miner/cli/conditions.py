"""Offer the conditions that decisions are chosen by, alike in every command that chooses some."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypedDict, TypeVar

import click

from minutes_miner.cli.options import AMOUNT, DAY, TERRITORY, TOPIC
from minutes_miner.domain.vocabulary import Kind, Outcome

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Conditions(TypedDict):
    """Hold the options that are passed on to ``store.search.DecisionFilter`` as they are."""

    authority: str | None
    committee: str | None
    territory: str | None
    topic: str | None
    kind: Kind | None
    outcome: Outcome | None
    owner: str | None
    since: date | None
    until: date | None
    min_amount: Decimal | None
    max_amount: Decimal | None
    include_procedural: bool


def _terms(terms: type[StrEnum]) -> dict[str, Any]:
    """Read one of the terms of a vocabulary."""
    return {
        "type": click.Choice([term.value for term in terms]),
        "callback": lambda _ctx, _param, value: terms(value) if value else None,
    }


_OPTIONS = (
    click.option("--authority", metavar="NAME", help="Part of the council's name."),
    click.option("--committee", metavar="NAME", help="Part of the committee's name."),
    click.option("--territory", type=TERRITORY, metavar="NAME", help="England, Scotland, Wales or Northern Ireland."),
    click.option("--topic", type=TOPIC, metavar="CODE", help="About this, such as send; see `minutes-miner topics`."),
    click.option("--kind", **_terms(Kind), help="What the decision does."),
    click.option("--outcome", **_terms(Outcome), help="What became of it."),
    click.option("--owner", metavar="NAME", help="Part of the name or post of who must carry it out."),
    click.option("--since", type=DAY, metavar="DATE", help="Meetings on or after this day."),
    click.option("--until", type=DAY, metavar="DATE", help="Meetings on or before this day."),
    click.option("--min-amount", type=AMOUNT, metavar="SUM", help="Deciding a sum of at least so much."),
    click.option("--max-amount", type=AMOUNT, metavar="SUM", help="Deciding a sum of at most so much."),
    click.option("--include-procedural", is_flag=True, help="Also routine business, such as earlier minutes."),
)


def condition_options(command: _Command) -> _Command:
    """Add the conditions; the command gets them by the names of Conditions."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
