"""Find the words that tell what a sum of money is.

Their patterns are tried only where a word stands that can begin one: which words can is asked of the pattern once for
each word, and remembered. That is several times as fast as a search, which tries every alternative at every word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from minutes_miner.annotate.patternfiles import load_definitions
from minutes_miner.domain.vocabulary import SumRole

_SUFFIX = "_WORD"
_WORD = regex.compile(r"\w+")
_REMEMBERED = 50_000


def iter_telling(text: str) -> Iterator[regex.Match[str]]:
    """Give the words that tell a role, in their order, none overlapping another; the group's name is the role."""
    pattern, end = _anywhere(), 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start >= end and _can_begin(word.group()) and (match := pattern.match(text, start)):
            end = match.end()
            yield match


def find_right_before(text: str) -> SumRole | None:
    """Give what the words at the end of a text tell, with nothing behind them but what may stand before a sum.

    What the sum is a part of comes first, then limits, then all else.
    """
    for pattern in _at_the_end():
        if (match := pattern.match(text)) and match.lastgroup:
            return SumRole(match.lastgroup)
    return None


@lru_cache(_REMEMBERED)
def _can_begin(word: str) -> bool:
    """Tell whether a word can be the first of those that tell a role."""
    return _anywhere().match(word, partial=True) is not None


@cache
def _words() -> dict[str, str]:
    """Give the pattern of the words that tell a role, by role; at one place the first that matches wins."""
    parts = load_definitions("money_roles")
    return {name.removesuffix(_SUFFIX).lower(): part for name, part in parts.items() if name.endswith(_SUFFIX)}


@cache
def _anywhere() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?P<{role}>{word})" for role, word in _words().items()), regex.IGNORECASE)


@cache
def _at_the_end() -> tuple[regex.Pattern[str], ...]:
    """Match, from the end backwards, a word that tells a role and what may stand between it and its sum."""
    parts, words = load_definitions("money_roles"), dict(_words())
    leads = f"(?P<part>{parts['PART_LEAD']})|(?P<gap>{parts['GAP_LEAD']})"
    limits = f"(?P<threshold>{words.pop(SumRole.THRESHOLD)})(?:{parts['GAP']})$"
    others = "|".join(f"(?P<{role}>{word})" for role, word in words.items())
    written = (leads, limits, f"(?:{others})(?:{parts['GAP']})$")
    return tuple(regex.compile(f"(?r)(?:{one})", regex.IGNORECASE) for one in written)
