"""Turn texts with places in them into HTML, the places marked and everything escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from minutes_miner.store.search import Snippet


def mark(text: str, places: Iterable[tuple[int, int]]) -> Markup:
    """Escape a text and put ``<mark>`` around some places of it.

    Args:
        text: any text, trusted or not.
        places: half-open offsets; those that overlap an earlier one are left out.
    """
    pieces, done = [], 0
    for start, end in sorted(places):
        if start >= done and end <= len(text):
            pieces += [escape(text[done:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
            done = end
    return Markup("").join((*pieces, escape(text[done:])))


def mark_snippet(snippet: Snippet) -> Markup:
    """Mark what was found in a snippet."""
    return mark(snippet.text, snippet.marks)
