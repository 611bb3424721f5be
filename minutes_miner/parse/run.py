"""Part the text layer of a PDF page into runs: the words of one text object, and parts of words where objects meet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat
from typing import NamedTuple

from minutes_miner.parse.textlayer import Style, TextLayer

_TOKEN = re.compile(r"[^\s\0]+")

Span = tuple[int, int]
"""Where a word, or a part of one, begins and ends in the page's text."""


class Run(NamedTuple):
    """Hold words or parts of words of one text object; a glued one follows what is before it without a space."""

    style: Style
    spans: Sequence[Span]
    glued: bool = False


def find_runs(layer: TextLayer) -> list[Run]:
    """Give a page's words in content order, those of one text object together, and in parts where objects meet.

    Args:
        layer: the page's text layer.
    """
    found = list(_iter_spans(layer))
    starts = [spans[0][0] for _, spans, _ in found]
    styles = layer.find_styles(starts, (thing for thing, _, _ in found))
    runs: list[Run] = []
    for style, (thing, spans, glued) in zip(styles, found, strict=True):
        if style.is_straight or len(spans) == 1:
            runs.append(Run(style, spans, glued))
        else:  # aslant, each word stands at a height of its own
            each = layer.find_styles([start for start, _ in spans], repeat(thing, len(spans)))
            runs.extend(Run(one, [span]) for one, span in zip(each, spans, strict=True))
    return runs


def _iter_spans(layer: TextLayer) -> Iterator[tuple[int | None, Sequence[Span], bool]]:
    """Give each text object's words, and the parts of words of several objects, which are glued but for the first."""
    spans = [match.span() for match in _TOKEN.finditer(layer.text)]
    objects = layer.find_objects([start for start, _ in spans])
    at = 0
    for thing, same in groupby(objects):
        group = spans[at : at + len(list(same))]
        at += len(group)
        first, end = group[-1]
        whole = end - first == 1 or layer.find_objects([end - 1]) == [thing]
        if not whole:
            group.pop()
        if group:
            yield thing, group, False
        if not whole:
            yield from _split(layer, first, end)


def _split(layer: TextLayer, start: int, end: int) -> Iterator[tuple[int | None, Sequence[Span], bool]]:
    """Give the parts of a word that is made of several text objects."""
    at = start
    for thing, same in groupby(layer.find_objects(range(start, end))):
        length = len(list(same))
        yield thing, [(at, at + length)], at > start
        at += length


def find_turn(runs: Iterable[Run]) -> int:
    """Give the angle that most of the page's text runs at: 0, 90, 180 or 270 degrees."""
    turns: Counter[int] = Counter()
    for run in runs:
        if run.style.turn % 90 == 0:
            turns[run.style.turn] += run.spans[-1][1] - run.spans[0][0]
    return turns.most_common(1)[0][0] if turns else 0
