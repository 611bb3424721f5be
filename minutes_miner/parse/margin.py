"""Take the notes of an Action column off the lines they stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from minutes_miner.parse.glyph import Word
from minutes_miner.parse.line import Line
from minutes_miner.parse.ruling import Slot

ACTION_HEADER = re.compile(
    r"(?:actions?|action\s+points?(?:\(s\))?|actions?\s+(?:by|owner|required|for|items?)|owners?|by\s+whom|lead"
    r"|lead\s+officer|responsible|responsibility|who)"
    r"\s*[:.]?$",
    re.IGNORECASE,
)
LETTERS = r"(?:[A-Z]{1,4}|[A-Z]{1,3}[a-z]|[A-Z][a-z]{0,2}[A-Z]{1,2})"
INITIALS = re.compile(
    rf"(?:{LETTERS}|All|Clerk|Chair(?:man)?|Secretary|Treasurer|Cllrs?\.?\s+[A-Z]\w+)(?:\s*(?:[/,&+]"
    rf"|and)\s*(?:{LETTERS}|All|Clerk|Chair(?:man)?|Secretary|Treasurer))*[/.]?$"
)
ALIGNED = 3.0
"""Points that the beginnings of a column's notes may differ by."""
NARROW = 0.45
"""Gap in type sizes between full lines of text and notes that are aligned."""
BEFORE = 6.0
"""Points between the beginning of a column without a header and its notes."""
ACROSS = 0.05
"""Share of the lines that may run across the edge of a column without a header."""
_CLOSE = 1.2
"""How many times the step from line to line two lines of one note may stand apart."""
_APART = 1.2


@dataclass(frozen=True, slots=True)
class Note:
    """Hold one note: its words and where it stands."""

    text: str
    top: float
    bottom: float


def is_action_header(words: str) -> bool:
    """Tell whether a column's header names those who are to act."""
    return bool(ACTION_HEADER.match(" ".join(words.split())))


def find_gap(words: Sequence[Word], at: int) -> float:
    """Measure the gap before a word of a line, in points."""
    return words[at].box[0] - words[at - 1].box[2]


def count_across(x: float, lines: Sequence[Line]) -> int:
    """Count the lines of which a word stands across a place."""
    return sum(any(word.box[0] < x < word.box[2] - ALIGNED for word in line.words) for line in lines)


def take_notes(lines: Iterable[Line], column: float, below: float = 0.0) -> list[Line]:
    """Take the notes off the lines of a page and keep them in ``notes`` of the line they end level with.

    Args:
        lines: a page's lines in order.
        column: where the column begins, in points; text may run into it on lines without a note.
        below: lines above this height have no notes.
    """
    kept: list[Line] = []
    found: list[_Piece] = []
    lines = list(lines)
    is_clear = count_across(column, [line for line in lines if line.baseline > below]) <= ACROSS * len(lines)
    for line in lines:
        at = _note_start(line, column, is_clear=is_clear) if line.baseline > below else None
        if at != 0:
            kept.append(line if at is None else replace(line, words=line.words[:at]))
        if at is not None and kept:
            note = " ".join(word.text for word in line.words[at:])
            found.append(_Piece(note, line.baseline, len(kept) - 1, is_level=at > 0))
    for pieces in _chain(found, _CLOSE * find_pitch(lines)):
        home = next((piece.home for piece in pieces if piece.is_level), pieces[0].home)
        kept[home] = replace(kept[home], notes=(*kept[home].notes, reduce(_join, (piece.text for piece in pieces))))
    return kept


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold one line of a note, and the line of text that it stands level with or under."""

    text: str
    baseline: float
    home: int
    is_level: bool


def _chain(pieces: Iterable[_Piece], close: float) -> list[list[_Piece]]:
    """Gather the lines of each note, which follow each other closely."""
    chains: list[list[_Piece]] = []
    for piece in pieces:
        last = chains[-1][-1] if chains else None
        if last and piece.baseline - last.baseline <= close and _goes_on(last.text, piece.text):
            chains[-1].append(piece)
        else:
            chains.append([piece])
    return chains


def find_pitch(lines: Sequence[Line]) -> float:
    """Give the closest step from line to line, in points; 0 for fewer than two lines."""
    steps = (two.baseline - one.baseline for one, two in zip(lines, lines[1:], strict=False))
    sizes = (line.size for line in lines)
    return min((step for step, size in zip(steps, sizes, strict=False) if step > 0.9 * size), default=0.0)


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
            near = step <= _CLOSE * pitch if pitch else step < 1.8 * (bottom - top)
            if (
                last is not None
                and near
                and not (INITIALS.match(line.text) and INITIALS.match(last.text) and last.text[-1] not in "/,&")
            ):
                notes[-1] = Note(_join(last.text, line.text), last.top, bottom)
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


def _note_start(line: Line, column: float, *, is_clear: bool) -> int | None:
    """Give the index of the first word of a line's note, or None without one; a narrow gap is enough if it is clear."""
    words = line.words
    if len(words) == 1 and words[0].bold and INITIALS.match(words[0].text) and words[0].text.isupper():
        return 0
    for index, word in enumerate(words):
        if word.box[0] < column - max(12.0, 0.02 * column):
            continue
        text = " ".join(part.text for part in words[index:])
        if not re.search("[A-Za-z]", text) or re.search(r"[\d\u00a3\u20ac]", text) or len(line.segments()) > 3:
            return None
        if index == 0:
            return 0 if INITIALS.match(text) or len(text.split()) <= 3 else None
        gap = find_gap(words, index)
        shift = min(abs(word.box[0] - column), abs(word.box[0] - column - BEFORE))
        if is_clear and gap >= NARROW * word.size and shift < ALIGNED:
            return index
        if gap >= _APART * word.size and (INITIALS.match(text) or gap >= 2 * word.size):
            return index
        if INITIALS.match(text) and word.bold and not words[index - 1].bold and gap >= 0.2 * word.size:
            return index
    return None


def _join(note: str, rest: str) -> str:
    """Join two lines of one note; a hyphen at the end of the first joins the parts of a name."""
    return f"{note}{rest}" if re.search(r"\w-$", note) and rest[0].isupper() else f"{note} {rest}"


def _goes_on(note: str, rest: str) -> bool:
    return note[-1] in "/,&" or not (INITIALS.match(note) and INITIALS.match(rest))
