"""Gather the notes of a ruled table's Action column, and give each to the line beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from minutes_miner.parse.line import Line
from minutes_miner.parse.margin import CLOSE, INITIALS, join_note
from minutes_miner.parse.ruling import Slot


@dataclass(frozen=True, slots=True)
class Note:
    """Hold one note: its words and where it stands."""

    text: str
    top: float
    bottom: float


def group_notes(slots: Iterable[Slot], pitch: float = 0.0) -> list[Note]:
    """Gather the lines of a ruled Action column into notes: initials on lines of their own are notes of their own.

    Args:
        slots: the column's cells of one row.
        pitch: from line to line of the text beside them, in points; 0 where it is not known.
    """
    notes: list[Note] = []
    for slot in slots:
        first = True
        for line in slot.lines:
            if not re.search(r"\w", line.text):
                continue
            top, bottom = line.box[1], line.box[3]
            last = notes[-1] if notes and not first else None
            step = bottom - last.bottom if last is not None else 0.0
            near = step <= CLOSE * pitch if pitch else step < 1.8 * (bottom - top)
            if (
                last is not None
                and near
                and not (INITIALS.match(line.text) and INITIALS.match(last.text) and last.text[-1] not in "/,&")
            ):
                notes[-1] = Note(join_note(last.text, line.text), last.top, bottom)
            else:
                notes.append(Note(line.text, top, bottom))
            first = False
    return notes


def attach_notes(lines: list[Line], notes: Iterable[Note]) -> list[Line]:
    """Give each note to the line that it ends level with, or else to the nearest one above."""
    lines = list(lines)
    for note in notes:
        if not lines:
            break
        middle = note.bottom - 0.5 * min(note.bottom - note.top, 12)
        level = [index for index, line in enumerate(lines) if line.box[1] <= middle <= line.box[3]]
        above = [index for index, line in enumerate(lines) if line.box[1] <= middle]
        index = level[-1] if level else above[-1] if above else 0
        lines[index] = replace(lines[index], notes=(*lines[index].notes, note.text))
    return lines
