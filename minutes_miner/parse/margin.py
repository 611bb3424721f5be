"""Find the Action column at the right edge of a page and take its notes off the lines they stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from minutes_miner.parse.line import Line
from minutes_miner.parse.ruling import Slot

_HEADER = re.compile(
    r"(?:actions?|action\s+points?(?:\(s\))?|actions?\s+(?:by|owner|required|for|items?)|owners?|by\s+whom|lead"
    r"|lead\s+officer|responsible|responsibility|who)"
    r"\s*[:.]?$",
    re.IGNORECASE,
)
_REST = re.compile(r"(?:points?|point\(s\)|by|owner|required|items?)\s*[:.]?$", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    r"(?:agenda\s*)?(?:items?|item\s+no\.?|no\.?|ref\.?|discussion|subject|topic|minutes?|notes?|details?"
    r"|description|agenda\s+items?\s*/\s*discussion|agenda)\s*[:.]?$",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z]{1,4}|[A-Z]{1,3}[a-z]|[A-Z][a-z]{0,2}[A-Z]{1,2})"
_INITIALS = re.compile(
    rf"(?:{_NAME}|All|Clerk|Chair(?:man)?|Secretary|Treasurer|Cllrs?\.?\s+[A-Z]\w+)(?:\s*(?:[/,&+]"
    rf"|and)\s*(?:{_NAME}|All|Clerk|Chair(?:man)?|Secretary|Treasurer))*[/.]?$"
)
_STRIP = 0.72
"""Share of the page's width right of which initials without a header may stand."""
_APART = 1.2


@dataclass(frozen=True, slots=True)
class Note:
    """Hold one note: its words and where it stands."""

    text: str
    top: float
    bottom: float


def is_action_header(words: str) -> bool:
    """Tell whether a column's header names those who are to act."""
    return bool(_HEADER.match(" ".join(words.split())))


def find_column(pages: Sequence[Sequence[Line]], width: float) -> float | None:
    """Find where a column of initials without a header begins, from at least three notes beside text.

    Args:
        pages: lines of each page.
        width: of a page, in points.
    """
    starts = []
    for line in (line for lines in pages for line in lines):
        parts = line.segments()
        if len(parts) < 2 or len(parts[-1]) > 4 or sum(len(part) for part in parts[:-1]) < 4:
            continue
        words = " ".join(word.text for word in parts[-1])
        if parts[-1][0].box[0] > _STRIP * width and _INITIALS.match(words) and len(parts) <= 3:
            starts.append(parts[-1][0].box[0])
    return min(starts) - 6 if len(starts) >= 3 else None


def take_headers(lines: list[Line]) -> tuple[list[Line], float | None, float]:
    """Take the column's header off a page.

    Args:
        lines: a page's lines in order.

    Returns:
        The lines without the header, where the column begins, or None without a header, and how far down it begins.
    """
    for index, line in enumerate(lines):
        parts = line.segments()
        heads = [" ".join(word.text for word in part) for part in parts]
        if not _HEADER.match(heads[-1]) or not all(_NEIGHBOUR.match(head) for head in heads[:-1]):
            continue
        if parts[-1][0].box[0] < 0.5 * max(one.x1 for one in lines) or (
            len(parts) == 1 and not _stands_in_margin(line, lines)
        ):
            continue
        rest = lines[index + 1 : index + 2]
        wraps = bool(rest) and _REST.match(rest[0].text) and abs(rest[0].x0 - parts[-1][0].box[0]) < 20
        return lines[:index] + lines[index + (2 if wraps else 1) :], parts[-1][0].box[0], line.baseline
    return lines, None, 0.0


def take_notes(lines: Iterable[Line], column: float, below: float = 0.0) -> list[Line]:
    """Take the notes off the lines of a page and keep them in ``notes`` of the line they end level with.

    Args:
        lines: a page's lines in order.
        column: where the column begins, in points; text may run into it on lines without a note.
        below: lines above this height have no notes.
    """
    kept: list[Line] = []
    for line in lines:
        at = _note_start(line, column) if line.baseline > below else None
        if at is None:
            kept.append(line)
            continue
        note = " ".join(word.text for word in line.words[at:])
        if at == 0 and kept:
            last = kept[-1]
            notes = (
                (*last.notes[:-1], f"{last.notes[-1]} {note}") if _goes_on(last.notes, note) else (*last.notes, note)
            )
            kept[-1] = replace(last, notes=notes)
        elif at:
            kept.append(replace(line, words=line.words[:at], notes=(note,)))
    return kept


def group_notes(slots: Iterable[Slot]) -> list[Note]:
    """Gather the lines of a ruled Action column into notes: initials on lines of their own are notes of their own."""
    notes: list[Note] = []
    for slot in slots:
        first = True
        for line in slot.lines:
            if not re.search(r"\w", line.text):
                continue
            top, bottom = line.box[1], line.box[3]
            last = notes[-1] if notes and not first else None
            near = last is not None and top - last.bottom < 0.8 * (bottom - top)
            if (
                last is not None
                and near
                and not (_INITIALS.match(line.text) and _INITIALS.match(last.text) and last.text[-1] not in "/,&")
            ):
                notes[-1] = Note(f"{last.text} {line.text}", last.top, bottom)
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


def _stands_in_margin(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a lone header stands right of most of the text."""
    return sum(other.x0 > line.x0 - 20 for other in lines if other is not line) < 0.3 * len(
        lines
    ) and line.x0 > _STRIP * max(one.x1 for one in lines)


def _note_start(line: Line, column: float) -> int | None:
    """Give the index of the first word of a line's note, or None without one."""
    words = line.words
    if len(words) == 1 and words[0].bold and _INITIALS.match(words[0].text) and words[0].text.isupper():
        return 0
    for index, word in enumerate(words):
        if word.box[0] < column - max(12.0, 0.02 * column):
            continue
        text = " ".join(part.text for part in words[index:])
        if not re.search("[A-Za-z]", text) or re.search(r"[\d\u00a3\u20ac]", text) or len(line.segments()) > 3:
            return None
        if index == 0:
            return 0 if _INITIALS.match(text) or len(text.split()) <= 3 else None
        gap = word.box[0] - words[index - 1].box[2]
        if gap >= _APART * word.size and (_INITIALS.match(text) or gap >= 2 * word.size):
            return index
        if _INITIALS.match(text) and word.bold and not words[index - 1].bold and gap >= 0.2 * word.size:
            return index
    return None


def _goes_on(notes: tuple[str, ...], note: str) -> bool:
    return bool(notes) and (notes[-1][-1] in "/,&" or not (_INITIALS.match(notes[-1]) and _INITIALS.match(note)))
