"""The tables of an export, and their description for readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutes_miner.domain.dataset import TABLES, Field

PAGE = Path(__file__).parents[2] / "docs" / "exports.md"


def line(field: Field) -> str:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    return f"| {name} | {field.type.value} | {field.meaning} |"


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_documented(name: str) -> None:
    section = re.split(r"^##+ ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    (found,) = [part for part in section if part.startswith(f"{name}\n")]
    rows = [row for row in found.splitlines() if row.startswith("| ")][1:]
    assert rows == [line(field) for field in TABLES[name].fields]
    assert TABLES[name].about in found


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_one_name_each_and_keys_are_columns(name: str) -> None:
    table = TABLES[name]
    assert len(set(table.columns)) == len(table.columns) > 10
    assert {field.name for field in table.fields if field.required} >= set(table.key)
