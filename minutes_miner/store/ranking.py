"""Tell how well decisions match a query's words, alike on every database.

The score is that of BM25 without the rarity of words: more mentions count for more, though ever less, and long texts
count for less. The title of an item counts as a text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from minutes_miner.store.query import Query, Term, fold

_SATURATION, _LENGTH = 1.2, 0.75
_USUAL_WORDS = {"text": 30, "title": 8}
_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(r"(?<=\w{3})(?:ations?|ings?|ments?|ers?|ies|ied|ed|es|s|al|ly|e|y)$")

Score = float


def score_texts(words: Query, text: str, title: str | None) -> Score:
    """Score a decision by its text and the title of its item."""
    terms = list(dict.fromkeys(term for group in words for term in group.wanted))
    return round(
        sum(
            _score(terms, [_stem(word) for word in _WORD.findall(fold(part))], _USUAL_WORDS[name])
            for name, part in (("text", text), ("title", title or ""))
        ),
        6,
    )


def _score(terms: Iterable[Term], stems: Sequence[str], usual: int) -> Score:
    dampening = _SATURATION * (1 - _LENGTH + _LENGTH * len(stems) / usual)
    counts = (_count(term, stems) for term in terms)
    return sum(count * (_SATURATION + 1) / (count + dampening) for count in counts if count)


def _count(term: Term, stems: Sequence[str]) -> int:
    """Count how often a term's words follow each other; the last may go on where it is a prefix."""
    first, last = [_stem(word) for word in term.words[:-1]], term.words[-1]
    if not term.is_prefix:
        last = _stem(last)
    if not first:
        return sum(stem.startswith(last) for stem in stems) if term.is_prefix else stems.count(last)
    width = len(first)
    return sum(
        stems[place : place + width] == first
        and (stems[place + width].startswith(last) if term.is_prefix else stems[place + width] == last)
        for place in range(len(stems) - width)
    )


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    """Take an English ending off, roughly: it only orders what the index has found."""
    return _ENDING.sub("", word) if len(word) > 3 else word
