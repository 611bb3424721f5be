"""Read the straight lines that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from minutes_miner.parse.handle import INT, Handle, Pointer, bind, find_address, point_to

_count_on_page = bind(pdfium.FPDFPage_CountObjects, INT)
_find_on_page = bind(pdfium.FPDFPage_GetObject, Handle)
_count_in_form = bind(pdfium.FPDFFormObj_CountObjects, INT)
_find_in_form = bind(pdfium.FPDFFormObj_GetObject, Handle)
_read_kind = bind(pdfium.FPDFPageObj_GetType, INT)
_read_matrix = bind(pdfium.FPDFPageObj_GetMatrix, INT)
_read_bounds = bind(pdfium.FPDFPageObj_GetBounds, INT)
_read_mode = bind(pdfium.FPDFPath_GetDrawMode, INT)
_count_segments = bind(pdfium.FPDFPath_CountSegments, INT)
_find_segment = bind(pdfium.FPDFPath_GetPathSegment, Handle)
_read_segment_kind = bind(pdfium.FPDFPathSegment_GetType, INT)
_read_point = bind(pdfium.FPDFPathSegment_GetPoint, INT)
_is_closed = bind(pdfium.FPDFPathSegment_GetClose, INT)
_PATH, _FORM = int(pdfium.FPDF_PAGEOBJ_PATH), int(pdfium.FPDF_PAGEOBJ_FORM)
_MOVE, _CURVE = int(pdfium.FPDF_SEGMENT_MOVETO), int(pdfium.FPDF_SEGMENT_BEZIERTO)

_Point = tuple[float, float]
Placer = Callable[[float, float], tuple[float, float]]
"""Turns a point of the page's own space into points from the top left of upright text."""

_MAX_PATHS = 5000
"""Pages with more drawn paths are maps and plans, not ruled tables."""
_MAX_SEGMENTS = 4000
_BOX_SEGMENTS, _BARS_SEGMENTS = 5, 8
"""Segments of a box's outline, the step to its beginning included, and the fewest of two bars."""
_DEPTH = 3
"""Forms within forms, counted from the page, whose paths are read."""


class Rule(NamedTuple):
    """Place one straight line that is ruled on the page, level or upright."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


def iter_rules(page: Any, place: Placer) -> Iterator[Rule]:
    """Give the straight lines and thin bars drawn on a page, or none where it is a map or plan.

    Args:
        page: a page of pypdfium2.
        place: how its points are placed.
    """
    paths = list(islice(_iter_paths(point_to(find_address(page.raw)), depth=_DEPTH), _MAX_PATHS + 1))
    if 0 < len(paths) <= _MAX_PATHS:
        yield from chain.from_iterable(map(_PathReader(place).read, paths))


def _iter_paths(parent: Pointer, *, depth: int) -> Iterator[Pointer]:
    """Give a page's or a form's paths, those in forms on it included."""
    count, find = (_count_on_page, _find_on_page) if depth == _DEPTH else (_count_in_form, _find_in_form)
    items = list(filter(None, map(find, repeat(parent), range(count(parent)))))
    for item, kind in zip(items, map(_read_kind, items), strict=True):
        if kind == _PATH:
            yield item
        elif kind == _FORM and depth > 1:
            yield from _iter_paths(item, depth=depth - 1)


class _PathReader:
    """Read the rules of one path after the other.

    Args:
        place: how points are placed.
    """

    def __init__(self, place: Placer) -> None:
        self._place = place
        self._fill, self._stroke = INT(), INT()
        self._mode_at = ctypes.byref(self._fill), ctypes.byref(self._stroke)
        self._sides = [ctypes.c_float() for _ in range(4)]
        self._side_at = [ctypes.byref(side) for side in self._sides]
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)

    def read(self, path: Pointer) -> list[Rule]:
        """Give thin filled bars, and the level and upright strokes of boxes and grids."""
        _read_mode(path, *self._mode_at)
        stroke = bool(self._stroke)
        if not stroke and not self._fill:
            return []
        count = min(_count_segments(path), _MAX_SEGMENTS)
        if not stroke and count < _BARS_SEGMENTS and _read_bounds(path, *self._side_at):
            left, below, right, above = [side.value for side in self._sides]
            if not _is_thin((left, below), (right, above)):
                return []
            if count <= _BOX_SEGMENTS:
                return [_rule(self._place, (left, below), (right, above))]
        rules: list[Rule] = []
        for points in self._find_subpaths(path, count):
            xs, ys = zip(*points, strict=True)
            low, high = (min(xs), min(ys)), (max(xs), max(ys))
            if _is_thin(low, high):
                rules.append(_rule(self._place, low, high))
            elif stroke:
                rules += [_rule(self._place, one, two) for one, two in pairwise(points) if _is_straight(one, two)]
        return rules

    def _find_subpaths(self, path: Pointer, count: int) -> list[list[_Point]]:
        """Give the corners of each part of a path, in the page's own space; parts with curves are left out."""
        segments = list(map(_find_segment, repeat(path), range(count)))
        kinds = list(map(_read_segment_kind, segments))
        _read_matrix(path, self._matrix_at)
        bounds = [0, *[at for at, kind in enumerate(kinds) if kind == _MOVE and at], count]
        parts = [(start, end) for start, end in pairwise(bounds) if end - start > 1 and _CURVE not in kinds[start:end]]
        return [self._find_corners(segments[start:end]) for start, end in parts]

    def _find_corners(self, segments: Sequence[Pointer]) -> list[_Point]:
        """Give the ends of segments, and the first one again where they close a shape."""
        matrix, (x, y), (x_at, y_at) = self._matrix, self._sides[:2], self._side_at[:2]
        a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
        corners: list[_Point] = []
        for segment in segments:
            _read_point(segment, x_at, y_at)
            corners.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if len(corners) > 1 and _is_closed(segment):
                corners.append(corners[0])
        return corners


def _is_thin(low: _Point, high: _Point) -> bool:
    """Tell whether a box is a bar: up to 3 points thin and longer than that."""
    wide, tall = high[0] - low[0], high[1] - low[1]
    return min(wide, tall) <= 3 < max(wide, tall)


def _is_straight(one: _Point, two: _Point) -> bool:
    """Tell whether a stroke from corner to corner runs level or upright."""
    wide, tall = abs(one[0] - two[0]), abs(one[1] - two[1])
    return min(wide, tall) <= 1 and max(wide, tall) > 3


def _rule(place: Placer, one: _Point, two: _Point) -> Rule:
    (ax, ay), (bx, by) = place(*one), place(*two)
    return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
