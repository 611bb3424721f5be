"""Read the conditions that stand in a query, such as ``kind:refuse since:2022 amount:>500k owner:"town clerk"``.

What is left are words, see :mod:`minutes_miner.store.query`. A condition holds for the whole query, whatever ``OR``
parts the words; a field that is given twice means either; ``-kind:note`` leaves out. What looks like a field but is
none, as in ``10:30`` or ``https://example.org``, is words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from minutes_miner.domain.topic import load_topics
from minutes_miner.domain.vocabulary import Kind, Outcome, SumRole, Territory, find_territories
from minutes_miner.errors import StoreError
from minutes_miner.store.query import QUOTES, fold
from minutes_miner.store.tags import FACETS

_PIECE = re.compile(r'(?P<minus>-?)(?P<name>[A-Za-z]+):(?P<value>"[^"]*"?|[^\s"]*)|-?"[^"]*"?|[^\s"]+')
_SUM = re.compile(r"[£€]?(\d[\d,]*(?:\.\d+)?|\.\d+)(k|thousand|m|mn|million|bn|billion)?", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "t": 3, "m": 6, "b": 9}
_RANGE = re.compile(r"(?P<sign><=|>=|<|>|=)?(?P<first>.+?)(?:\.\.(?P<last>.+))?")

SPENT = "spent"
"""Stands in ``role:`` for every sum that can be added up as money to be spent."""

UNTOLD = "unknown"
"""Stands in ``role:`` for sums whose words do not tell what they are."""

_ROLES = (*SumRole, SPENT, UNTOLD)
_CLOSED = {"kind": tuple(Kind), "outcome": tuple(Outcome), "role": _ROLES}
_VALUES = {
    **{facet.field: "part of a name" for facet in FACETS},
    **{name: ", ".join(words) for name, words in _CLOSED.items()},
    "topic": "a topic such as send or waste, as `minutes-miner topics` lists them",
    "territory": ", ".join(place.definition for place in Territory),
    "year": "a year such as 2023",
    "since": "a day, a month or a year: 2023-06-30, 30/06/2023, 2023-06 or 2023",
    "until": "a day, a month or a year: 2023-06-30, 30/06/2023, 2023-06 or 2023",
    "currency": "a currency after ISO 4217, such as GBP or EUR",
    "amount": "a sum such as 500000, >500k, <=£1.5m or 1k..2k",
    "mentions": "a sum such as 500000, >500k, <=£1.5m or 1k..2k",
}
_UNDENIED = {"since", "until", "amount", "mentions", "role", "currency"}
FIELDS = tuple(_VALUES)
"""Names that may stand before a colon."""


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Say how large a sum must be: at least, or with ``is_over`` more than ``least``; the like of ``most``."""

    least: Decimal | None = None
    most: Decimal | None = None
    is_over: bool = False
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """Hold what a query asks for beside words.

    Attributes:
        wanted: values by facet, of which one must hold.
        unwanted: values by facet, of which none may.
        since: first day.
        until: last day.
        amounts: for each, a sum that is decided must lie within.
        mentions: for each, a sum that is named must lie within, decided or not.
        roles: of which a sum that is decided must have one; ``spent`` and ``unknown`` stand for more.
        currencies: of which that sum must be in one.
    """

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unwanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    amounts: tuple[AmountRange, ...] = ()
    mentions: tuple[AmountRange, ...] = ()
    roles: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()


def split_query(text: str, allowed: tuple[str, ...] = FIELDS) -> tuple[str, Conditions]:
    """Part a query into its words and its conditions.

    Args:
        text: what the reader typed.
        allowed: the fields that there are.

    Returns:
        The words, which may be none, and the conditions.

    Raises:
        StoreError: a field is misspelt, has no value or one that it can't have, can't be left out, or stands beside
            ``OR`` with something else.
    """
    words: list[str] = []
    conditions, before, is_alternative = Conditions(), "", False
    for match in _PIECE.finditer(text.translate(QUOTES)):
        name = _field_name(match, allowed)
        signed = f"{match['minus']}{name}:" if name else ""
        if match.group() == "OR":
            is_alternative = True
            continue
        if is_alternative:
            _check_alternative(before, signed, words)
        is_alternative, before = False, signed
        if name:
            conditions = _add(conditions, name, match["value"].strip('"').strip(), is_wanted=not match["minus"])
        else:
            words.append(match.group())
    return " ".join(words), conditions


def drop_field(text: str, name: str) -> str:
    """Take the conditions on a field out of a query, but for those that leave out.

    Args:
        text: what the reader typed.
        name: of the field.
    """
    own = re.compile(rf'(?:(?<!\S)OR\s+)?(?<![^\s])(?i:{name}):(?:"[^"]*"?|[^\s"]*)')
    return " ".join(own.sub(" ", text.translate(QUOTES)).split())


