"""Read dates, sums and databases as they are typed on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import click

from minutes_miner.config import DEFAULT_DATABASE, database_url

_Command = TypeVar("_Command", bound=Callable[..., Any])
_AMOUNT = re.compile(r"[£€]?\s*(\d[\d,]*(?:\.\d+)?|\.\d+)\s*(k|thousand|m|mn|million|bn|billion)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "t": 3, "m": 6, "b": 9}


class Day(click.ParamType[date]):
    """Read a date: 2024-03-31 or 31/03/2024."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Give the day, or a usage error."""
        if isinstance(value, date):
            return value
        for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(str(value).strip(), pattern).date()
            except ValueError:
                continue
        self.fail(f"{value!r} is no date; write 2024-03-31 or 31/03/2024", param, ctx)


class Amount(click.ParamType[Decimal]):
    """Read a sum: 500000, 500,000, 500k or £1.5m."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Give the sum in the currency's main unit, or a usage error."""
        if isinstance(value, Decimal):
            return value
        match = _AMOUNT.fullmatch(str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no sum; write 500000, 500k or £1.5m", param, ctx)
        power = _POWERS[(match[2] or "")[:1].lower()]
        return Decimal(match[1].replace(",", "")).scaleb(power)


DAY = Day()
AMOUNT = Amount()

LIMIT = click.IntRange(min=1, max=1_000_000)
"""A number of rows."""


def database_option(command: _Command) -> _Command:
    """Add ``--db``; the command gets an SQLAlchemy address as ``db``."""
    return click.option(
        "--db",
        metavar="DATABASE",
        envvar="MINUTES_MINER_DB",
        show_envvar=True,
        callback=lambda _ctx, _param, value: database_url(value),
        help=f"Path of an SQLite file or SQLAlchemy address.  [default: {DEFAULT_DATABASE.partition('///')[2]}]",
    )(command)


def ocr_option(command: _Command) -> _Command:
    """Add ``--no-ocr``; the command gets whether it stands there as ``no_ocr``."""
    return click.option("--no-ocr", is_flag=True, help="Read no scans: pages without a text layer are only reported.")(
        command
    )
