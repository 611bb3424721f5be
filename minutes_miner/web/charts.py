"""Lay out columns and bars: where each mark of a chart stands, in shares of its width, so that it fits any screen.

``templates/charts.html`` draws them as SVG; text keeps its size there, because only positions across are shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 160
"""Pixels that the highest column has."""

ROW = 46
"""Pixels of a bar with its label above."""

_GAP = 0.22
_LEAST = 1.5
"""Pixels, or hundredths across, of the smallest value that is not nought: it can be seen and pointed at."""


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one part of a mark: how much, and the class that gives its colour."""

    value: float
    tone: str = "tone-main"


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold a mark of a chart.

    Attributes:
        label: what it stands for, beside the mark.
        told: all of it in words, for those who point at it or hear it.
        parts: what it is made of, from the axis outwards.
        address: what is behind it; None for a mark that leads nowhere.
    """

    label: str
    told: str
    parts: tuple[Part, ...]
    address: str | None = None

    @property
    def total(self) -> float:
        """What its parts come to."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class Box:
    """Place a part: from where along its direction, and how far; pixels in columns, hundredths in bars."""

    start: float
    length: float
    tone: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Place a mark across the other direction: hundredths in columns, pixels in bars."""

    mark: Mark
    start: float
    width: float
    boxes: tuple[Box, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold a chart that is laid out: its marks, its height in pixels, and its highest value."""

    marks: tuple[Placed, ...]
    height: float
    most: float


def draw_columns(marks: Sequence[Mark], *, most: float | None = None, labels: int = 5) -> Chart:
    """Lay out columns from left to right.

    Args:
        marks: in their order.
        most: value of the full height, for charts beside each other; None for the highest of these.
        labels: about so many columns are labelled, the first of them among these.
    """
    highest = most or max((mark.total for mark in marks), default=0) or 1
    band = 100 / max(len(marks), 6)
    every = -(-len(marks) // labels) or 1
    placed = []
    for number, mark in enumerate(marks):
        boxes, top = [], float(HEIGHT)
        for part in mark.parts:
            length = max(part.value / highest * HEIGHT, _LEAST) if part.value > 0 else 0.0
            top -= length
            boxes.append(Box(round(top, 2), round(length, 2), part.tone))
        label = mark.label if number % every == 0 else ""
        placed.append(Placed(mark, round(number * band, 3), round(band * (1 - _GAP), 3), tuple(boxes), label))
    return Chart(tuple(placed), HEIGHT, highest)


def draw_bars(marks: Sequence[Mark], *, most: float | None = None) -> Chart:
    """Lay out bars from top to bottom, each below its label.

    Args:
        marks: in their order.
        most: value of the full width; None for the largest of these.
    """
    highest = most or max((mark.total for mark in marks), default=0) or 1
    placed = []
    for number, mark in enumerate(marks):
        boxes, start = [], 0.0
        for part in mark.parts:
            length = max(part.value / highest * 100, _LEAST / 3) if part.value > 0 else 0.0
            boxes.append(Box(round(start, 3), round(length, 3), part.tone))
            start += length
        label = mark.label if len(mark.label) <= 38 else mark.label[:37].rstrip() + "…"
        placed.append(Placed(mark, number * ROW, ROW, tuple(boxes), label))
    return Chart(tuple(placed), len(marks) * ROW, highest)
