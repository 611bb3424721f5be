"""Take the notes of an Action column off the lines they stand beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import NamedTuple

from minutes_miner.parse.glyph import Word
from minutes_miner.parse.line import Line

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
CLOSE = 1.2
"""How many times the step from line to line two lines of one note may stand apart."""
_SPACED = 1.5
"""The same in type sizes, where the step is not known."""
_APART = 1.2
_BELOW = 0.75
"""Share of the way to the line above it from which on a note belongs to that rather than to the line below."""
_HAIR = 1.0
"""Points that what begins at one place may stand off it."""
_WIDER = 1.15
"""How many times the widest space of its line the gap before such a note has at least."""
_MARGIN = 0.6
"""Share of the way to the column left of which lone bold initials are the end of a title, or did not fit in."""


def is_action_header(words: str) -> bool:
    """Tell whether a column's header names those who are to act."""
    return bool(ACTION_HEADER.match(" ".join(words.split())))


def find_gap(words: Sequence[Word], at: int) -> float:
    """Measure the gap before a word of a line, in points."""
    return words[at].box[0] - words[at - 1].box[2]


def count_across(x: float, lines: Sequence[Line]) -> int:
    """Count the lines of which a word stands across a place."""
    near = [line for line in lines if line.x0 < x - _HAIR and x < line.x1 - ALIGNED]
    return sum([any([word.box[0] < x - _HAIR and x < word.box[2] - ALIGNED for word in line.words]) for line in near])


def is_clear(x: float, lines: Sequence[Line]) -> bool:
    """Tell whether hardly any lines have a word across a place."""
    return count_across(x, lines) <= ACROSS * len(lines)


class Taken(NamedTuple):
    """Hold lines with the notes beside them, and the notes that stand above and below all of these lines."""

    lines: list[Line]
    early: tuple[str, ...]
    late: tuple[str, ...]


def take_notes(lines: Sequence[Line], column: float, below: float = 0.0, *, clear: bool = False) -> Taken:
    """Take the notes off lines and keep them in ``notes`` of the line they end level with, or of the nearest.

    Args:
        lines: of a page, or of a band of it, in order.
        column: where the column begins, in points; text may run into it on lines without a note.
        below: lines above this height have no notes.
        clear: whether text is known to end left of the column; a narrow gap is then enough.
    """
    kept: list[Line] = []
    pieces: list[_Piece] = []
    clear = clear or is_clear(column, [line for line in lines if line.baseline > below])
    for line in lines:
        goes_on = bool(kept) and kept[-1].bold_body()
        at = _note_start(line, column, clear=clear, goes_on=goes_on) if line.baseline > below else None
        if at != 0:
            kept.append(line if at is None else replace(line, words=line.words[:at]))
        if at is not None:
            note = " ".join(word.text for word in line.words[at:])
            baseline = line.baseline if at == 0 else line.words[at].baseline
            is_level = at > 0 or (bool(kept) and line.x0 < _MARGIN * column)
            pieces.append(_Piece(note, baseline, line.size, len(kept) - 1 if is_level else None))
    return _place(kept, _chain(pieces, CLOSE * find_pitch(kept)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Hold one line of a note, and the line of text that it stands level with, if any."""

    text: str
    baseline: float
    size: float
    home: int | None


def _place(kept: list[Line], chains: Iterable[Sequence[_Piece]]) -> Taken:
    """Give each note to its line."""
    early: list[str] = []
    late: list[str] = []
    step = max(find_pitch(kept), max((line.size for line in kept), default=0.0))
    last = kept[-1].baseline if kept else 0.0
    for pieces in chains:
        note = reduce(join_note, (piece.text for piece in pieces))
        home = next((piece.home for piece in pieces if piece.home is not None), None)
        first, end = pieces[0].baseline, pieces[-1].baseline
        if home is None and (not kept or end < kept[0].baseline - step):
            early.append(note)
            continue
        if home is None and first > last + CLOSE * step:
            late.append(note)
            continue
        if home is None:
            home = _find_nearest(kept, (first + end) / 2)
        kept[home] = replace(kept[home], notes=(*kept[home].notes, note))
        last = max(last, end)
    return Taken(kept, tuple(early), tuple(late))


def _find_nearest(lines: Sequence[Line], height: float) -> int:
    """Give the line nearest to a height; one above it rather than one that is hardly nearer below."""
    far = (height - line.baseline for line in lines)
    return min(enumerate(far), key=lambda found: found[1] if found[1] >= 0 else -found[1] / _BELOW)[0]


def _chain(pieces: Iterable[_Piece], close: float) -> list[list[_Piece]]:
    """Gather the lines of each note, which follow each other closely."""
    chains: list[list[_Piece]] = []
    for piece in pieces:
        last = chains[-1][-1] if chains else None
        step = close or _SPACED * piece.size
        if last and piece.baseline - last.baseline <= step and _goes_on(last.text, piece.text):
            chains[-1].append(piece)
        else:
            chains.append([piece])
    return chains


def find_pitch(lines: Sequence[Line]) -> float:
    """Give the closest step from line to line, in points; 0 for fewer than two lines."""
    steps = (two.baseline - one.baseline for one, two in zip(lines, lines[1:], strict=False))
    sizes = (line.size for line in lines)
    return min((step for step, size in zip(steps, sizes, strict=False) if step > 0.9 * size), default=0.0)


def _note_start(line: Line, column: float, *, clear: bool, goes_on: bool) -> int | None:
    """Give the index of the first word of a line's note, or None without one.

    Args:
        line: of a page.
        column: where the column begins, in points.
        clear: whether text ends left of it; a narrow gap is then enough.
        goes_on: whether the line may go on with a bold one above it, such as a title in capitals.
    """
    words = line.words
    if len(words) == 1 and words[0].bold and INITIALS.match(words[0].text) and words[0].text.isupper():
        return None if goes_on and words[0].box[0] < _MARGIN * column else 0
    for index, word in enumerate(words):
        if word.box[0] < column - max(12.0, 0.02 * column):
            continue
        text = " ".join(part.text for part in words[index:])
        if not re.search("[A-Za-z]", text) or re.search(r"[\d\u00a3\u20ac]", text) or len(line.segments()) > 3:
            return None
        if index == 0:
            return 0 if INITIALS.match(text) or len(text.split()) <= 3 else None
        if _is_parted(words, index, column, clear=clear):
            return index
        gap = find_gap(words, index)
        if gap >= _APART * word.size and (INITIALS.match(text) or gap >= 2 * word.size):
            return index
        if INITIALS.match(text) and word.bold and not words[index - 1].bold and gap >= 0.2 * word.size:
            return index
    return None


def _is_parted(words: Sequence[Word], at: int, column: float, *, clear: bool) -> bool:
    """Tell whether a word begins where the notes of a clear column do, after a gap that is no mere space."""
    gap, size = find_gap(words, at), words[at].size
    shift = min(abs(words[at].box[0] - column), abs(words[at].box[0] - column - BEFORE))
    if not clear or shift >= ALIGNED:
        return False
    spaces = [find_gap(words, index) for index in range(1, at)]
    return gap >= NARROW * size or (shift < _HAIR and gap > _WIDER * max(spaces, default=gap))


def join_note(note: str, rest: str) -> str:
    """Join two lines of one note; a hyphen at the end of the first joins the parts of a name."""
    return f"{note}{rest}" if re.search(r"\w-$", note) and rest[0].isupper() else f"{note} {rest}"


def _goes_on(note: str, rest: str) -> bool:
    return note[-1] in "/,&" or not (INITIALS.match(note) and INITIALS.match(rest))
