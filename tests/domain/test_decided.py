"""Which sums of a decision are the money that it decides."""

from __future__ import annotations

from decimal import Decimal

import pytest

from minutes_miner.domain.decided import find_decided, find_spent
from minutes_miner.domain.record import Evidence, MoneyAmount
from minutes_miner.domain.vocabulary import Kind, SumRole

CASES = [
    ("a sum of unknown role is decided by what settles", "approve", "?", "?", "?"),
    ("and not by what does not", "request", "?", "", ""),
    ("nor by a refusal", "refuse", "?", "", ""),
    ("a grant is decided by its refusal", "refuse", "grant", "grant", "grant"),
    ("what is noted is decided elsewhere", "note", "approved budget ?", "", ""),
    ("a consultee decides nothing", "comment", "cost", "", ""),
    ("a limit is no sum decided", "authorise", "threshold", "", ""),
    ("a price of one is no total", "agree", "rate", "", ""),
    ("the balance stands beside the payment", "approve", "payment balance", "payment", "payment"),
    ("the budget is where a contract is paid from", "approve", "budget contract", "contract", "contract"),
    ("a budget that is set is decided", "approve", "budget", "budget", "budget"),
    ("a cost that is agreed is decided", "agree", "cost part", "cost", "cost"),
    ("a total is not added to its payments", "approve", "payment total", "payment total", "payment"),
    ("a total alone is added up", "approve", "total", "total", "total"),
    ("a saving is decided and not spent", "agree", "saving", "saving", ""),
    ("income is decided and not spent", "approve", "income", "income", ""),
]


def make(roles: str) -> list[MoneyAmount]:
    names = roles.split()
    return [
        MoneyAmount(Evidence(place, place + 2, "£1"), Decimal(1), "GBP", None if name == "?" else SumRole(name))
        for place, name in enumerate(names)
    ]


@pytest.mark.parametrize(("kind", "roles", "decided", "spent"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_decided_sums(kind: str, roles: str, decided: str, spent: str) -> None:
    found = find_decided(Kind(kind), make(roles))
    assert [item.role or "?" for item in found] == decided.split()
    assert [item.role or "?" for item in find_spent(found)] == spent.split()
