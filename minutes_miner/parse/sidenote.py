"""Take the notes of a document's Action column page by page, and carry those that stand apart over the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from minutes_miner.parse.line import Line
from minutes_miner.parse.margin import INITIALS, find_pitch, is_action_header, is_clear, join_note, take_notes
from minutes_miner.parse.ruling import Grid, Slot
from minutes_miner.parse.slotnote import attach_notes, group_notes
from minutes_miner.parse.strip import find_column, take_headers

_OPEN = re.compile(r"[/,&-]$|\band$|^(?:Cllrs?|Councillor|Mrs?|Ms|Miss|Dr)\.?$")
"""The end of a note that goes on."""
_ENDED = re.compile(r"[.:;!?][\"'\u2019\u201d)]*$")
_NAME = re.compile(r"[A-Z]\w+(?:[\u2019'-]\w+)*$")


class SideNotes:
    """Take the notes off pages that are read one after another.

    Args:
        pages: the lines of each page, without furniture.
        width: of a page, in points.
    """

    def __init__(self, pages: Sequence[Sequence[Line]], width: float) -> None:
        self._lines = [line for lines in pages for line in lines]
        self._column = find_column(pages, width)
        self._clear: dict[int, bool] = {}
        self._below = 0.0
        self._headed = False
        self._early: list[str] = []
        self._late: list[str] = []
        self._waiting: list[str] = []

    def take_header(self, lines: list[Line]) -> list[Line]:
        """Take the column's header off a page's lines; once it was met, notes stand above it too."""
        lines, column, below = take_headers(lines)
        self._below = 0.0 if column is None or self._headed else below
        if column is not None:
            self._column, self._headed = column, True
        return lines

    def take(self, band: list[Line], *, opens: bool, ends: bool) -> list[Line]:
        """Take the notes off the lines of a band.

        Args:
            band: lines between two of the page's tables, or above, below or without any.
            opens: whether nothing stands above it on the page.
            ends: whether nothing stands below it.
        """
        column = self._column
        if column is None:
            return band
        clear = self._clear.get(round(column))
        if clear is None:
            clear = self._clear[round(column)] = is_clear(column, self._lines)
        lines, early, late = take_notes(band, column, self._below, clear=clear)
        if opens or not lines:
            (self._early if opens else self._late).extend(early)
        else:
            lines[0] = replace(lines[0], notes=(*early, *lines[0].notes))
        if ends or not lines:
            self._late += late
        else:
            lines[-1] = replace(lines[-1], notes=(*lines[-1].notes, *late))
        return lines

    def attach(self, rows: Iterable[tuple[list[Line], list[Slot]]], *, goes_on: bool) -> list[Line]:
        """Give the lines of a ruled table's rows, those of each with its notes.

        Args:
            rows: of each row the lines of running text, and the slots of its Action column.
            goes_on: whether the table goes on from the page before.
        """
        given: list[Line] = []
        for index, (lines, slots) in enumerate(rows):
            if index == 0 or not lines:
                slots = [_drop_header(slot) for slot in slots]
            notes = group_notes(slots, find_pitch(lines))
            given += attach_notes(lines, notes)
            if not lines:
                (self._early if goes_on and not given else self._late).extend(note.text for note in notes)
        return given

    def turn(self, flow: list[Line | Grid], page: list[Line | Grid]) -> None:
        """Put what stands on a page after what stood before, and the notes that stand apart beside their lines.

        A note under all text of a page belongs to the text over the page, whose row was parted there; one above all
        text, or level with its first line, may be the rest of the last note of the page before.
        """
        early, self._early = self._early, []
        last = flow[-1] if flow else None
        if isinstance(last, Line) and last.notes:
            rest = early.pop(0) if early and _is_open(last.notes[-1], early[0]) else None
            if rest is None and not _ENDED.search(last.text):
                rest = _take_rest(last.notes[-1], page)
            if rest is not None:
                flow[-1] = replace(last, notes=(*last.notes[:-1], join_note(last.notes[-1], rest)))
        waiting = (*self._waiting, *early)
        at, first = next(((at, item) for at, item in enumerate(page) if isinstance(item, Line)), (0, None))
        if first:
            page[at] = replace(first, notes=(*waiting, *first.notes))
            waiting = ()
        self._waiting, self._late = [*waiting, *self._late], []
        flow += page

    def end(self, flow: list[Line | Grid]) -> None:
        """Give notes that wait for a line the last one."""
        for at in range(len(flow) - 1, -1, -1):
            line = flow[at]
            if isinstance(line, Line):
                flow[at] = replace(line, notes=(*line.notes, *self._waiting))
                break


def _drop_header(slot: Slot) -> Slot:
    """Take the column's header off a cell, which stands in the cell where no rule parts them over the page."""
    at = next((at for at, line in enumerate(slot.lines) if not is_action_header(line.text)), len(slot.lines))
    return replace(slot, lines=slot.lines[at:])


def _take_rest(note: str, page: list[Line | Grid]) -> str | None:
    """Take the rest of a note off the first lines of a page, which go on with its paragraph; None without one."""
    for at, line in enumerate(page):
        if not isinstance(line, Line):
            break
        if line.notes and _is_open(note, line.notes[0]):
            page[at] = replace(line, notes=line.notes[1:])
            return line.notes[0]
        if line.notes or _ENDED.search(line.text):
            break
    return None


def _is_open(note: str, rest: str) -> bool:
    """Tell whether a note at a page's foot is only the beginning of one: of a name, or of several."""
    if _OPEN.search(note):
        return True
    return bool(_NAME.match(note) and _NAME.match(rest)) and not (INITIALS.match(note) or INITIALS.match(rest))
