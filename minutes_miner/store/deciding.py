"""Tell which sums the decisions of a document decide, and which of them are one sum told several times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from minutes_miner.domain.decided import find_decided, find_spent
from minutes_miner.domain.vocabulary import Kind, SumRole
from minutes_miner.store.recordkey import bare_words
from minutes_miner.store.tables import decided_sums, decision_sums, decisions, documents, sums
from minutes_miner.store.tags import standing_in

Row = dict[str, Any]

FACTS = ("decided_amount", "least_decided", "decided_currency")
"""What a row of ``decisions`` tells of the sums that it decides."""

_REFERENCE = re.compile(r"\b(?=[\d/]*[A-Z])[A-Z0-9]+(?:/[A-Z0-9]+){2,}\b")
"""Finds the number of a report, such as CAB/24/017."""

_TOLD_BEFORE = re.compile(r"\b(?:the|this|that|said|such) (?:(?:sum|grant|amount|payment) of )?$", re.IGNORECASE)
_RECIPIENT = re.compile(
    r"\s*(?:be (?:made|given|paid|awarded|granted) )?to ((?:(?!(?:and|from|for|to|be|in|at|as)\b)[\w'’&-]+ *){1,4})"
)
_IDLE = {"the", "a", "an", "of", "its"}
_AROUND = 100
"""Characters beside a sum in which its recipient is looked for."""


class _Sum(NamedTuple):
    """Hold a sum that a decision decides, and the rows that tell of it."""

    decision: Row
    row: Row
    role: SumRole | None
    is_spent: bool = False


def decide(
    document: Row, found: Sequence[Row], named: Iterable[Row], links: Iterable[Row]
) -> tuple[list[Row], list[Row]]:
    """Tell what the decisions of a document decide.

    Args:
        document: its row.
        found: rows of ``decisions``.
        named: rows of ``sums``.
        links: rows of ``decision_sums``.

    Returns:
        The rows of ``decisions`` with FACTS, and rows of ``decided_sums``, their decisions told by ``decision_id``.
    """
    by_position = {row["position"]: row for row in named}
    of_decision: dict[str, list[Row]] = defaultdict(list)
    for link in links:
        of_decision[link["decision_id"]].append(by_position[link["sum_position"]])
    decided = [list(_of_one(row, of_decision[row["id"]])) for row in found]
    marked = [{**row, **_facts(own)} for row, own in zip(found, decided, strict=True)]
    told = [one for own in decided for one in own]
    once = _repeated(told, document["text"]) if len(told) > 1 else {}
    return marked, [
        {
            "decision_id": one.decision["id"],
            "document_id": document["id"],
            "position": place,
            "item": one.decision["item_number"] or one.decision["item_title"],
            **{name: one.row[name] for name in ("amount", "currency", "role")},
            "is_spent": one.is_spent,
            **{name: one.decision.get(name) for name in ("kind", "outcome", "topics")},
            "standing": standing_in(document, one.decision),
            "once": once.get(place),
        }
        for place, one in enumerate(told)
    ]


def decide_anew(connection: Connection, document_id: str) -> None:
    """Write what the decisions of a stored document decide, after one of them was corrected."""
    document = dict(connection.execute(select(documents).where(documents.c.id == document_id)).one()._mapping)
    found = _read(connection, select(decisions).where(decisions.c.document_id == document_id))
    named = _read(connection, select(sums).where(sums.c.document_id == document_id))
    linked = select(decision_sums).where(decision_sums.c.document_id == document_id)
    marked, told = decide(document, found, named, _read(connection, linked.order_by(decision_sums.c.sum_position)))
    numbers = {row["id"]: row["number"] for row in found}
    connection.execute(delete(decided_sums).where(decided_sums.c.document_id == document_id))
    if told:
        rows = [{**row, "number": numbers[row.pop("decision_id")]} for row in told]
        connection.execute(insert(decided_sums), rows)
    changed = [
        {"wanted": new["number"], **{name: new[name] for name in FACTS}}
        for new, old in zip(marked, found, strict=True)
        if any(new[name] != old[name] for name in FACTS)
    ]
    if changed:
        setting = update(decisions).where(decisions.c.number == bindparam("wanted"))
        connection.execute(setting.values({name: bindparam(name) for name in FACTS}), changed)


def _read(connection: Connection, statement: Any) -> list[Row]:
    return [dict(row._mapping) for row in connection.execute(statement)]


def _of_one(decision: Row, named: Sequence[Row]) -> Iterator[_Sum]:
    """Give the sums that a decision decides."""
    known = [_Sum(decision, row, SumRole(row["role"]) if row["role"] else None) for row in named]
    decided = find_decided(Kind(decision["kind"]), known)
    spent = {one.row["position"] for one in find_spent(decided)}
    for one in decided:
        yield one._replace(is_spent=one.row["position"] in spent)


def _facts(own: Sequence[_Sum]) -> Row:
    most = max(own, key=_amount, default=None)
    least = min(map(_amount, own), default=None)
    return dict(zip(FACTS, (most and most.row["amount"], least, most and most.row["currency"]), strict=True))


def _amount(one: _Sum) -> Decimal:
    amount: Decimal = one.row["amount"]
    return amount


def _repeated(told: Sequence[_Sum], text: str) -> dict[int, int]:
    """Give the first place of each sum that several places tell, by place."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(told):
        alike[one.row["currency"], one.row["amount"]].append(place)
    once: dict[int, int] = {}
    for places in alike.values():
        for same in _parts(told, places) if len(places) > 1 else ():
            for group in _by_recipient(told, same, text):
                once |= dict.fromkeys(group, group[0]) if len(group) > 1 else {}
    return once


def _parts(told: Sequence[_Sum], places: Sequence[int]) -> list[list[int]]:
    """Put equal sums together that stand in one item, in items of one title, or under one report."""
    parts: list[tuple[set[tuple[str, str]], list[int]]] = []
    for place in places:
        keys, joined = _matters(told[place].decision), [place]
        apart = []
        for other, held in parts:
            if other & keys:
                keys, joined = keys | other, [*held, *joined]
            else:
                apart.append((other, held))
        parts = [*apart, (keys, sorted(joined))]
    return [held for _, held in parts]


def _matters(decision: Row) -> set[tuple[str, str]]:
    """Tell what a decision is about: its item, the item's title, the reports it names."""
    number, title = decision["item_number"], bare_words(decision["item_title"] or "")
    found = {("report", code) for code in _REFERENCE.findall(f"{decision['item_title'] or ''} {decision['text']}")}
    if title:
        found.add(("title", title))
    if number or not title:
        found.add(("number", number or ""))
    return found


def _by_recipient(told: Sequence[_Sum], places: Sequence[int], text: str) -> list[list[int]]:
    """Part equal sums of one matter that go to several: only where the words name each, and no word is in both."""
    groups: list[tuple[set[str], list[int]]] = []
    for place in places:
        words = _recipient(told[place].row, text)
        known = next((group for group in groups if not words or not group[0] or group[0] & words), None)
        if known is None:
            groups.append((words, [place]))
        else:
            known[1].append(place)
            known[0].update(words)
    return [held for _, held in groups]


def _recipient(row: Row, text: str) -> set[str]:
    """Give the words for whom a sum goes to; none where they are not named, or it is a sum that was told before."""
    start, end = row["start_offset"], row["end_offset"]
    if _TOLD_BEFORE.search(text[max(0, start - _AROUND) : start]):
        return set()
    match = _RECIPIENT.match(text[end : end + _AROUND])
    return set(bare_words(match[1]).split()) - _IDLE if match else set()
