"""Part the text layer of a PDF page into runs: the words of one text object, and parts of words where objects meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat
from typing import NamedTuple

from minutes_miner.parse.textlayer import Style, TextLayer


class Run(NamedTuple):
    """Hold pieces of one text object, each a word or a part of one.

    Attributes:
        style: how they are set.
        first: the first piece, as an index into those of the page.
        end: the index after its last piece.
        glued: whether it follows what is before it without a space.
    """

    style: Style
    first: int
    end: int
    glued: bool = False


class Content(NamedTuple):
    """Hold a page's words in content order, those of one text object together, and in parts where objects meet.

    Attributes:
        starts: where each piece begins in the page's text.
        ends: where it ends.
        texts: its characters.
        runs: the pieces in their order, those of a text object together.
    """

    starts: list[int]
    ends: list[int]
    texts: list[str]
    runs: list[Run]


class _Pieces(NamedTuple):
    """Hold words or parts of them: where each begins and ends in the page's text, and its characters."""

    starts: list[int]
    ends: list[int]
    texts: list[str]

    def add(self, starts: Sequence[int], ends: Sequence[int], texts: Sequence[str]) -> None:
        """Add more of them at the end."""
        self.starts.extend(starts)
        self.ends.extend(ends)
        self.texts.extend(texts)


_Group = tuple[int, int, int | None, bool]
"""Index of a run's first piece, that after its last one, its text object, and whether it is glued."""


def read_content(layer: TextLayer) -> Content:
    """Part a page's text into runs.

    Args:
        layer: the page's text layer.
    """
    starts, ends = layer.find_words()
    words = _Pieces(starts, ends, layer.text.replace("\0", " ").split())
    objects = layer.find_objects(starts)
    groups = _find_groups(objects)
    lasts = [end - 1 for _, end, _, _ in groups]
    tails = layer.find_objects([ends[last] - 1 for last in lasts])
    broken = {last for last, tail in zip(lasts, tails, strict=True) if tail != objects[last]}
    if broken:
        words, groups = _break_words(layer, words, groups, broken)
    return Content(*words, list(_iter_runs(layer, words.starts, groups)))


def _find_groups(objects: Sequence[int | None]) -> list[_Group]:
    """Gather the words that follow each other and begin in one text object."""
    cuts = [at for at, (one, two) in enumerate(zip(objects, objects[1:], strict=False), 1) if one != two]
    bounds = [0, *cuts, len(objects)] if objects else []
    return [(first, end, objects[first], False) for first, end in zip(bounds, bounds[1:], strict=False)]


def _break_words(
    layer: TextLayer, words: _Pieces, groups: Iterable[_Group], broken: set[int]
) -> tuple[_Pieces, list[_Group]]:
    """Break words that are made of several text objects into their parts, which are glued but for the first.

    Args:
        layer: the page's text layer.
        words: its words.
        groups: the words that begin in one text object.
        broken: indices of the words that end in another one; such a word is the last of its group.
    """
    starts, ends, texts = words
    pieces = _Pieces([], [], [])
    parted: list[_Group] = []
    for first, end, thing, _ in groups:
        whole = end - 1 if end - 1 in broken else end
        if whole > first:
            parted.append((len(pieces.starts), len(pieces.starts) + whole - first, thing, False))
            pieces.add(starts[first:whole], ends[first:whole], texts[first:whole])
        for part, at, length in _iter_parts(layer, starts[whole], ends[whole]) if whole < end else ():
            parted.append((len(pieces.starts), len(pieces.starts) + 1, part, at > starts[whole]))
            pieces.add([at], [at + length], [layer.text[at : at + length]])
    return pieces, parted


def _iter_parts(layer: TextLayer, start: int, end: int) -> Iterator[tuple[int | None, int, int]]:
    """Give the text objects of a word, each with where its part begins and how long it is."""
    at = start
    for thing, same in groupby(layer.find_objects(range(start, end))):
        length = len(list(same))
        yield thing, at, length
        at += length


def _iter_runs(layer: TextLayer, starts: Sequence[int], groups: Sequence[_Group]) -> Iterator[Run]:
    """Ask how each group is set; aslant, each word stands at a height of its own and is a run of its own."""
    styles = layer.find_styles([starts[group[0]] for group in groups], [group[2] for group in groups])
    for style, (first, end, thing, glued) in zip(styles, groups, strict=True):
        if style.is_straight or end - first == 1:
            yield Run(style, first, end, glued)
        else:
            each = layer.find_styles(starts[first:end], repeat(thing, end - first))
            yield from (Run(one, at, at + 1) for at, one in enumerate(each, first))


def find_turn(content: Content) -> int:
    """Give the angle that most of the page's text runs at: 0, 90, 180 or 270 degrees."""
    found = {run.style.turn for run in content.runs}
    if len(found) == 1 and not min(found) % 90:
        return min(found)
    turns: Counter[int] = Counter()
    for style, first, end, _ in content.runs:
        if style.turn % 90 == 0:
            turns[style.turn] += content.ends[end - 1] - content.starts[first]
    return turns.most_common(1)[0][0] if turns else 0
