"""Rows of invented councils, built by hand, with values that formats stumble over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from minutes_miner.domain.dataset import (
    ACTIONS,
    DECISIONS,
    PARTIES,
    PERSONAL_VOTES,
    SUMS,
    TABLES,
    VOTES,
    Dataset,
    Row,
    Table,
)

PARK, LIDO, STALL, SIGN, OLD = "aa00000000000001", "aa00000000000002", "aa00000000000003", "aa00000000000004", "05"
ODD = "Cyngor Môr/Bryn 50%"
FORMULA = '=HYPERLINK("http://thief.example", "minutes")'
PROVENANCE: Mapping[str, object] = {
    "program": {"name": "minutes-miner", "version": "0.0"},
    "created": "2031-05-06T07:08:09+00:00",
    "pipelines": {"rules-1": 5},
    "database": {"kind": "sqlite", "name": "tarn"},
    "filters": {"query": "park"},
}
_ORIGIN = {"source": "m/1.txt", "url": None, "document_id": "d0c0000000000001", "pipeline": "rules-1"}
_PLACE = {"page_number": 2, "start_offset": 10, "end_offset": 30}


def full(table: Table, **values: object) -> Row:
    """Give a row of a table: what is not told is None, or an empty list."""
    lists = {"owners": [], "ballots": []}
    assert set(values) <= set(table.columns)
    return {name: values.get(name, lists.get(name)) for name in table.columns}


def decision(key: str, text: str, **values: object) -> Row:
    known = {"kind": "approve", "outcome": "carried", "procedural": False, "confidence": 0.75, **_ORIGIN, **_PLACE}
    return full(DECISIONS, **{**known, "id": key, "text": text, **values})


def action(key: str, text: str, **values: object) -> Row:
    known = {"id": key, "text": text, "status": "open", "confidence": 0.5, **_ORIGIN, **_PLACE}
    return full(ACTIONS, **{**known, **values})


def vote(key: str, text: str, manner: str, **values: object) -> Row:
    known = {"decision_id": key, "text": text, "manner": manner, "outcome": "carried", **_ORIGIN, **_PLACE}
    return full(VOTES, **{**known, **values})


def money(key: str, position: int, amount: str, **values: object) -> Row:
    known = {"decision_id": key, "position": position, "quote": f"£{amount}", "amount": Decimal(amount)}
    return full(SUMS, **{**known, "currency": "GBP", "kind": "approve", "outcome": "carried", **_ORIGIN, **values})


TARN = {"authority": "Tarn District Council", "committee": "Parks Panel", "meeting_date": date(2031, 2, 3)}
MOR = {"authority": ODD, "meeting_date": date(2030, 12, 31)}
MARSH = {"text": "Cllr Marsh", "name": "Marsh", "role": None}
CLERK = {"text": "the Clerk", "name": None, "role": "Clerk"}
ROWS: dict[str, list[Row]] = {
    "decisions": [
        decision(OLD, "that the well be dug", meeting_date=date(1894, 12, 4), page_number=None),
        decision(STALL, FORMULA, **MOR, url="https://mor.example/m?id=1&p=2", due_from=date(2031, 1, 1)),
        decision(SIGN, "-that the sign, “Tarn\r\nWest”, be \x07mended", **MOR, outcome="lost"),
        decision(
            PARK,
            "that £784,000.00 be spent on the park",
            **TARN,
            largest_amount=Decimal("784000.00"),
            currency="GBP",
            sums="784000.00 GBP; 0.125 GBP",
            owners=[MARSH, CLERK],
            votes_for=3,
            votes_against=2,
        ),
        decision(LIDO, "that the lido be kept", **TARN, procedural=True),
    ],
    "actions": [action("ac00000000000001", "write to the baker", **TARN, owners=[CLERK], due_to=date(2031, 3, 1))],
    "sums": [
        money(PARK, 0, "784000.00", **TARN),
        money(PARK, 1, "0.125", **TARN),
        money(PARK, 2, "123456789012345678901234.99", **TARN),
    ],
    "votes": [
        vote(SIGN, "that the sign be mended", "counted", **MOR, outcome="lost", votes_for=1, votes_against=4),
        vote(
            PARK,
            "that £784,000.00 be spent on the park",
            "named",
            **TARN,
            mover="Marsh",
            url="https://tarn.example/7",
            ballots=[
                {"person": "Cllr Marsh", "ballot": "for"},
                {"person": "Cllr Ó Broin", "ballot": "against"},
                {"person": "Cllr Reed", "ballot": "abstain"},
            ],
        ),
        vote(LIDO, "that the lido be kept", "unanimous", **TARN, outcome="withdrawn"),
    ],
}


MARSHES, BROIN, REEDS = "bb00000000000001", "bb00000000000002", "bb00000000000003"
PEOPLE: list[Row] = [
    {
        **{"id": MARSHES, "kind": "person", "authority": TARN["authority"], "name": "Ann Marsh"},
        **{"is_resolved": True, "may_be": None, "names": [{"text": "Ann Marsh"}, {"text": "Cllr Marsh"}]},
        "seats": [{"body": "Parks Panel", "role": "Chair"}, {"body": "Cabinet", "role": None}],
    },
    {
        **{"id": REEDS, "kind": "person", "authority": TARN["authority"], "name": "Reed"},
        **{"is_resolved": False, "may_be": "Jo Reed; Kit Reed", "names": [{"text": "Cllr Reed"}], "seats": []},
    },
    full(PARTIES, id="bb00000000000004", kind="post", authority=TARN["authority"], name="Clerk", is_resolved=True),
    full(PARTIES, id="bb00000000000005", kind="post", authority="Elsewhere", name="Clerk", is_resolved=True),
    full(PARTIES, id="bb00000000000006", kind="person", authority=TARN["authority"], name="Silent", is_resolved=True),
]
"""Parties: Councillor Ó Broin is not resolved yet."""

PARTS = [
    {"part": "moved", "text": "Marsh", "party_id": MARSHES},
    {"part": "voted", "text": "Cllr Marsh", "party_id": MARSHES},
    {"part": "voted", "text": "Cllr Reed", "party_id": REEDS},
]


def dataset(*names: str, escape: bool = True) -> Dataset:
    """Give a dataset of some tables, or of all."""
    tables = tuple(TABLES[name] for name in names or TABLES)

    def rows(table: Table) -> Iterator[Row]:
        if table is PERSONAL_VOTES:
            return ({**row, "parts": PARTS if row["decision_id"] == PARK else []} for row in ROWS[table.name])
        return iter(PEOPLE if table is PARTIES else ROWS[table.name])

    return Dataset(tables, rows, PROVENANCE, escape=escape)


def empty(*names: str) -> Dataset:
    """Give a dataset whose tables have no rows."""
    return Dataset(tuple(TABLES[name] for name in names or TABLES), lambda table: iter(()), PROVENANCE)
