"""Find the Action column at the right edge of a page and take its notes off the lines they stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutes_miner.parse.glyph import Word
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
_PERSON = r"(?:(?:Cllrs?|Councillor|Mrs?|Ms|Miss|Dr)\.?\s+)?[A-Z][\w\u2019'-]+(?:\s[A-Z][\w\u2019'-]+){0,2}"
_NAMED = re.compile(rf"(?:{_NAME}|{_PERSON})(?:\s*(?:[/,&+]|and)\s*(?:{_NAME}|{_PERSON}))*[/.,&-]?")
_RESULT = re.compile(
    r"(?:carried|lost|agreed|noted|approved|resolved|passed|unanimous\w*|none|nil|yes|no|present|apologies|absent|open"
    r"|done|closed|complete\w*)\b",
    re.IGNORECASE,
)
_STRIP = 0.72
"""Share of the page's width right of which initials without a header may stand."""
_LEAST = 0.6
"""Share of the page's width right of which names without a header may stand."""
_ALIGNED = 3.0
_NARROW = 0.45
"""Gap in type sizes between full lines of text and notes that are aligned."""
_BEFORE = 6.0
"""Points between the beginning of a column without a header and its notes."""
_ACROSS = 0.05
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
    return bool(_HEADER.match(" ".join(words.split())))


def find_column(pages: Sequence[Sequence[Line]], width: float) -> float | None:
    """Find where an Action column without a header begins, from at least three notes beside or under running text.

    Args:
        pages: lines of each page.
        width: of a page, in points.
    """
    lines = [line for page in pages for line in page]
    notes = [note for page in pages for note in _iter_notes(page, width)]
    initials = [x for x, words in notes if _INITIALS.match(words) and x > _STRIP * width]
    if len(initials) >= 3 and _is_clear(min(initials), lines, len(initials)):
        return min(initials) - _BEFORE
    names = [(x, words) for x, words in notes if _NAMED.fullmatch(words) and not _RESULT.match(words)]
    for x, _ in names:
        near = [words for other, words in names if abs(other - x) < _ALIGNED]
        if len(near) >= 3 and _is_clear(x, lines, len(near)):
            return x - _BEFORE
    return None


def _iter_notes(lines: Sequence[Line], width: float) -> Iterator[tuple[float, str]]:
    """Give what may be a note: few words right of running text, or a little under it, with where they begin."""
    above: Line | None = None
    for line in lines:
        words = line.words
        gaps = (at for at in range(len(words) - 1, 0, -1) if _gap(words, at) >= _NARROW * words[at].size)
        at = next(gaps, 0)
        text = line if at else above
        if len(words) - at <= 4 and words[at].box[0] > _LEAST * width and text is not None and len(line.segments()) < 4:
            before = at or len(text.words)
            if before >= 4 and line.baseline - text.baseline < 2 * line.size:
                yield words[at].box[0], " ".join(word.text for word in words[at:])
        if words[0].box[0] <= _LEAST * width:
            above = line


def _gap(words: Sequence[Word], at: int) -> float:
    return words[at].box[0] - words[at - 1].box[2]


def _is_clear(x: float, lines: Sequence[Line], notes: int) -> bool:
    """Tell whether running text ends left of a column: hardly any of its words stand across the column's edge."""
    beyond = sum(line.words[-1].box[0] > x - _BEFORE for line in lines)
    return _count_across(x - _BEFORE, lines) <= max(2, _ACROSS * len(lines)) and beyond <= 3 * notes


def _count_across(x: float, lines: Sequence[Line]) -> int:
    return sum(any(word.box[0] < x < word.box[2] - _ALIGNED for word in line.words) for line in lines)


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
    lines = list(lines)
    close = _CLOSE * find_pitch(lines)
    is_clear = _count_across(column, [line for line in lines if line.baseline > below]) <= _ACROSS * len(lines)
    open_at, height = -1, 0.0
    for line in lines:
        at = _note_start(line, column, is_clear=is_clear) if line.baseline > below else None
        if at is None:
            kept.append(line)
            continue
        note = " ".join(word.text for word in line.words[at:])
        if at:
            kept.append(replace(line, words=line.words[:at]))
        near = line.baseline - height <= close or (at == 0 and open_at == len(kept) - 1)
        if not (0 <= open_at < len(kept) and near and _goes_on(kept[open_at].notes, note)):
            open_at = len(kept) - 1
            if kept:
                kept[-1] = replace(kept[-1], notes=(*kept[-1].notes, note))
        else:
            notes = kept[open_at].notes
            kept[open_at] = replace(kept[open_at], notes=(*notes[:-1], _join(notes[-1], note)))
        height = line.baseline
    return kept


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
                and not (_INITIALS.match(line.text) and _INITIALS.match(last.text) and last.text[-1] not in "/,&")
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


def _stands_in_margin(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a lone header stands right of most of the text."""
    return sum(other.x0 > line.x0 - 20 for other in lines if other is not line) < 0.3 * len(
        lines
    ) and line.x0 > _STRIP * max(one.x1 for one in lines)


def _note_start(line: Line, column: float, *, is_clear: bool) -> int | None:
    """Give the index of the first word of a line's note, or None without one; a narrow gap is enough if it is clear."""
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
        gap = _gap(words, index)
        shift = min(abs(word.box[0] - column), abs(word.box[0] - column - _BEFORE))
        if is_clear and gap >= _NARROW * word.size and shift < _ALIGNED:
            return index
        if gap >= _APART * word.size and (_INITIALS.match(text) or gap >= 2 * word.size):
            return index
        if _INITIALS.match(text) and word.bold and not words[index - 1].bold and gap >= 0.2 * word.size:
            return index
    return None


def _join(note: str, rest: str) -> str:
    """Join two lines of one note; a hyphen at the end of the first joins the parts of a name."""
    return f"{note}{rest}" if re.search(r"\w-$", note) and rest[0].isupper() else f"{note} {rest}"


def _goes_on(notes: tuple[str, ...], note: str) -> bool:
    return bool(notes) and (notes[-1][-1] in "/,&" or not (_INITIALS.match(notes[-1]) and _INITIALS.match(note)))
