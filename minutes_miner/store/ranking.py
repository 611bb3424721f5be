"""Tell how well decisions match a query's words, alike on every database.

The score is that of BM25 without the rarity of words: more mentions count for more, though ever less, and long texts
count for less. The title of an item counts as a text of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minutes_miner.store.query import Query, Term, fold

_SATURATION, _LENGTH = 1.2, 0.75
_USUAL_WORDS, _USUAL_TITLE = 30, 8
_ENDINGS = "(?:ations?|ings?|ments?|ers?|ies|ied|ed|es|s|al|ly|e|y)"
_ENDING = re.compile(rf"(?<=\w{{3}}){_ENDINGS}$")

Score = float


def score_texts(words: Query, text: str, title: str | None) -> Score:
    """Score a decision by its text and the title of its item."""
    found = 0.0
    for part, usual in ((fold(text), _USUAL_WORDS), (fold(title or ""), _USUAL_TITLE)):
        dampening = _SATURATION * (1 - _LENGTH + _LENGTH * (part.count(" ") + 1) / usual)
        for pattern in _patterns(words):
            count = len(pattern.findall(part))
            found += count * (_SATURATION + 1) / (count + dampening)
    return round(found, 6)


@lru_cache(maxsize=100)
def _patterns(words: Query) -> tuple[re.Pattern[str], ...]:
    """Write a pattern for each term that is wanted."""
    return tuple(_pattern(term) for term in dict.fromkeys(term for group in words for term in group.wanted))


def _pattern(term: Term) -> re.Pattern[str]:
    """Look for a term's words one after another, whatever their endings; the last may go on where it is a prefix."""
    *first, last = term.words
    parts = [f"{_stem(word)}{_ENDINGS}?" for word in first]
    parts.append(rf"{last}[^\W_]*" if term.is_prefix else f"{_stem(last)}{_ENDINGS}?")
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(parts) + r"(?![^\W_])")


def _stem(word: str) -> str:
    """Take an English ending off, roughly: it only orders what the index has found."""
    return _ENDING.sub("", word) if len(word) > 3 else word
