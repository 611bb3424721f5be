"""Rows as CSV that a spreadsheet can open safely, and as JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest

from minutes_miner.export.tables import FORMATS, Row, format_cell

ROWS: list[Row] = [
    {"id": "a1", "text": '=HYPERLINK("x")', "amount": Decimal("-12.5"), "due": date(2031, 6, 1), "owners": ["A", "B"]},
    {"id": "b2", "text": 'line\nbreak, "quoted"', "amount": None, "due": None, "owners": []},
]


def test_csv_can_be_read_back_and_runs_no_formula() -> None:
    stream = io.StringIO()
    FORMATS["csv"](ROWS, stream, list(ROWS[0]))
    assert list(csv.reader(io.StringIO(stream.getvalue()))) == [
        ["id", "text", "amount", "due", "owners"],
        ["a1", "'=HYPERLINK(\"x\")", "-12.50", "2031-06-01", "A; B"],
        ["b2", 'line\nbreak, "quoted"', "", "", ""],
    ]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_formula_is_guarded(sign: str) -> None:
    assert format_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert format_cell([f"{sign}1", "b"]) == f"'{sign}1; b"


def test_numbers_keep_their_sign() -> None:
    assert [format_cell(Decimal("-5")), format_cell(-5)] == ["-5.00", "-5"]


def test_json_and_json_lines_hold_the_same() -> None:
    lines, array = io.StringIO(), io.StringIO()
    FORMATS["jsonl"](ROWS, lines, list(ROWS[0]))
    FORMATS["json"](ROWS, array, list(ROWS[0]))
    objects = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert objects == json.loads(array.getvalue())
    assert objects[0] == {
        "id": "a1",
        "text": '=HYPERLINK("x")',
        "amount": "-12.50",
        "due": "2031-06-01",
        "owners": ["A", "B"],
    }
