"""Read tasks from the rows of action tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from minutes_miner.annotate.columns import name_column
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout
from minutes_miner.domain.finding import Offsets, Task
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import Status

_CONFIDENCE = 0.93


def find_table_tasks(layout: Layout) -> Iterator[Task]:
    """Give the open tasks of tables that have a column for the action and one for its owner.

    Args:
        layout: the document.

    Yields:
        One task a row; rows told as done, and rows without words, are left out.
    """
    phrases = load_phrases("actions")
    cells = [block for block in layout.blocks if block.cell]
    for _, table in groupby(cells, key=lambda block: block.cell.table if block.cell else -1):
        rows = list(table)
        columns = _columns(layout.text, rows)
        if "action" in columns and ("owner" in columns or "status" in columns):
            yield from _row_tasks(layout.text, rows, columns)
        elif any(phrases["HEADER_DECISION"].match(name_column(layout.text, block)) for block in rows):
            yield from _note_tasks(layout.text, rows)


def _columns(text: str, cells: list[Block]) -> dict[str, int]:
    """Tell which column holds what, from the headers."""
    phrases = load_phrases("actions")
    found: dict[str, int] = {}
    for block in cells:
        if block.cell is None:
            continue
        header = name_column(text, block)
        for name in ("action", "owner", "due", "status"):
            if phrases[f"HEADER_{name.upper()}"].match(header):
                found.setdefault(name, block.cell.column)
    unnamed = not any(block.cell and block.cell.column == 0 and name_column(text, block) for block in cells)
    if unnamed and "owner" in found and ("due" in found or "status" in found):
        found.setdefault("action", 0)
    return found


def _row_tasks(text: str, cells: list[Block], columns: dict[str, int]) -> Iterator[Task]:
    phrases = load_phrases("actions")
    for _, row in groupby(cells, key=lambda block: block.cell.row if block.cell else -1):
        parts = {block.cell.column: block for block in row if block.cell}
        action = parts.get(columns["action"])
        if (
            action is None
            or len(text[action.start : action.end]) < 8
            or phrases["HEADER_ACTION"].match(text[action.start : action.end])
        ):
            continue
        status = parts.get(columns.get("status", -1))
        if any(phrases["STATUS_DONE"].match(text[b.start : b.end]) for b in parts.values()) or phrases["DONE"].search(
            text[action.start : action.end]
        ):
            continue
        owner = parts.get(columns.get("owner", -1))
        due = parts.get(columns.get("due", -1))
        update: tuple[Offsets, ...] = ((action.start, status.end),) if status and status.start > action.end else ()
        yield Task(
            action.start,
            action.end,
            _split(text, owner) if owner else (),
            "TABLE",
            _CONFIDENCE,
            update,
            Status.OPEN,
            (due.start, due.end) if due else None,
        )


def _note_tasks(text: str, cells: list[Block]) -> Iterator[Task]:
    """Give the deeds of an Action column beside decisions, each with its owner behind it."""
    for block in cells:
        if block.cell is None or block.cell.row == 0 or "action" not in name_column(text, block).lower():
            continue
        told = load_phrases("actions")["NOTE_DEED"].match(text, block.start, block.end)
        if told:
            due = told.span("due") if told["due"] else None
            mentions = ((block.start, block.end),)
            yield Task(*told.span("deed"), (told.span("owner"),), "TABLE", _CONFIDENCE, mentions, Status.OPEN, due)


def _split(text: str, block: Block) -> tuple[Offsets, ...]:
    found: list[Offsets] = []
    begin = block.start
    for end in [i for i in range(block.start, block.end) if text[i] in "/,&;\n"] + [block.end]:
        words = text[begin:end]
        start = begin + len(words) - len(words.lstrip())
        if words.strip():
            found.append((start, start + len(words.strip())))
        begin = end + 1
    return tuple(found)
