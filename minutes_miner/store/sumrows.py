"""Turn the sums that somebody corrects of a decision into rows, and rows into what a trail holds.

A corrected sum keeps the words of the sum in whose place it stands, so that its quote is still what the document says;
one that is added stands on the words of the decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from minutes_miner.domain.vocabulary import SumRole
from minutes_miner.store.columns import LARGEST_AMOUNT, tidy_amount

Row = dict[str, Any]

SUM_ROWS = "sum_rows"
"""Names the sums of a decision among the facts of a correction: a list of objects."""

TAKES = f"sums such as '£12,500 grant; 2m approved; 300 EUR', or none; what a sum is: {', '.join(SumRole)}"

_MOST = 200
_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD"}
_SCALES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_SUM = re.compile(
    r"(?P<sign>[£€$])?(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,4})?) ?(?P<scale>k|m|bn)?"
    r"(?: (?P<currency>[A-Z]{3}))?(?: (?P<role>[a-z]+))?"
)
_EVIDENCE = ("start_offset", "end_offset", "page_number", "quote")


def read_sums(value: str) -> Row:
    """Turn what was typed into facts.

    Raises:
        ValueError: it tells no sums.
    """
    parts = [part.strip() for part in value.split(";") if part.strip()]
    if value.lower() in {"none", "null"}:
        return {SUM_ROWS: []}
    if not 0 < len(parts) <= _MOST:
        raise ValueError
    return {SUM_ROWS: [_read_one(part) for part in parts]}


def _read_one(part: str) -> Row:
    match = _SUM.fullmatch(part)
    if not match or (match["sign"] and match["currency"]):
        raise ValueError(part)
    amount = Decimal(match["number"].replace(",", "")) * _SCALES.get(match["scale"], 1)
    if amount > LARGEST_AMOUNT:
        raise ValueError(part)
    currency = match["currency"] or _SIGNS.get(match["sign"], "GBP")
    role = SumRole(match["role"]).value if match["role"] else None
    return {"amount": _plain(amount), "currency": currency, "role": role}


def describe_sums(rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Write sums for reading."""
    told = (f"{row['amount']} {row['currency']} {row['role'] or ''}".strip() for row in rows)
    return "; ".join(told) or None


def pick_sums(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Give rows of ``sums`` as JSON holds them."""
    names = ("currency", "role", *_EVIDENCE)
    return [{"amount": _plain(Decimal(row["amount"])), **{name: row[name] for name in names}} for row in rows]


def columns_of(rows: Sequence[Mapping[str, Any]]) -> Row:
    """Give what a row of ``decisions`` tells of its sums."""
    amounts = [Decimal(row["amount"]) for row in rows]
    largest = max(range(len(rows)), key=amounts.__getitem__, default=None)
    return {
        "sums": "; ".join(f"{row['amount']} {row['currency']}" for row in rows) or None,
        "largest_amount": amounts[largest] if largest is not None else None,
        "smallest_amount": min(amounts, default=None),
        "currency": rows[largest]["currency"] if largest is not None else None,
    }


def place_sums(rows: Sequence[Row], said: Sequence[Row], clause: Mapping[str, Any]) -> list[Row]:
    """Give each sum the words on which it stands.

    Args:
        rows: as they were corrected; one that has its words keeps them.
        said: the sums that the document itself states, with their words.
        clause: the words of the decision.
    """
    free = list(said)
    placed: list[Row | None] = [row if "quote" in row else _take(free, row) for row in rows]
    for place, row in enumerate(rows):
        if placed[place] is None:
            words = free.pop(0) if free else clause
            placed[place] = {**row, **{name: words[name] for name in _EVIDENCE}}
    return [row for row in placed if row is not None]


def _take(free: list[Row], row: Row) -> Row | None:
    """Take the words of the sum that is just this one, whatever it was said to be."""
    for other in free:
        if (other["amount"], other["currency"]) == (row["amount"], row["currency"]):
            free.remove(other)
            return {**row, **{name: other[name] for name in _EVIDENCE}}
    return None


def sums_in(records: Mapping[str, Sequence[Row]], decision: str) -> list[Row]:
    """Give the rows of ``sums`` that belong to a decision, of a document's rows by table."""
    places = {link["sum_position"] for link in records["decision_sums"] if link["decision_id"] == decision}
    return [row for row in records["sums"] if row["position"] in places]


def clause_in(records: Mapping[str, Sequence[Row]], decision: str) -> Row:
    """Give the first mention of a decision, of a document's rows by table."""
    return next(row for row in records["mentions"] if row["decision_id"] == decision)


def replace_sums(records: dict[str, list[Row]], decision: Row, placed: Sequence[Row]) -> None:
    """Put sums in the place of those that a decision has, in a document's rows by table."""
    own = {row["position"] for row in sums_in(records, decision["id"])}
    links = [link for link in records["decision_sums"] if link["decision_id"] != decision["id"]]
    kept = {link["sum_position"] for link in links}
    first = max((row["position"] for row in records["sums"]), default=-1) + 1
    sums = [row for row in records["sums"] if row["position"] in kept or row["position"] not in own]
    new, tied = sum_rows(placed, {"id": decision["id"], "document_id": decision["document_id"]}, first)
    records["sums"], records["decision_sums"] = [*sums, *new], [*links, *tied]


def sum_rows(placed: Sequence[Row], decision: Mapping[str, str], first: int) -> tuple[list[Row], list[Row]]:
    """Give rows of ``sums``, from a position on, and the rows that tie them to a decision."""
    document = decision["document_id"]
    new = [
        {**row, "amount": Decimal(row["amount"]), "position": first + place, "document_id": document}
        for place, row in enumerate(placed)
    ]
    links = [{"decision_id": decision["id"], "sum_position": row["position"], "document_id": document} for row in new]
    return new, links


def _plain(amount: Decimal) -> str:
    return f"{tidy_amount(amount):f}"
