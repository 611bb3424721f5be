"""Read the ink of a page's picture: how it lies askew, the lines ruled on it, and which words are set bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from minutes_miner.domain.source import Box
from minutes_miner.parse.rule import Rule

Pixels = NDArray[np.uint8]
"""Shades of grey by row and column, 0 for black."""
_Mask = NDArray[np.bool_]

_STEEPEST = 0.07
"""Slope, four degrees, beyond which no sheet is straightened."""
_STEP = 0.002
_COARSE = 4
_LEVEL, _UPRIGHT, _THICK = 36.0, 20.0, 4.0
"""Least lengths of level and upright rules and their greatest thickness, in points."""
_MOST_RUNS = 1_000
"""Runs of ink beyond which a page is a picture or a plan, not ruled."""
_LETTER = 5
"""Dark squares, four pixels wide, of the smallest letter."""
_AROUND = 3
"""Squares around a dark one that belong to its letter."""
_SOLID = 0.9
"""Share of dark pixels along a rule; specks and folds take some."""
_BOLDER = 1.25
"""Times the usual stroke's width from which a word is bold; that of common typefaces' bold is 1.4 and more."""


def straighten(pixels: Pixels) -> Pixels:
    """Turn a page that lies up to four degrees askew straight, so that its lines of words run level.

    Args:
        pixels: the page.

    Returns:
        A page of the same size, sheared both ways about its middle, which for so small a turn is the same as turning.
    """
    slope = find_slope(pixels)
    if abs(slope) < _STEP / 2:
        return pixels
    return _shear(_shear(pixels, slope).T, -slope).T


def find_slope(pixels: Pixels) -> float:
    """Give how far lines of words fall, in pixels a pixel: the slope at which ink gathers most sharply in rows."""
    height, width = (size // _COARSE * _COARSE for size in pixels.shape)
    small = pixels[:height, :width].reshape(height // _COARSE, _COARSE, width // _COARSE, _COARSE).mean((1, 3))
    ink = (small < find_threshold(pixels)).astype(np.uint8)
    if not ink.any():
        return 0.0
    coarse = max(np.arange(-_STEEPEST, _STEEPEST, 4 * _STEP), key=lambda slope: _sharpness(ink, slope))
    return float(max(coarse + np.arange(-4, 5) * _STEP / 2, key=lambda slope: (_sharpness(ink, slope), -abs(slope))))


def find_threshold(pixels: Pixels) -> float:
    """Give the shade that parts ink from paper: nearer to the paper, so that thin grey lines are ink."""
    sample = pixels[::7, ::7]
    paper, dark = float(np.median(sample)), float(np.percentile(sample, 1))
    return paper - 0.4 * (paper - dark) if paper - dark > 40 else 0.0


def find_rules(pixels: Pixels, dpi: float) -> list[Rule]:
    """Find level and upright lines ruled on a page, in points from its top left.

    Args:
        pixels: the page, straight.
        dpi: pixels an inch.
    """
    ink, point = pixels < find_threshold(pixels), dpi / 72
    level = [(a / point, b / point, c / point, d / point) for a, b, c, d in _runs(ink, _LEVEL * point, point)]
    upright = [(b / point, a / point, d / point, c / point) for a, b, c, d in _runs(ink.T, _UPRIGHT * point, point)]
    return [Rule(*box) for box in level + upright]


def erase(pixels: Pixels, boxes: Iterable[Box], dpi: float) -> Pixels:
    """Give a page with paper where some boxes are, such as rules, which OCR would take for letters.

    Args:
        pixels: the page, straight.
        boxes: in points.
        dpi: pixels an inch.
    """
    clean, point, paper = pixels.copy(), dpi / 72, int(np.median(pixels[::7, ::7]))
    for x0, top, x1, bottom in boxes:
        left, right = max(round(x0 * point) - 2, 0), max(round(x1 * point) + 2, 0)
        clean[max(round(top * point) - 2, 0) : max(round(bottom * point) + 2, 0), left:right] = paper
    return clean


def keep_letters(pixels: Pixels, whole: Pixels) -> Pixels | None:
    """Give what is left of a page without its grain and specks, or None where not even one letter is left.

    Args:
        pixels: what is left.
        whole: the page as it was, which tells ink from paper.
    """
    ink = pixels < find_threshold(whole)
    height, width = (size // _COARSE for size in ink.shape)
    squares = ink[: height * _COARSE, : width * _COARSE].reshape(height, _COARSE, width, _COARSE).sum((1, 3))
    solid = squares >= _COARSE**2 // 2
    if solid.sum() < _LETTER:
        return None
    for axis in (0, 1):
        solid = np.logical_or.reduce([np.roll(solid, step, axis) for step in range(-_AROUND, _AROUND + 1)])
    near = np.zeros_like(ink)
    near[: height * _COARSE, : width * _COARSE] = solid.repeat(_COARSE, 0).repeat(_COARSE, 1)
    return np.where(near & ink, pixels, np.uint8(255))


def find_bullet(pixels: Pixels, line: Box, size: float, dpi: float) -> Box | None:
    """Give the box of the bullet that stands before a line, or None where there is none.

    Args:
        pixels: the page, straight, nothing but ink darker than white, words taken out.
        line: the box of the line from its ascenders to its baseline, in points.
        size: its type size, in points.
        dpi: pixels an inch.
    """
    point = dpi / 72
    left, right = max(round((line[0] - 3 * size) * point), 0), max(round((line[0] - 0.3 * size) * point), 0)
    top, bottom = max(round((line[3] - 0.75 * size) * point), 0), max(round(line[3] * point), 0)
    ink = pixels[top:bottom, left:right] < 255
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return None
    high, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    if not all(0.15 * size * point <= side <= 0.55 * size * point for side in (high, wide)):
        return None
    if ink.sum() < 0.5 * high * wide:
        return None
    x0, y0 = (left + int(columns[0])) / point, (top + int(rows[0])) / point
    return x0, y0, x0 + wide / point, y0 + high / point


def find_bold(pixels: Pixels, boxes: Sequence[Box], sizes: Sequence[float], dpi: float) -> list[bool]:
    """Tell for each word whether its strokes are bolder than those of most of the page.

    Args:
        pixels: the page, straight.
        boxes: around each word, in points.
        sizes: the type size of each word, in points.
        dpi: pixels an inch.
    """
    ink, point = pixels < find_threshold(pixels), dpi / 72
    widths = [_stroke(ink, box, point) / size for box, size in zip(boxes, sizes, strict=True)]
    known = [width for width in widths if width]
    usual = median(known) if known else 0.0
    return [width > _BOLDER * usual > 0 for width in widths]


def _stroke(ink: _Mask, box: Box, point: float) -> float:
    """Give about how wide a word's strokes are, in points: twice their area by the length of their edges."""
    x0, top, x1, bottom = (max(round(value * point), 0) for value in box)
    word = ink[top:bottom, x0:x1].astype(np.int8)
    edges = np.abs(np.diff(word, axis=0)).sum() + np.abs(np.diff(word, axis=1)).sum()
    return float(2 * word.sum() / edges / point) if edges else 0.0


