"""Dates, sums, sizes and limits as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner

from minutes_miner.cli.options import AMOUNT, DAY, Size, limit_options
from minutes_miner.config import Limits


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


@pytest.mark.parametrize(
    ("typed", "size"),
    [("2000000", 2_000_000), ("100MB", 100_000_000), ("1.5 gb", 1_500_000_000), ("500k", 500_000), ("7b", 7)],
)
def test_a_size(typed: str, size: int) -> None:
    assert Size().convert(typed, None, None) == size


@pytest.mark.parametrize("typed", ["", "MB", "-5", "1,5GB", "ten", "5tb", "nan", "1e9", "9" * 5000])
def test_no_size(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="is no size; write 100MB, 1.5GB or 2000000"):
        Size().convert(typed, None, None)


@pytest.mark.parametrize("typed", ["0", "0.0001k", "499MB"])
def test_too_small_a_size(typed: str) -> None:
    with pytest.raises(click.BadParameter, match="is too little; give at least 500MB"):
        Size(500_000_000).convert(typed, None, None)


def test_limits_are_read_and_have_the_defaults_of_the_settings() -> None:
    seen: list[Limits] = []

    @click.command()
    @limit_options
    def command(limits: Limits) -> None:
        seen.append(limits)

    options = "--no-ocr --max-bytes 2MB --max-pages 7 --max-seconds 1.5 --max-memory 1GB"
    for arguments in ("", options):
        assert CliRunner().invoke(command, arguments.split()).exit_code == 0
    assert seen == [Limits(), Limits(2_000_000, max_pages=7, max_seconds=1.5, max_memory=1_000_000_000, ocr=False)]
