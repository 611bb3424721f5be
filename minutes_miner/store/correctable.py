"""List what may be corrected of a record, and turn what a reader types into columns."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from minutes_miner.domain.vocabulary import Kind, Manner, Outcome, Status
from minutes_miner.errors import StoreError
from minutes_miner.store.sumrows import SUM_ROWS, TAKES, describe_sums, read_sums

Facts = dict[str, Any]
"""Values by column, as JSON holds them: days are text; ``owner_rows`` and ``sum_rows`` are lists of objects."""

OWNER_ROWS = "owner_rows"
DAYS = frozenset({"meeting_date", "due_from", "due_to"})

_NONE = {"", "none", "null", "nobody", "unknown"}
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_SYNONYMS = {"closed": "done", "complete": "done", "completed": "done", "finished": "done", "reopened": "open"}
_LONGEST = 2_000
"""Characters of a value: more is no correction, but another text."""

_MOST_VOTES = 10_000


@dataclass(frozen=True, slots=True)
class Correctable:
    """Name something that a reader can verify in the source, and correct.

    Attributes:
        name: of the field, as it is typed.
        takes: what a value looks like.
        columns: that it is kept in; the first is the one that is shown.
        read: turns what was typed into those columns; raises ValueError where it is none.
        nouns: of records that have it.
        is_of_document: whether all records of a document share it.
    """

    name: str
    takes: str
    columns: tuple[str, ...]
    read: Callable[[str], Facts]
    nouns: tuple[str, ...] = ("decision",)
    is_of_document: bool = False


def get_correctable(name: str, noun: str) -> Correctable:
    """Give a field by its name.

    Raises:
        StoreError: records of that noun have no such field, or it can't be corrected.
    """
    wanted = name.strip().lower().replace("-", "_")
    for field in CORRECTABLE:
        if field.name == wanted and noun in field.nouns:
            return field
    known = ", ".join(field.name for field in CORRECTABLE if noun in field.nouns)
    raise StoreError(f"{name!r} of {_article(noun)} can't be corrected", advice=f"these can: {known}")


def read_value(field: Correctable, value: str) -> Facts:
    """Turn what was typed into columns.

    Raises:
        StoreError: the field can't be that.
    """
    typed = " ".join(value.split())
    try:
        if len(typed) > _LONGEST:
            raise ValueError
        return field.read(typed)
    except ValueError:
        shown = typed if len(typed) < 80 else typed[:80] + "…"
        raise StoreError(f"{field.name} can't be {shown!r}", advice=f"it takes {field.takes}") from None


def describe(field: str, facts: Mapping[str, Any]) -> str | None:
    """Give the value of a field for reading, from its columns."""
    if field == "due":
        first, last = facts.get("due_from"), facts.get("due_to")
        days = first if first == last else f"{first}..{last}"
        return facts.get("due_text") or days
    if field == "sums":
        return describe_sums(facts.get(SUM_ROWS, ()))
    value = facts.get(next(known.columns[0] for known in CORRECTABLE if known.name == field))
    return None if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _term(column: str, words: type[StrEnum], *, can_be_none: bool = False) -> Callable[[str], Facts]:
    def read(value: str) -> Facts:
        if can_be_none and value.lower() in _NONE:
            return {column: None}
        word = value.lower().replace(" ", "_")
        return {column: words(_SYNONYMS.get(word, word) if words is Status else word).value}

    return read


def _text(column: str) -> Callable[[str], Facts]:
    return lambda value: {column: None if value.lower() in _NONE else value}


def _truth(value: str) -> Facts:
    if value.lower() not in _YES:
        raise ValueError
    return {"procedural": _YES[value.lower()]}


def _count(column: str) -> Callable[[str], Facts]:
    def read(value: str) -> Facts:
        if value.lower() in _NONE:
            return {column: None}
        if not re.fullmatch(r"[0-9]{1,5}", value) or int(value) > _MOST_VOTES:
            raise ValueError
        return {column: int(value)}

    return read


def _owners(value: str) -> Facts:
    names = [] if value.lower() in _NONE else [part.strip() for part in value.split(";") if part.strip()]
    rows = [{"text": name, "name": None, "role": None} for name in names]
    return {"owners": "; ".join(names) or None, OWNER_ROWS: rows}


def _due(value: str) -> Facts:
    none = {"due_text": None, "due_from": None, "due_to": None, "due_start": None, "due_end": None}
    if value.lower() in _NONE:
        return none
    first, _, last = value.partition("..")
    start, end = _days(first.strip())[0], _days((last or first).strip())[1]
    if end < start:
        raise ValueError
    return {**none, "due_text": value, "due_from": start.isoformat(), "due_to": end.isoformat()}


def _day(value: str) -> Facts:
    if value.lower() in _NONE:
        return {"meeting_date": None}
    first, last = _days(value)
    if first != last:
        raise ValueError
    return {"meeting_date": first.isoformat()}


def _days(value: str) -> tuple[date, date]:
    """Give the first and the last day that a date can mean."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m", "%Y"):
        try:
            first = datetime.strptime(value, pattern).date()
        except ValueError:
            continue
        if "%d" in pattern:
            return first, first
        month = 12 if pattern == "%Y" else first.month
        return first, date(first.year, month, monthrange(first.year, month)[1])
    raise ValueError(value)


def _words(words: type[StrEnum]) -> str:
    return ", ".join(words)


_NAME = "a name as written, or none"
_BOTH = ("decision", "action")
_OWNERS = "names or posts, parted by semicolons, or none"
_DUE = "a day, a month, a year or two of them: 2024-06-30, 30/06/2024, 2024-06, 2024-06-01..2024-06-14, or none"
_VOTES = "a whole number, or none"

CORRECTABLE: Sequence[Correctable] = (
    Correctable("status", _words(Status), ("status",), _term("status", Status), ("action",)),
    Correctable("kind", _words(Kind), ("kind",), _term("kind", Kind)),
    Correctable("outcome", _words(Outcome), ("outcome",), _term("outcome", Outcome)),
    Correctable("procedural", "yes or no", ("procedural",), _truth),
    Correctable("decision_maker", _NAME, ("decision_maker",), _text("decision_maker")),
    Correctable(
        *("vote_manner", f"{_words(Manner)}, or none", ("vote_manner",)),
        _term("vote_manner", Manner, can_be_none=True),
    ),
    *(Correctable(name, _VOTES, (name,), _count(name)) for name in ("votes_for", "votes_against", "abstentions")),
    *(Correctable(name, _NAME, (name,), _text(name)) for name in ("mover", "seconder", "portfolio_holder")),
    Correctable("owners", _OWNERS, ("owners", OWNER_ROWS), _owners, _BOTH),
    Correctable("sums", TAKES, (SUM_ROWS,), read_sums),
    Correctable("due", _DUE, ("due_text", "due_from", "due_to", "due_start", "due_end"), _due, _BOTH),
    *(Correctable(name, "words, or none", (name,), _text(name), _BOTH) for name in ("item_number", "item_title")),
    Correctable("authority", _NAME, ("authority", "territory"), _text("authority"), _BOTH, is_of_document=True),
    Correctable("committee", _NAME, ("committee",), _text("committee"), _BOTH, is_of_document=True),
    Correctable("meeting_date", "a day such as 2024-06-30, or none", ("meeting_date",), _day, _BOTH, True),
)
"""What may be corrected."""