def _shear(pixels: Pixels, slope: float) -> Pixels:
    """Move each column up by its share of a slope, about the middle one."""
    height, width = pixels.shape
    moves = np.round(slope * (np.arange(width) - width / 2)).astype(int)
    moved = np.full_like(pixels, np.median(pixels[::7, ::7]))
    for move in np.unique(moves):
        columns = moves == move
        if move >= 0:
            moved[: height - move, columns] = pixels[move:, columns]
        else:
            moved[-move:, columns] = pixels[:move, columns]
    return moved


def _sharpness(ink: Pixels, slope: float) -> float:
    """Measure how sharply rows of ink part from rows of paper when columns are moved by a slope."""
    rows = np.arange(ink.shape[0])[:, None] - np.round(slope * (np.arange(ink.shape[1]) - ink.shape[1] / 2))[None, :]
    rows = rows[ink.astype(bool)].astype(int)
    counts = np.bincount(np.clip(rows, 0, ink.shape[0] - 1), minlength=ink.shape[0]).astype(float)
    return float((np.diff(counts) ** 2).sum())


def _runs(ink: _Mask, least: float, point: float) -> Iterator[tuple[float, float, float, float]]:
    """Give long thin runs of ink along rows, as left, top, right and bottom in pixels."""
    length = round(least)
    if ink.shape[1] <= length:
        return
    sums = np.cumsum(np.pad(ink.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    full = sums[:, length:] - sums[:, :-length] >= _SOLID * length
    open_runs: list[list[int]] = []
    for row in np.flatnonzero(full.any(axis=1)):
        edges = np.flatnonzero(np.diff(np.pad(full[row].astype(np.int8), 1)))
        for left, right in zip(edges[::2], edges[1::2] - 1 + length, strict=True):
            home = next((r for r in open_runs if row - r[3] <= 2 and left < r[2] and right > r[0]), None)
            if home:
                home[:] = min(home[0], int(left)), home[1], max(home[2], int(right)), int(row)
            else:
                open_runs.append([int(left), int(row), int(right), int(row)])
        if len(open_runs) > _MOST_RUNS:
            return
    for left, top, right, bottom in open_runs:
        if bottom - top + 1 <= _THICK * point:
            yield left, top, right, bottom + 1
