"""Read dates, sums, sizes and databases as they are typed on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from minutes_miner.config import DEFAULT_ARCHIVE, DEFAULT_DATABASE, Limits, database_url
from minutes_miner.domain.vocabulary import Territory

if TYPE_CHECKING:
    from minutes_miner.export.postbox import Postbox

_Command = TypeVar("_Command", bound=Callable[..., Any])
_AMOUNT = re.compile(r"[£€]?\s*(\d[\d,]*(?:\.\d+)?|\.\d+)\s*(k|thousand|m|mn|million|bn|billion)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "t": 3, "m": 6, "b": 9}
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)\s*([kmg]?)b?", re.IGNORECASE)
_SIZE_POWERS = {"": 0, "k": 3, "m": 6, "g": 9}
_LEAST_MEMORY = 500_000_000
"""Bytes of address space below which a worker can't even hold the language pipeline."""


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


class Size(click.ParamType[int]):
    """Read a number of bytes: 100MB, 1.5GB or 2000000; the units are powers of 1,000.

    Args:
        least: the smallest number of bytes that makes sense.
    """

    name = "size"

    def __init__(self, least: int = 1) -> None:
        self._least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give the number of bytes, or a usage error."""
        if isinstance(value, int):
            return value
        match = _SIZE.fullmatch(str(value).strip())
        if match is None:
            self.fail(f"{value!r} is no size; write 100MB, 1.5GB or 2000000", param, ctx)
        size = int(Decimal(match[1]).scaleb(_SIZE_POWERS[match[2].lower()]))
        if size < self._least:
            self.fail(f"{value!r} is too little; give at least {self._least / 1_000_000:g}MB", param, ctx)
        return size


class TopicCode(click.ParamType[str]):
    """Read the code of a topic, as ``minutes-miner topics`` lists them."""

    name = "topic"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the code, or a usage error that names those that are like it."""
        from minutes_miner.domain.topic import load_topics

        code, known = str(value).strip().lower(), load_topics()
        if code in known:
            return code
        near = get_close_matches(code, known, 3) + [one for one in known if code and code in known[one].name.lower()]
        said = f"did you mean {' or '.join(dict.fromkeys(near))}?" if near else "`minutes-miner topics` lists them"
        self.fail(f"there is no topic {value!r}; {said}", param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the codes that begin so."""
        from minutes_miner.domain.topic import load_topics

        known = load_topics().values()
        return [CompletionItem(one.code, help=one.name) for one in known if one.code.startswith(incomplete.lower())]


class TerritoryName(click.ParamType[str]):
    """Read a part of the United Kingdom: its name, or its code such as WLS."""

    name = "territory"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give its name, or a usage error."""
        for place in Territory:
            if str(value).strip().casefold() in {place.value.casefold(), place.definition.casefold()}:
                return place.definition
        names = ", ".join(f"{place.definition} ({place.value})" for place in Territory)
        self.fail(f"{value!r} is none of {names}", param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the codes, which have no blanks."""
        places = [place for place in Territory if place.value.startswith(incomplete.upper())]
        return [CompletionItem(place.value, help=place.definition) for place in places]


class Share(click.ParamType[float]):
    """Read a share: 1%, 0.5% or 0.01."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Give the share of 1, or a usage error."""
        text = str(value).strip()
        try:
            share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            share = 0.0
        if not 0 < share <= 1:
            self.fail(f"{value!r} is no share; write 1%, 0.5% or 0.01", param, ctx)
        return share


DAY = Day()
AMOUNT = Amount()
SHARE = Share()
TOPIC = TopicCode()
TERRITORY = TerritoryName()

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


def archive_option(command: _Command) -> _Command:
    """Add ``--archive``; the command gets the folder of the archive as ``archive``."""
    return click.option(
        "--archive",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        envvar="MINUTES_MINER_ARCHIVE",
        show_envvar=True,
        default=DEFAULT_ARCHIVE,
        help=f"Where answers are kept as they came.  [default: {DEFAULT_ARCHIVE}]",
    )(command)


def mail_options(command: _Command) -> _Command:
    """Add how mail is sent; the command gets ``sender``, ``smtp``, ``smtp_user`` and ``security``."""
    security = "starttls, or with port 465 ssl, where nothing is said."
    for option in (
        click.option(
            "--smtp-security",
            "security",
            type=click.Choice(("starttls", "ssl", "none")),
            envvar="MINUTES_MINER_SMTP_SECURITY",
            help=security,
        ),
        click.option("--smtp-user", metavar="NAME", envvar="MINUTES_MINER_SMTP_USER", help="To sign in there."),
        click.option("--smtp", metavar="HOST:PORT", envvar="MINUTES_MINER_SMTP", help="The mail server."),
        click.option(
            "--from", "sender", metavar="ADDRESS", envvar="MINUTES_MINER_MAIL_FROM", help="The mail's sender."
        ),
    ):
        command = option(command)
    return command


def read_postbox_options(mail: Mapping[str, Any], recipients: Sequence[str] = ()) -> Postbox:
    """Make of ``mail_options`` what says how mail is sent.

    Raises:
        ConfigError: the server or the sender is not given, or can't be understood.
    """
    from minutes_miner.export.postbox import read_postbox

    about = {"security": mail["security"], "sender": mail["sender"], "user": mail["smtp_user"]}
    return read_postbox(mail["smtp"], recipients=recipients, **about)


def limit_options(command: _Command) -> _Command:
    """Add what one document may cost and ``--no-ocr``; the command gets ``Limits`` as ``limits``."""

    @wraps(command)
    def limited(
        *args: Any, max_bytes: int, max_pages: int, max_seconds: float, max_memory: int, no_ocr: bool, **kwargs: Any
    ) -> Any:
        limits = Limits(max_bytes, max_pages=max_pages, max_seconds=max_seconds, max_memory=max_memory, ocr=not no_ocr)
        return command(*args, limits=limits, **kwargs)

    for option in reversed(_limits(Limits())):
        limited = option(limited)
    return limited  # type: ignore[return-value]  # the command's own type, less one argument


def _limits(default: Limits) -> tuple[Callable[[Any], Any], ...]:
    seconds = click.FloatRange(min=0, min_open=True, max=1_000_000)
    return (
        click.option("--no-ocr", is_flag=True, help="Read no scans: pages without a text layer are only reported."),
        click.option(
            "--max-bytes",
            type=Size(),
            metavar="SIZE",
            default=default.max_bytes,
            help=f"Refuse larger files.  [default: {default.max_bytes / 1e6:g}MB]",
        ),
        click.option(
            "--max-pages",
            type=click.IntRange(min=1),
            metavar="N",
            default=default.max_pages,
            help=f"Refuse PDFs with more pages.  [default: {default.max_pages}]",
        ),
        click.option(
            "--max-seconds",
            type=seconds,
            metavar="N",
            default=default.max_seconds,
            help=f"Give up a document, or an archive, after so long.  [default: {default.max_seconds:g}]",
        ),
        click.option(
            "--max-memory",
            type=Size(_LEAST_MEMORY),
            metavar="SIZE",
            default=default.max_memory,
            help=f"Address space of each worker process.  [default: {default.max_memory / 1e9:g}GB]",
        ),
    )
