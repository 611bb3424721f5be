"""Read the straight lines that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from minutes_miner.parse.handle import INT, POINTER, Pointer, bind, find_address, point_to

_count_on_page = bind(pdfium.FPDFPage_CountObjects, INT)
_find_on_page = bind(pdfium.FPDFPage_GetObject, POINTER)
_count_in_form = bind(pdfium.FPDFFormObj_CountObjects, INT)
_find_in_form = bind(pdfium.FPDFFormObj_GetObject, POINTER)
_read_kind = bind(pdfium.FPDFPageObj_GetType, INT)
_read_matrix = bind(pdfium.FPDFPageObj_GetMatrix, INT)
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
    paths = 0
    found: list[Rule] = []
    for path in _iter_paths(point_to(find_address(page.raw)), depth=_DEPTH):
        paths += 1
        if paths > _MAX_PATHS:
            return
        found.extend(_read_path(path, place))
    yield from found


def _iter_paths(parent: Pointer, *, depth: int) -> Iterator[Pointer]:
    """Give a page's or a form's paths, those in forms on it included."""
    count, find = (_count_on_page, _find_on_page) if depth == _DEPTH else (_count_in_form, _find_in_form)
    items = list(map(point_to, filter(None, map(find, repeat(parent), range(count(parent))))))
    for item, kind in zip(items, map(_read_kind, items), strict=True):
        if kind == _PATH:
            yield item
        elif kind == _FORM and depth > 1:
            yield from _iter_paths(item, depth=depth - 1)


def _read_path(path: Pointer, place: Placer) -> Iterator[Rule]:
    """Give the rules of one path: thin filled bars, and the level and upright strokes of boxes and grids."""
    mode, stroke = INT(), INT()
    _read_mode(path, ctypes.byref(mode), ctypes.byref(stroke))
    if not mode.value and not stroke.value:
        return
    for points in _iter_subpaths(path):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        low, high = (min(xs), min(ys)), (max(xs), max(ys))
        wide, tall = high[0] - low[0], high[1] - low[1]
        if min(wide, tall) <= 3 < max(wide, tall):
            yield _rule(place, low, high)
        elif stroke.value:
            for one, two in zip(points, points[1:], strict=False):
                yield from _stroke(place, one, two)


def _iter_subpaths(path: Pointer) -> Iterator[list[tuple[float, float]]]:
    """Give the corners of each part of a path, in the page's own space; parts with curves are left out."""
    matrix = pdfium.FS_MATRIX()
    _read_matrix(path, ctypes.byref(matrix))
    a, b, c, d, e, f = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
    point = (ctypes.c_float * 2)()
    x_at, y_at = ctypes.byref(point), ctypes.byref(point, ctypes.sizeof(ctypes.c_float))
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(min(_count_segments(path), _MAX_SEGMENTS)):
        segment = point_to(_find_segment(path, index))
        kind = _read_segment_kind(segment)
        if kind == _MOVE:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == _CURVE
        _read_point(segment, x_at, y_at)
        x, y = point
        points.append((a * x + c * y + e, b * x + d * y + f))
        if _is_closed(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _stroke(place: Placer, one: tuple[float, float], two: tuple[float, float]) -> Iterator[Rule]:
    wide, tall = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(wide, tall) <= 1 and max(wide, tall) > 3:
        yield _rule(place, one, two)


def _rule(place: Placer, one: tuple[float, float], two: tuple[float, float]) -> Rule:
    (ax, ay), (bx, by) = place(*one), place(*two)
    return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
