"""Turn texts with places in them into HTML, the places marked and everything escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from minutes_miner.store.search import Snippet

PART = 60_000
"""Characters of a text that one page shows; longer texts are shown part by part."""


def part_of(offset: int) -> int:
    """Give the number, from 1, of the part of a text that an offset lies in."""
    return offset // PART + 1


def mark(text: str, places: Iterable[tuple[int, int]]) -> Markup:
    """Escape a text and put ``<mark>`` around some places of it.

    Args:
        text: any text, trusted or not.
        places: half-open offsets within the text; those that overlap are marked as one.
    """
    pieces, done = [], 0
    for start, end in _join(places):
        pieces += [escape(text[done:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
        done = end
    return Markup("").join((*pieces, escape(text[done:])))


def _join(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def mark_snippet(snippet: Snippet) -> Markup:
    """Mark what was found in a snippet."""
    return mark(snippet.text, snippet.marks)
