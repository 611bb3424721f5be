"""Tell what the columns of a table hold, from their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.source import Block

_NO_DECISIONS = ("HEADER_SUM", "HEADER_FUTURE")
"""Kinds of columns that no table of decisions has: what was paid or voted, what is yet to come."""


def find_decision_cells(text: str, blocks: Sequence[Block]) -> dict[int, Offsets]:
    """Find the cells that tell what was decided of their rows, as in lists of planning applications and of decisions.

    Args:
        text: the whole text.
        blocks: its blocks.

    Returns:
        For the index of each such block, where its row begins and where the cell ends.
    """
    cells = [(index, block) for index, block in enumerate(blocks) if block.cell]
    found: dict[int, Offsets] = {}
    for _, group in groupby(cells, key=lambda pair: pair[1].cell.table if pair[1].cell else -1):
        table = list(group)
        column = _decision_column(text, [block for _, block in table])
        starts: dict[int, int] = {}
        named = False
        for index, block in table:
            if block.cell is None:
                continue
            row = block.cell.row
            starts.setdefault(row, block.start)
            if column is None and block.cell.column == 0:
                named = bool(load_phrases("sections")["DECISION"].match(text, block.start, block.end))
            elif (block.cell.column == column and row > 0) or (named and block.cell.column == 1):
                found[index] = (block.start if named else starts[row], block.end)
    return found


def _decision_column(text: str, table: list[Block]) -> int | None:
    """Tell which column of a table tells decisions, or None."""
    phrases = load_phrases("actions")
    heads = {b.cell.column: name_column(text, b) for b in table if b.cell and (b.cell.header or b.cell.row == 0)}
    if any(phrases[kind].match(head) for head in heads.values() for kind in _NO_DECISIONS):
        return None
    if any(re.search("action", head, re.IGNORECASE) for head in heads.values()) and any(
        phrases["HEADER_OWNER"].match(head) for head in heads.values()
    ):
        return None
    if not any(phrases["HEADER_MATTER"].match(head) for head in heads.values()):
        return None
    named = [column for column, head in heads.items() if phrases["HEADER_DECISION"].match(head)]
    return named[0] if named else None


def name_column(text: str, block: Block) -> str:
    """Give the name of a cell's column; a cell of the first row can name it itself."""
    if block.cell is None:
        return ""
    return block.cell.header or (text[block.start : block.end] if block.cell.row == 0 else "")
