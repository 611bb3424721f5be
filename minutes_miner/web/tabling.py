"""Set the table of a report: its head, the name of each group, and a row an action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minutes_miner.web.linebreaking import MISSING, Style, clean, wrap
from minutes_miner.web.looks import (
    BLOCK_GAP,
    BODY,
    COLUMNS,
    GROUP,
    HEAD,
    LATE,
    LEFT,
    LINE,
    LINK,
    ROOM,
    SMALL,
    SOFT,
    STRONG,
    TINT,
)
from minutes_miner.web.report import Entry
from minutes_miner.web.tagging import Element, TaggedPdf

_HEAD_HEIGHT = 26.0
_ABOVE, _BELOW = 5.0, 6.0
"""Points between a row's rules and its words."""

_Lines = list[str]


@dataclass(frozen=True, slots=True)
class Block:
    """Hold what is not divided: how high it is, and what draws it from a height on."""

    height: float
    draw: Callable[[float], None]


@dataclass(slots=True)
class Reader:
    """Turn text into lines, and remember whether some of it can't be printed."""

    has_missing: bool = False

    def lines(self, text: str, style: Style, room: float) -> _Lines:
        """Break any text into lines."""
        cleaned = clean(text)
        self.has_missing = self.has_missing or MISSING in cleaned
        return wrap(cleaned, style, room)


class ActionTable:
    """Make the blocks of the one table; they must be drawn in the order in which they are read.

    Args:
        pdf: gets what is drawn.
        reader: breaks text into lines.
    """

    def __init__(self, pdf: TaggedPdf, reader: Reader) -> None:
        self._pdf, self._reader = pdf, reader
        self._table: Element = pdf.document
        self._body: Element = pdf.document

    def head(self) -> Block:
        """Set the head."""

        def draw(top: float) -> None:
            self._table = self._pdf.add("Table", self._pdf.document)
            self._draw_head(top, self._pdf.add("TR", self._pdf.add("THead", self._table)))

        return Block(_HEAD_HEIGHT, draw)

    def head_again(self) -> Block:
        """Set the head once more, for the eye alone."""
        return Block(_HEAD_HEIGHT, lambda top: self._draw_head(top, None))

    def _draw_head(self, top: float, row: Element | None) -> None:
        left = LEFT
        for label, room in COLUMNS:
            cell = self._pdf.add("TH", row, Scope="Column") if row else None
            lines = wrap(label, HEAD, room - BLOCK_GAP)
            self._pdf.write(cell, (left, top + 21 - len(lines) * HEAD.leading), lines, HEAD)
            left += room
        self._pdf.draw_rule((LEFT, top + _HEAD_HEIGHT - 1), ROOM, colour=SOFT)

    def name(self, name: str) -> Block:
        """Set the name of a group."""
        lines = self._name_lines(name)

        def draw(top: float) -> None:
            self._body = self._pdf.add("TBody", self._table)
            row = self._pdf.add("TR", self._body)
            self._draw_name(top, lines, self._pdf.add("TH", row, Scope="Column", ColSpan=len(COLUMNS)))

        return Block(_name_height(lines), draw)

    def name_again(self, name: str) -> Block:
        """Set the name of a group that goes on, for the eye alone."""
        lines = self._name_lines(f"{name} (continued)")
        return Block(_name_height(lines), lambda top: self._draw_name(top, lines, None))

    def _name_lines(self, name: str) -> _Lines:
        return self._reader.lines(name, GROUP, ROOM - BLOCK_GAP)

    def _draw_name(self, top: float, lines: _Lines, cell: Element | None) -> None:
        self._pdf.fill((LEFT, top), (ROOM, _name_height(lines)), colour=TINT)
        self._pdf.write(cell, (LEFT + 5, top + 3), lines, GROUP)

    def row(self, entry: Entry) -> Block:
        """Set an action: four cells, of which the last also tells where it stands and leads there."""
        styles = (STRONG, LATE if entry.late[:1].isdigit() else BODY, BODY, BODY)
        texts = (entry.due, entry.late, entry.owners, entry.words)
        rooms = [room - BLOCK_GAP for _, room in COLUMNS]
        cells = [self._reader.lines(*told) for told in zip(texts, styles, rooms, strict=True)]
        told = ((entry.where, None), (entry.source, entry.source_address), (entry.address, entry.address))
        ways = [(self._reader.lines(text, SMALL, rooms[-1]), address) for text, address in told if text]
        last = len(cells[-1]) * BODY.leading + 2 + sum(len(lines) for lines, _ in ways) * SMALL.leading
        height = max(last, *(len(lines) * BODY.leading for lines in cells)) + _ABOVE + _BELOW

        def draw(top: float) -> None:
            row, left = self._pdf.add("TR", self._body), LEFT
            for lines, style, (_, room) in zip(cells, styles, COLUMNS, strict=True):
                cell = self._pdf.add("TD", row)
                self._pdf.write(cell, (left, top + _ABOVE), lines, style)
                left += room
            under = top + _ABOVE + len(cells[-1]) * BODY.leading + 2
            self._draw_ways(cell, (left - COLUMNS[-1][1], under), ways)
            self._pdf.draw_rule((LEFT, top + height), ROOM, colour=LINE)

        return Block(height, draw)

    def _draw_ways(self, cell: Element, at: tuple[float, float], ways: list[tuple[_Lines, str | None]]) -> None:
        left, top = at
        for lines, address in ways:
            if address:
                self._pdf.link(cell, (left, top), lines, LINK, to=address)
            else:
                self._pdf.write(cell, (left, top), lines, SMALL)
            top += len(lines) * SMALL.leading


def _name_height(lines: _Lines) -> float:
    return len(lines) * GROUP.leading + 6
