"""Dates and sums as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import click
import pytest

from minutes_miner.cli.options import AMOUNT, DAY


@pytest.mark.parametrize("typed", ["2024-03-31", "31/03/2024", " 2024-03-31 "])
def test_a_day(typed: str) -> None:
    assert DAY.convert(typed, None, None) == date(2024, 3, 31)


@pytest.mark.parametrize("typed", ["2024-02-30", "03/31/2024", "yesterday", "", "2024"])
def test_no_day(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="is no date; write 2024-03-31 or 31/03/2024"):
        DAY.convert(typed, None, None)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("500000", "500000"),
        ("500,000", "500000"),
        ("500k", "500000"),
        ("£1.5m", "1500000"),
        ("£1.5 million", "1500000"),
        ("2bn", "2000000000"),
        ("12.34", "12.34"),
        ("£ 10K", "10000"),
    ],
)
def test_a_sum(typed: str, amount: str) -> None:
    assert AMOUNT.convert(typed, None, None) == Decimal(amount)


@pytest.mark.parametrize("typed", ["", "k", "-5", "1.2.3", "ten", "5x", "nan", "1e400"])
def test_no_sum(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="is no sum; write 500000, 500k or £1.5m"):
        AMOUNT.convert(typed, None, None)
