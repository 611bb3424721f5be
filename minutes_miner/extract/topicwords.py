"""Turn a decision's title, words and committee into words and terms that tell its topics.

The terms are those of :mod:`minutes_miner.domain.topic`, so that a word which no training text holds still counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from minutes_miner.domain.topic import load_topics

_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)?|\d{2}/\d{4,5}|20mph", re.UNICODE)
_REFERENCE = re.compile(r"\d{2}/\d{4,5}")
_MOST_WORDS = 120
"""A clause says early what it is about; more would only cost time."""

_LONGEST_TERM = 5
"""Words of a term."""

_PLAIN = frozenset(
    "a an and as at be been by for from had has have he her his in is it its of on or our she that the their them "
    "there they this to was we were which who will with would not no all any".split()
)


PLACES = ("title", "text", "committee")
"""Where words stand."""

Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold what tells the topics of a decision.

    Attributes:
        features: words, pairs of words of the title and of the clause, and words by where they stand.
        terms: the terms that occur, for each of PLACES.
    """

    features: frozenset[str]
    terms: tuple[frozenset[Term], ...]


def read_wording(title: str | None, text: str, committee: str | None) -> Wording:
    """Give the words and terms of a decision.

    Args:
        title: of its item.
        text: its clause.
        committee: the body that met.
    """
    parts = _read_again("t", title or ""), _read(" ", text), _read_again("c", committee or "")
    return Wording(parts[0][0].union(parts[1][0], parts[2][0]), tuple(terms for _, terms in parts))


def _read(place: str, text: str) -> tuple[frozenset[str], frozenset[Term]]:
    """Give the features and terms of one place; the words of a committee's name tell nothing anywhere else."""
    words = split_words(text)
    told = [word for word in words if word not in _PLAIN]
    features = {f"{place}:{word}" for word in told} if place != " " else set()
    if place != "c":
        features.update(told, map(" ".join, zip(words, words[1:])))
    return frozenset(features), find_terms(words)


_read_again = lru_cache(maxsize=1000)(_read)
"""Reads what many decisions share."""


def split_words(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case without the ending of the plural; numbers of applications are one word."""
    words = _WORD.findall(text.lower().replace("'", "’"))[:_MOST_WORDS]
    return tuple(map(_strip, words))


def find_terms(words: Term) -> frozenset[Term]:
    """Give the terms that occur, the longest at each place alone: "council tax" is no mention of a council."""
    terms, starts = _terms()
    found, end = [], 0
    for place, word in enumerate(words):
        for size in range(starts.get(word, 0), 0, -1):
            term = words[place : place + size]
            if len(term) == size and term in terms:
                if place + size > end:
                    found.append(term)
                end = max(end, place + size)
                break
    return frozenset(found)


def topics_of(term: Term) -> tuple[str, ...]:
    """Give the codes of the topics that a term tells of."""
    return _terms()[0][term]


def list_terms() -> tuple[Term, ...]:
    """Give every term, in the order of the topics."""
    return tuple(_terms()[0])


@lru_cache(maxsize=50_000)
def _strip(word: str) -> str:
    if _REFERENCE.fullmatch(word):
        return "0/0"
    word = word.removesuffix("’s").replace("’", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _terms() -> tuple[Mapping[Term, tuple[str, ...]], Mapping[str, int]]:
    """Give the codes of each term, and how many words the longest term has that begins with a word."""
    terms: dict[Term, tuple[str, ...]] = {}
    starts: dict[str, int] = {}
    for topic in load_topics().values():
        for written in topic.terms:
            term = split_words(written)[:_LONGEST_TERM]
            terms[term] = tuple(dict.fromkeys((*terms.get(term, ()), topic.code)))
            starts[term[0]] = max(starts.get(term[0], 0), len(term))
    return terms, starts
