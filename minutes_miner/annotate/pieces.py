"""Choose what to look for in a text: strings that can match → the rarest piece of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

Clause = frozenset[str]
"""Pieces of which every match holds one; a space is the edge of a word: ``" agree"`` begins one, and in ``"ed to "``
the word "to" comes right after one that ends in "ed". ``^`` and ``$`` stand for a word before the first and one after
the last. Signs are pieces too, such as ``":"``, but never together with words."""
Strings = frozenset[str]
"""All that can match, in lower case, with 0 for any digit and a space for any gap between words or edge of one."""

_COMMON = set(
    "the that was were with this have has had for and not all are will would been they from but its ^ $".split()
)
"""Words that are not rare, and the edges of a text."""


def make_clause(strings: Strings) -> tuple[Clause, ...]:
    """Make a clause of the rarest piece of each string; none where a string has no piece of a word."""
    pieces = [_find_rarest(string) for string in strings]
    return (frozenset(piece for piece in pieces if piece),) if all(pieces) else ()


@cache
def _find_rarest(string: str) -> str | None:
    """Give the rarest word of a string, or the rarest two that stand side by side where it has several."""
    words = string.split()
    if not words or words in (["^"], ["$"]):
        return None
    first, last = " " if string.startswith(" ") else "", " " if string.endswith(" ") else ""
    marked = f"{first}{' '.join(words)}{last}"
    if len(words) < 3:
        return marked
    pairs = [f" {one} {other} " for one, other in zip(words, words[1:], strict=False)]
    pairs[0] = pairs[0] if first else pairs[0][1:]
    pairs[-1] = pairs[-1] if last else pairs[-1][:-1]
    return min(pairs, key=_rate_piece)


def rate(pieces: Iterable[str]) -> float:
    """Give roughly how often words hold one of the pieces."""
    return sum(map(_rate_piece, pieces))


@cache
def _rate_piece(piece: str) -> float:
    """Give roughly how often words hold a piece: longer ones are rarer, common words are not rare."""
    first, _, second = piece.strip().partition(" ")
    if second:
        return _rate_piece(f" {first}") * _rate_piece(f"{second} ")
    return 1.0 if first in _COMMON else 4.0 ** -len(piece)
