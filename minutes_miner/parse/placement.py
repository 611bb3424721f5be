"""Tell where the words of a PDF page stand: their boxes, baselines and type sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minutes_miner.domain.source import Box
from minutes_miner.parse.rule import Placer
from minutes_miner.parse.run import Content, Run
from minutes_miner.parse.textlayer import TextLayer

_TIGHT = 0.95
"""Share of the type size below which a line's box is too low for type of that size."""
_ASCENT, _DESCENT = 0.85, 0.2

Fields = tuple[str, Box, float, float, bool]
"""Text, box, baseline, type size and boldness of one piece."""


class Level(NamedTuple):
    """Say at what height a run stands, in points from the top of upright text.

    Attributes:
        top: of its boxes.
        bottom: of its boxes.
        baseline: where its letters stand.
        size: of its type.
        is_flat: whether its font tells no ascent, so that PDFium's boxes are only as high as their letters.
    """

    top: float
    bottom: float
    baseline: float
    size: float
    is_flat: bool


_NOWHERE = Level(0.0, 0.0, 0.0, 0.0, True)


class Placement:
    """Place all pieces of a page at once; those of a run stand at one height and share the numbers that tell it.

    Args:
        layer: the page's text layer.
        content: its pieces and runs.
        turn: the angle that the page's text runs at.
        place: how points are placed.

    Attributes:
        levels: the height of each run; None for text at another angle and for type without any height.
    """

    def __init__(self, layer: TextLayer, content: Content, turn: int, place: Placer) -> None:
        self._layer, self._content, self._turn, self._place = layer, content, turn, place
        left, self._high = place(0.0, 0.0) if turn == 0 else (0.0, 0.0)
        count = len(content.starts)
        boxes = layer.find_boxes([*content.starts, *[end - 1 for end in content.ends]])
        x0, tops, x1, lows = boxes.T if turn == 0 else _upright(boxes, place)
        self._lefts: list[float] = (np.where(x0[:count] < x0[count:], x0[:count], x0[count:]) + left).tolist()
        self._rights: list[float] = (np.where(x1[:count] > x1[count:], x1[:count], x1[count:]) + left).tolist()
        self._tops, self._lows = tops[:count], lows[:count]
        firsts = [run.first for run in content.runs]
        heights = zip(content.runs, self._tops[firsts].tolist(), self._lows[firsts].tolist(), strict=True)
        self.levels = [self._find_level(run, top, low) for run, top, low in heights]

    def iter_pieces(self) -> Iterator[Fields]:
        """Give what is known of each piece; that of runs without a level means nothing."""
        levels = [level or _NOWHERE for level in self.levels]
        counts = [run.end - run.first for run in self._content.runs]
        tops, bottoms, baselines, sizes, _ = (_spread(values, counts) for values in zip(*levels, strict=True))
        bold = _spread([run.style.bold for run in self._content.runs], counts)
        for at in self._find_uneven(levels, counts):
            tops[at], bottoms[at] = self._high - float(self._tops[at]), self._high - float(self._lows[at])
        return zip(self._content.texts, zip(self._lefts, tops, self._rights, bottoms), baselines, sizes, bold)

    def _find_level(self, run: Run, top: float, low: float) -> Level | None:
        """Tell at what height a run stands, from the box of its first character."""
        style = run.style
        size = style.size if style.size > 2 else abs(top - low)
        if style.turn != self._turn or not size:
            return None
        baseline = self._place(*style.origin)[1]
        if low < top < low + _TIGHT * size:
            size *= self._layer.find_scale(self._content.starts[run.first]) if style.size > 2 else 1.0
            if top < low + _TIGHT * size:
                return Level(baseline - _ASCENT * size, baseline + _DESCENT * size, baseline, size, True)
        elif top > low:
            size = min(size, top - low)
        return Level(self._high - top, self._high - low, baseline, size, False)

    def _find_uneven(self, levels: Sequence[Level], counts: Sequence[int]) -> list[int]:
        """Find the pieces whose boxes are not as high as those of their runs."""
        firsts = np.repeat([run.first for run in self._content.runs], counts)
        found = np.flatnonzero((self._tops != self._tops[firsts]) | (self._lows != self._lows[firsts]))
        if not len(found):
            return []
        flat = _spread([level.is_flat for level in levels], counts)
        return [at for at in found.tolist() if not flat[at]]


def _spread(values: Iterable[Any], counts: Iterable[int]) -> list[Any]:
    """Give each value as many times as its count tells."""
    return list(chain.from_iterable(map(repeat, values, counts)))


def _upright(boxes: NDArray[np.float64], place: Callable[[Any, Any], tuple[Any, Any]]) -> NDArray[np.float64]:
    """Turn the boxes of a page whose text runs at an angle, so that y grows upwards from 0 and x from 0."""
    left, top, right, low = boxes.T
    (ax, ay), (bx, by) = place(left, low), place(right, top)
    return np.array((np.minimum(ax, bx), -np.minimum(ay, by), np.maximum(ax, bx), -np.maximum(ay, by)))
