"""Read the straight lines that are drawn on a PDF page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Placer = Callable[[float, float], tuple[float, float]]
"""Turns a point of the page's own space into points from the top left of upright text."""

_MAX_PATHS = 5000
"""Pages with more drawn paths are maps and plans, not ruled tables."""
_MAX_SEGMENTS = 4000


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
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        paths += 1
        if paths > _MAX_PATHS:
            return
        found.extend(_read_path(item.raw, place))
    yield from found


def _read_path(path: Any, place: Placer) -> Iterator[Rule]:
    """Give the rules of one path: thin filled bars, and the level and upright strokes of boxes and grids."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
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


def _iter_subpaths(path: Any) -> Iterator[list[tuple[float, float]]]:
    """Give the corners of each part of a path, in the page's own space; parts with curves are left out."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(
            (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        )
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
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
