"""Write dates, sums, counts and names of kinds as British readers expect them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from minutes_miner.domain.topic import load_topics
from minutes_miner.domain.vocabulary import Kind, Manner, Outcome, Status
from minutes_miner.store.search import Total

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}

KINDS = {
    Kind.APPROVE: "Approved",
    Kind.AGREE: "Agreed",
    Kind.NOTE: "Noted",
    Kind.RECOMMEND: "Recommended",
    Kind.REFUSE: "Refused",
    Kind.DEFER: "Deferred",
    Kind.REFER: "Referred",
    Kind.APPOINT: "Appointed",
    Kind.AUTHORISE: "Authorised",
    Kind.REQUEST: "Requested",
    Kind.COMMENT: "Commented",
    Kind.OTHER: "Other",
}
OUTCOMES = {Outcome.CARRIED: "Carried", Outcome.LOST: "Lost", Outcome.WITHDRAWN: "Withdrawn"}
STATUSES = {Status.OPEN: "Open", Status.DONE: "Done"}
MANNERS = {
    Manner.UNANIMOUS: "unanimously",
    Manner.NEM_CON: "with nobody against",
    Manner.COUNTED: "by a count",
    Manner.NAMED: "by a recorded vote",
    Manner.CASTING_VOTE: "by the chair’s casting vote",
    Manner.ASSENT: "by general assent",
}
FIELDS = {
    "authority": "Council",
    "territory": "Part of the country",
    "committee": "Committee",
    "kind": "Decision",
    "outcome": "Outcome",
    "topic": "Topic",
    "year": "Year",
    "owner": "Who must act",
    "mover": "Moved by",
    "seconder": "Seconded by",
    "voter": "Voted",
    "for": "Voted for",
    "against": "Voted against",
    "abstained": "Abstained",
}
"""What a facet is called on a page."""


def write_day(day: date | None) -> str:
    """Write a day as ``14 March 2024``."""
    return f"{day.day} {day:%B %Y}" if day else "date unknown"


def write_short_day(day: date | None) -> str:
    """Write a day as ``14 Mar 2024``."""
    return f"{day.day} {day:%b %Y}" if day else "undated"


def write_month(day: date) -> str:
    """Write the month of a day as ``March 2024``."""
    return f"{day:%B %Y}"


def write_typed_day(text: str) -> str:
    """Write a day as it was typed, for reading; what is none stays as it is."""
    try:
        return write_day(date.fromisoformat(text))
    except ValueError:
        return text


def write_total(total: Total) -> str:
    """Write a count that may stop short of the whole: ``1,204`` or ``10,000+``."""
    return f"{total.count:,}{'' if total.is_exact else '+'}"


def write_range(first: date | None, last: date | None) -> str:
    """Write the days from one to another; one of them where they are the same or the other is not known."""
    if first and last and first != last:
        return f"{write_day(first)} to {write_day(last)}"
    return write_day(last or first) if first or last else ""


def write_sum(amount: Decimal | None, currency: str | None = "GBP") -> str:
    """Write a sum as ``£1,250`` or ``£1,250.50``."""
    if amount is None:
        return ""
    figures = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    sign = SIGNS.get(currency or "")
    return f"{sign}{figures}" if sign else f"{figures} {currency or ''}".rstrip()


def write_short_sum(amount: Decimal | None, currency: str | None = "GBP") -> str:
    """Write a sum in three digits, as ``£1.25m``."""
    if amount is None:
        return ""
    for power, unit in ((9, "bn"), (6, "m"), (3, "k")):
        if amount >= Decimal(10) ** power:
            figures = f"{amount.scaleb(-power):.2f}".rstrip("0").rstrip(".")
            return f"{SIGNS.get(currency or '', '')}{figures}{unit}"
    return write_sum(amount, currency)


def write_short_total(total: float, currency: str) -> str:
    """Write the value that a chart reaches, as ``£1.25m``."""
    return write_short_sum(Decimal(round(total)), currency)


def write_count(count: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: ``1 decision``, ``1,204 decisions``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def write_value(value: str, field: str) -> str:
    """Write a value of a facet for reading."""
    if field == "topic":
        topic = load_topics().get(value)
        return topic.name if topic else value
    words: Mapping[str, Mapping[Any, str]] = {"kind": KINDS, "outcome": OUTCOMES}
    return words.get(field, {}).get(value, value.removeprefix("="))


def write_kind(kind: str) -> str:
    """Write what a decision did."""
    return write_value(kind, "kind")


def write_outcome(outcome: str) -> str:
    """Write what became of a proposal."""
    return write_value(outcome, "outcome")


def write_status(status: Status) -> str:
    """Write where an action stands."""
    return STATUSES[status]


def write_manner(manner: Manner) -> str:
    """Write how a vote was taken."""
    return MANNERS[manner]


def write_percent(share: float) -> str:
    """Write a share as whole hundredths."""
    return f"{share:.0%}"


def write_field(field: str) -> str:
    """Write what a facet is called."""
    return FIELDS.get(field, field.capitalize())


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": write_day,
    "short_day": write_short_day,
    "days": write_range,
    "month": write_month,
    "typed_day": write_typed_day,
    "total": write_total,
    "sum": write_sum,
    "short_sum": write_short_sum,
    "short_total": write_short_total,
    "count_of": write_count,
    "value_of": write_value,
    "kind": write_kind,
    "outcome": write_outcome,
    "status": write_status,
    "manner": write_manner,
    "percent": write_percent,
    "field": write_field,
}
"""What templates may use after a bar."""
