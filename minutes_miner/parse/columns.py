"""Find two columns of text on a page and read the left one before the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes_miner.parse.glyph import Word
from minutes_miner.parse.line import Line

_CROSSING = 0.06
_SIDE = 5
_SHARES = (0.5, 0.48, 0.52, 0.46, 0.54, 0.44, 0.56, 0.42, 0.58, 0.4, 0.6)
"""Shares of the page's width at which a gutter is sought, one after the other."""
_ALIGNED = 0.6
_SHARED = 3
"""Segments that must begin at one place for it to be a column's edge, or that of its indented points."""


def read_columns(lines: Sequence[Line], gutter: float | None) -> Iterator[list[Line]]:
    """Give the runs of lines to be read one after another.

    Args:
        lines: a band of a page, in order.
        gutter: where its columns are parted, in points, or None where it has one column.

    Yields:
        The whole band where it has one column; else, for each stretch between lines that cross the gutter, its left
        and its right column.
    """
    if gutter is None:
        if lines:
            yield list(lines)
        return
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        parts = line.segments()
        if any(part[0].box[0] < gutter < part[-1].box[2] for part in parts):
            yield from (run for run in (left, right) if run)
            left, right = [], []
            yield [line]
            continue
        for side, found in (
            (left, [p for p in parts if p[0].box[0] < gutter]),
            (right, [p for p in parts if p[0].box[0] >= gutter]),
        ):
            if found:
                side.append(replace(line, words=tuple(word for part in found for word in part)))
    yield from (run for run in (left, right) if run)


def find_gutter(lines: Sequence[Line], width: float, known: float | None = None) -> float | None:
    """Find the upright strip between two columns of running text, or None where there is one column.

    Both sides need several segments of some words that share a left edge; tables of short cells are no columns.

    Args:
        lines: a band of a page, in order.
        width: of the page, in points.
        known: the strip of an earlier page; it is taken where no words stand across it and some on either side.
    """
    segments = [part for line in lines for part in line.segments()]
    if known is not None and _parts_at(known, segments):
        return known
    if len(segments) < 4 * _SIDE:
        return None
    spans = [(part[0].box[0], part[-1].box[2]) for part in segments]
    first, last = min(_SHARES) * width, max(_SHARES) * width
    if sum([x0 < first and last < x1 for x0, x1 in spans]) > _CROSSING * len(segments):
        return None
    for share in _SHARES:
        x = share * width
        if sum([x0 < x < x1 for x0, x1 in spans]) > _CROSSING * len(segments):
            continue
        left = [part for part in segments if part[-1].box[2] <= x]
        right = [part for part in segments if part[0].box[0] >= x]
        if _is_column(left, width) and _is_column(right, width):
            return x
    return None


def _parts_at(x: float, segments: Sequence[Sequence[Word]]) -> bool:
    """Tell whether words stand on both sides of a place and hardly any across it."""
    crossing = sum(part[0].box[0] < x < part[-1].box[2] for part in segments)
    right = sum(part[0].box[0] >= x for part in segments)
    return crossing <= _CROSSING * len(segments) and 0 < right < len(segments)


def _is_column(parts: Sequence[Sequence[Word]], width: float) -> bool:
    """Tell whether segments make a column of running text: wide enough, and most share their left edge with others."""
    if len(parts) < _SIDE:
        return False
    starts = [part[0].box[0] for part in parts]
    least = max(_SHARED, 0.1 * len(starts))
    aligned = sum(sum(abs(start - other) < 4 for other in starts) >= least for start in starts)
    wide = sum(part[-1].box[2] - part[0].box[0] > 0.22 * width for part in parts)
    return aligned >= _ALIGNED * len(parts) and wide >= 0.5 * len(parts)
