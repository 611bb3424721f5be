"""Find where the Action column at the right edge of a page begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from minutes_miner.parse.line import Line
from minutes_miner.parse.margin import (
    ACROSS,
    ACTION_HEADER,
    ALIGNED,
    BEFORE,
    INITIALS,
    LETTERS,
    NARROW,
    count_across,
    find_gap,
)

_REST = re.compile(r"(?:points?|point\(s\)|by|owner|required|items?)\s*[:.]?$", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    r"(?:agenda\s*)?(?:items?|item\s+no\.?|no\.?|ref\.?|discussion|subject|topic|minutes?|notes?|details?"
    r"|description|agenda\s+items?\s*/\s*discussion|agenda)\s*[:.]?$",
    re.IGNORECASE,
)
_ENDINGS = frozenset(
    "action actions point points point(s) by owner owners required for item items whom lead officer responsible"
    " responsibility who".split()
)
"""Last words of what heads an Action column."""
_PERSON = r"(?:(?:Cllrs?|Councillor|Mrs?|Ms|Miss|Dr)\.?\s+)?[A-Z][\w\u2019'-]+(?:\s[A-Z][\w\u2019'-]+){0,2}"
_NAMED = re.compile(rf"(?:{LETTERS}|{_PERSON})(?:\s*(?:[/,&+]|and)\s*(?:{LETTERS}|{_PERSON}))*[/.,&-]?")
_RESULT = re.compile(
    r"(?:carried|lost|agreed|noted|approved|resolved|passed|unanimous\w*|none|nil|yes|no|present|apologies|absent|open"
    r"|done|closed|complete\w*)\b",
    re.IGNORECASE,
)
_MOST = 4
"""Words that a note has on one line at most."""
_TRIED = 3
"""Places at which most names begin that are looked at."""
_STRIP = 0.72
"""Share of the page's width right of which initials without a header may stand."""
_LEAST = 0.6
"""Share of the page's width right of which names without a header may stand."""


def find_column(pages: Sequence[Sequence[Line]], width: float) -> float | None:
    """Find where an Action column without a header begins, from at least three notes beside or under running text.

    Args:
        pages: lines of each page.
        width: of a page, in points.
    """
    lines = [line for page in pages for line in page]
    notes = [note for page in pages for note in _iter_notes(page, width)]
    initials = [x for x, words in notes if INITIALS.match(words) and x > _STRIP * width]
    if len(initials) >= 3 and _is_clear(min(initials), lines, len(initials)):
        return min(initials) - BEFORE
    names = Counter(
        round(x / ALIGNED) for x, words in notes if _NAMED.fullmatch(words) and not _RESULT.match(words)
    )
    for spot, _ in names.most_common(_TRIED):
        count = sum(names[near] for near in (spot - 1, spot, spot + 1))
        if count >= 3 and _is_clear(ALIGNED * (spot - 0.5), lines, count):
            return min(x for x, _ in notes if abs(round(x / ALIGNED) - spot) < 2) - BEFORE
    return None


def _iter_notes(lines: Sequence[Line], width: float) -> Iterator[tuple[float, str]]:
    """Give what may be a note: few words right of running text, or a little under it, with where they begin."""
    above: Line | None = None
    for line in lines:
        words = line.words
        if words[-1].box[0] > _LEAST * width:
            last = range(len(words) - 1, max(len(words) - _MOST - 1, 0), -1) if line.may_gape(NARROW) else ()
            at = next((at for at in last if find_gap(words, at) >= NARROW * words[at].size), 0)
            text = line if at else above
            if len(words) - at <= _MOST and words[at].box[0] > _LEAST * width and text is not None:
                if (at or len(text.words)) >= _MOST and line.baseline - text.baseline < 2 * line.size:
                    yield words[at].box[0], " ".join(word.text for word in words[at:])
        if words[0].box[0] <= _LEAST * width:
            above = line


def _is_clear(x: float, lines: Sequence[Line], notes: int) -> bool:
    """Tell whether running text ends left of a column: hardly any of its words stand across the column's edge."""
    beyond = sum(line.words[-1].box[0] > x - BEFORE for line in lines)
    return beyond <= 3 * notes and count_across(x - BEFORE, lines) <= max(2, ACROSS * len(lines))


def take_headers(lines: list[Line]) -> tuple[list[Line], float | None, float]:
    """Take the column's header off a page.

    Args:
        lines: a page's lines in order.

    Returns:
        The lines without the header, where the column begins, or None without a header, and how far down it begins.
    """
    for index, line in enumerate(lines):
        if line.text.rstrip(" :.").rpartition(" ")[2].lower() not in _ENDINGS:
            continue
        parts = line.segments()
        heads = [" ".join(word.text for word in part) for part in parts]
        if not ACTION_HEADER.match(heads[-1]) or not all(_NEIGHBOUR.match(head) for head in heads[:-1]):
            continue
        if parts[-1][0].box[0] < 0.5 * max(one.x1 for one in lines) or (
            len(parts) == 1 and not _stands_in_margin(line, lines)
        ):
            continue
        rest = lines[index + 1 : index + 2]
        wraps = bool(rest) and _REST.match(rest[0].text) and abs(rest[0].x0 - parts[-1][0].box[0]) < 20
        after = [other for other in lines[index + (2 if wraps else 1) :] if not _repeats(other, line)]
        return lines[:index] + after, parts[-1][0].box[0], line.baseline
    return lines, None, 0.0


def _repeats(line: Line, header: Line) -> bool:
    """Tell whether a line is a page's header once more, as where the rest of a table begins at the page's foot."""
    return line.text == header.text and abs(line.x0 - header.x0) < ALIGNED


def _stands_in_margin(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a lone header stands right of most of the text."""
    return sum(other.x0 > line.x0 - 20 for other in lines if other is not line) < 0.3 * len(
        lines
    ) and line.x0 > _STRIP * max(one.x1 for one in lines)
