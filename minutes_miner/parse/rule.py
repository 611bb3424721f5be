"""Read the straight lines that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any

import pypdfium2.raw as pdfium

from minutes_miner.parse.handle import INT, POINTER, Pointer, bind, find_address, point_to

_count_on_page = bind(pdfium.FPDFPage_CountObjects, INT)
_find_on_page = bind(pdfium.FPDFPage_GetObject, POINTER)
_count_in_form = bind(pdfium.FPDFFormObj_CountObjects, INT)
_find_in_form = bind(pdfium.FPDFFormObj_GetObject, POINTER)
_read_kind = bind(pdfium.FPDFPageObj_GetType, INT)
_read_matrix = bind(pdfium.FPDFPageObj_GetMatrix, INT)
_read_bounds = bind(pdfium.FPDFPageObj_GetBounds, INT)
_read_mode = bind(pdfium.FPDFPath_GetDrawMode, INT)
_count_segments = bind(pdfium.FPDFPath_CountSegments, INT)
_find_segment = bind(pdfium.FPDFPath_GetPathSegment, POINTER)
_read_segment_kind = bind(pdfium.FPDFPathSegment_GetType, INT)
_read_point = bind(pdfium.FPDFPathSegment_GetPoint, INT)
_is_closed = bind(pdfium.FPDFPathSegment_GetClose, INT)
_PATH, _FORM = int(pdfium.FPDF_PAGEOBJ_PATH), int(pdfium.FPDF_PAGEOBJ_FORM)
_MOVE, _CURVE = int(pdfium.FPDF_SEGMENT_MOVETO), int(pdfium.FPDF_SEGMENT_BEZIERTO)

Placer = Callable[[float, float], tuple[float, float]]
"""Turns a point of the page's own space into points from the top left of upright text."""

_MAX_PATHS = 5000
"""Pages with more drawn paths are maps and plans, not ruled tables."""
_MAX_SEGMENTS = 4000
_BOX_SEGMENTS = 5
"""Segments of a box's outline, the step to its beginning included."""
_DEPTH = 3
"""Forms within forms, counted from the page, whose paths are read."""


@dataclass(frozen=True, slots=True)
class Rule:
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
        reader = _PathReader(place)
        for path in paths:
            yield from reader.read(path)


def _iter_paths(parent: Pointer, *, depth: int) -> Iterator[Pointer]:
    """Give a page's or a form's paths, those in forms on it included."""
    count, find = (_count_on_page, _find_on_page) if depth == _DEPTH else (_count_in_form, _find_in_form)
    items = list(map(point_to, filter(None, map(find, repeat(parent), range(count(parent))))))
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
        self._mode = (INT * 2)()
        self._mode_at = [ctypes.byref(self._mode, at * ctypes.sizeof(INT)) for at in range(2)]
        self._sides = (ctypes.c_float * 4)()
        self._side_at = [ctypes.byref(self._sides, at * ctypes.sizeof(ctypes.c_float)) for at in range(4)]
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.byref(self._matrix)

    def read(self, path: Pointer) -> Iterator[Rule]:
        """Give thin filled bars, and the level and upright strokes of boxes and grids."""
        _read_mode(path, *self._mode_at)
        fill, stroke = self._mode
        if not fill and not stroke:
            return
        if not stroke and _count_segments(path) <= _BOX_SEGMENTS:
            yield from self._read_bar(path)
            return
        for points in self._iter_subpaths(path):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            low, high = (min(xs), min(ys)), (max(xs), max(ys))
            if _is_thin(low, high):
                yield _rule(self._place, low, high)
            elif stroke:
                for one, two in zip(points, points[1:], strict=False):
                    yield from _stroke(self._place, one, two)

    def _read_bar(self, path: Pointer) -> Iterator[Rule]:
        """Give the rule that a box without an outline is, if it is thin."""
        if _read_bounds(path, *self._side_at):
            left, low, right, high = self._sides
            if _is_thin((left, low), (right, high)):
                yield _rule(self._place, (left, low), (right, high))

    def _iter_subpaths(self, path: Pointer) -> Iterator[list[tuple[float, float]]]:
        """Give the corners of each part of a path, in the page's own space; parts with curves are left out."""
        _read_matrix(path, self._matrix_at)
        matrix = self._matrix
        a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
        points: list[tuple[float, float]] = []
        curved = False
        count = min(_count_segments(path), _MAX_SEGMENTS)
        for segment in map(point_to, map(_find_segment, repeat(path), range(count))):
            kind = _read_segment_kind(segment)
            if kind == _MOVE:
                if len(points) > 1 and not curved:
                    yield points
                points, curved = [], False
            curved = curved or kind == _CURVE
            _read_point(segment, *self._side_at[:2])
            x, y, _, _ = self._sides
            points.append((a * x + c * y + e, b * x + d * y + f))
            if _is_closed(segment) and len(points) > 1:
                points.append(points[0])
        if len(points) > 1 and not curved:
            yield points


def _is_thin(low: tuple[float, float], high: tuple[float, float]) -> bool:
    """Tell whether a box is a bar: up to 3 points thin and longer than that."""
    wide, tall = high[0] - low[0], high[1] - low[1]
    return min(wide, tall) <= 3 < max(wide, tall)


def _stroke(place: Placer, one: tuple[float, float], two: tuple[float, float]) -> Iterator[Rule]:
    wide, tall = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(wide, tall) <= 1 and max(wide, tall) > 3:
        yield _rule(place, one, two)


def _rule(place: Placer, one: tuple[float, float], two: tuple[float, float]) -> Rule:
    (ax, ay), (bx, by) = place(*one), place(*two)
    return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
