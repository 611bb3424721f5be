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


class Ranking:
    """Score decisions by the words of a query.

    Args:
        words: the query; a pattern is written for each term that it wants.
    """

    def __init__(self, words: Query) -> None:
        terms = dict.fromkeys(term for group in words for term in group.wanted)
        self._patterns = tuple(map(_pattern, terms))

    def score(self, text: str, title: str | None) -> Score:
        """Score a decision by its text and the title of its item."""
        found = 0.0
        for part, usual in ((fold(text), _USUAL_WORDS), (fold(title or ""), _USUAL_TITLE)):
            counts = [count for pattern in self._patterns if (count := len(pattern.findall(part)))]
            if counts:
                dampening = _SATURATION * (1 - _LENGTH + _LENGTH * (part.count(" ") + 1) / usual)
                found += sum(count * (_SATURATION + 1) / (count + dampening) for count in counts)
        return round(found, 6)


@lru_cache(maxsize=1_000)
def _pattern(term: Term) -> re.Pattern[str]:
    """Look for a term's words one after another, whatever their endings; the last may go on where it is a prefix."""
    *first, last = term.words
    parts = [(_stem(word), f"{_ENDINGS}?") for word in first]
    parts.append((last, r"[^\W_]*") if term.is_prefix else (_stem(last), f"{_ENDINGS}?"))
    (lead, rest), *others = parts
    begins = f"{lead}(?<![^\\W_]{lead})"  # letters first, for they are found faster than the beginning of a word
    return re.compile(r"[\W_]+".join([begins + rest, *map("".join, others)]) + r"(?![^\W_])")


def _stem(word: str) -> str:
    """Take an English ending off, roughly: it only orders what the index has found."""
    return _ENDING.sub("", word) if len(word) > 3 else word
