"""Tables that plain text sets with bars, tabs or spaces are read cell by cell; other gaps stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.domain.outline import CELL_MARK
from minutes_miner.parse.plaintable import mark_tables

_ROWS = [
    ["Action", "Owner", "By when"],
    ["Ask for a price", "Clerk", "May"],
    ["Thank the band", "Cllr Yeo", ""],
]
_BARS = """| Action | Owner | By when |
|---|---|---|
| Ask for a price | Clerk | May |
| Thank the band | Cllr Yeo | |"""
_OPEN_BARS = """Action | Owner | By when
Ask for a price | Clerk | May
Thank the band | Cllr Yeo |"""
_TABS = """Action\tOwner\tBy when
Ask for a price\tClerk\tMay
Thank the band\tCllr Yeo"""
_SPACES = """Action             Owner       By when
Ask for a price    Clerk       May
Thank the band     Cllr Yeo"""


def _cells(text: str) -> list[list[str]]:
    return [line.split(CELL_MARK) for line in mark_tables(text).split("\n") if CELL_MARK in line]


@pytest.mark.parametrize("table", [_BARS, _OPEN_BARS, _TABS, _SPACES], ids=["bars", "open bars", "tabs", "spaces"])
def test_cells_are_found(table: str) -> None:
    assert _cells(f"Heading\n\n{table}\n\nThe meeting closed.") == _ROWS


def test_a_line_that_goes_on_with_one_cell_belongs_to_the_row_above() -> None:
    text = """Ref   Action              Who
1     Ask for a price     Clerk
      of a new pump
2     Thank the band      GY"""
    assert _cells(text)[1:] == [["1", "Ask for a price of a new pump", "Clerk"], ["2", "Thank the band", "GY"]]


@pytest.mark.parametrize(
    "text",
    [
        "Present:   Cllr Ash    Cllr Birch\nIn attendance:   the Clerk   Mr Coyle",
        "Quay Council | Minutes | 3\nQuay Council | Minutes | 4",
        "24/0412 | Quay Lane | Shed | No objection\n24/0413 | Mill Lane | Porch | Object",
        "1.\tMinutes\tAgreed\n2.\tAccounts\tNoted",
        "What is done    when nobody looks\nis hard to say",
    ],
)
def test_other_gaps_stay_as_they_are(text: str) -> None:
    assert mark_tables(text) == text


def test_many_lines_of_bars_that_are_no_table_end_soon() -> None:
    text = "a | b | c\n" * 20_000
    assert mark_tables(text) == text


@given(st.text(alphabet="aB1 |\t\n-–", max_size=200), st.sampled_from([_BARS, _TABS, _SPACES]))
def test_no_word_is_lost(text: str, table: str) -> None:
    whole = f"{text}\n{table}\n{text}"
    kept = mark_tables(whole).replace(CELL_MARK, " ")
    assert sorted(c for c in kept if c.isalnum()) == sorted(c for c in whole if c.isalnum())