def _field_name(match: re.Match[str], allowed: tuple[str, ...]) -> str:
    """Give the field that a piece of a query names, or nothing where it is words."""
    name = (match["name"] or "").lower()
    if not name or name in allowed:
        return name
    near = get_close_matches(name, [one for one in allowed if len(one) > 3], 1, 0.75) if match["value"] else []
    if near:
        raise StoreError(
            f"{name!r} is no field of a query",
            advice=f"did you mean {near[0]}? The fields are {', '.join(allowed)}; words with a colon go in quotes",
        )
    return ""


def _check_alternative(before: str, after: str, words: list[str]) -> None:
    """Let ``OR`` stand between words, or between two conditions on one field, which mean either anyway."""
    if before or after:
        if before != after:
            raise StoreError(
                f"OR can't part {before or 'words'} and {after or 'words'}",
                advice="a condition such as kind:refuse holds for the whole query; write it without OR",
            )
    else:
        words.append("OR")


def _add(conditions: Conditions, name: str, value: str, *, is_wanted: bool) -> Conditions:
    if not value:
        raise _refuse(name, value)
    if name in _UNDENIED:
        if not is_wanted:
            raise StoreError(f"{name} can't be left out by a minus", advice=f"{name} takes {_VALUES[name]}")
        return _add_bound(conditions, name, value)
    if name in _CLOSED:
        value = fold(value)
        if value not in _CLOSED[name]:
            raise _refuse(name, value)
    if name == "topic" and (value := fold(value)) not in load_topics():
        raise _refuse(name, value)
    if name == "territory" and not find_territories(value):
        raise _refuse(name, value)
    if name == "year" and not re.fullmatch(r"\d{4}", value):
        raise _refuse(name, value)
    if is_wanted:
        return replace(conditions, wanted=_with(conditions.wanted, name, value))
    return replace(conditions, unwanted=_with(conditions.unwanted, name, value))


def _with(values: Mapping[str, tuple[str, ...]], name: str, value: str) -> dict[str, tuple[str, ...]]:
    return {**values, name: (*values.get(name, ()), value)}


def _add_bound(conditions: Conditions, name: str, value: str) -> Conditions:
    if name == "role":
        if fold(value) not in _ROLES:
            raise _refuse(name, value)
        return replace(conditions, roles=(*conditions.roles, fold(value)))
    if name == "currency":
        if not re.fullmatch(r"[A-Za-z]{3}", value):
            raise _refuse(name, value)
        return replace(conditions, currencies=(*conditions.currencies, value.upper()))
    if name == "amount":
        return replace(conditions, amounts=(*conditions.amounts, _read_range(name, value)))
    if name == "mentions":
        return replace(conditions, mentions=(*conditions.mentions, _read_range(name, value)))
    first, last = _read_days(name, value)
    if name == "since":
        return replace(conditions, since=max(first, conditions.since or first))
    return replace(conditions, until=min(last, conditions.until or last))


def _read_days(name: str, value: str) -> tuple[date, date]:
    """Give the first and the last day that a date can mean."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m", "%Y"):
        try:
            first = datetime.strptime(value, pattern).date()
        except ValueError:
            continue
        month = 12 if pattern == "%Y" else first.month
        is_day = "%d" in pattern
        return first, first if is_day else date(first.year, month, monthrange(first.year, month)[1])
    raise _refuse(name, value)


def _read_range(name: str, value: str) -> AmountRange:
    match = _RANGE.fullmatch(value.replace(" ", ""))
    if match is None or (match["sign"] and match["last"]):
        raise _refuse(name, value)
    first = _read_sum(name, match["first"], value)
    if match["last"]:
        return AmountRange(first, _read_sum(name, match["last"], value))
    sign = match["sign"] or "="
    least, most = (first if sign in {">", ">=", "="} else None), (first if sign in {"<", "<=", "="} else None)
    return AmountRange(least, most, is_over=sign == ">", is_under=sign == "<")


def _read_sum(name: str, text: str, value: str) -> Decimal:
    match = _SUM.fullmatch(text)
    if match is None:
        raise _refuse(name, value)
    return Decimal(match[1].replace(",", "")).scaleb(_POWERS[(match[2] or "")[:1].lower()])


def _refuse(name: str, value: str) -> StoreError:
    said = f"{name} can't be {value!r}" if value else f"{name}: has no value"
    return StoreError(f"in the query, {said}", advice=f"{name} takes {_VALUES[name]}")
