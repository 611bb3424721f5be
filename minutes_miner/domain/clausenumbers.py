"""Tell the number of a clause, and which clauses words such as "Resolutions 1 and 2:" name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MOST = 12
"""Numbers after the first that one naming can have."""
_ONE = r"(?:\d{1,2}|[a-z]|[ivx]{1,4})"
_LIST = rf"{_ONE}\)?(?:(?:\s*(?:,|and|&|to)\s*(?:and\s+)?|[-–])\(?{_ONE}\b\)?){{0,{_MOST}}}"
_BARE = rf"\({_ONE}\)(?:(?:\s*(?:,|and|&|to)\s*(?:and\s+)?|[-–])\({_ONE}\)){{0,{_MOST}}}"
_NOUN = r"(?:resolution|recommendation|clause|paragraph|part|limb|item|point)s?"
_NAMED = re.compile(
    rf"(?<!\w)(?:{_NOUN}\s+(?:no[s.]*\s*)?\(?(?P<numbers>{_LIST})|(?P<bare>{_BARE}))"
    r"\s*(?=[:–—-]|\(\d|\(?(?:unanim|nem|agreed|carried|approved|lost|by\b|for\b|was\b|were\b|on\b))",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"(?<!\w)(?:(?P<first>{_ONE})\)?(?:\s*to\s*|[-–])\(?(?P<last>{_ONE})|(?P<one>{_ONE}))\b", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?:^|[\s:;,–—-])\(?(?P<number>{_ONE})[).]\s*$", re.IGNORECASE)
_INSIDE = re.compile(rf"\W*(?:resolved|agreed|recommended)\W{{1,4}}(?P<number>{_ONE})[).]\s", re.IGNORECASE)
_WINDOW = 12
_LONGEST_LEAD = 30


class Named(NamedTuple):
    """Hold where words name clauses, and their numbers in small letters."""

    start: int
    end: int
    numbers: tuple[str, ...]


def read_clause_number(text: str, start: int) -> str | None:
    """Give the number that stands before a clause, or after the lead-in that it begins with.

    Args:
        text: the document's.
        start: where the clause begins.

    Returns:
        The number in small letters without its signs, such as "2" or "b"; None where there is none.
    """
    match = _BEFORE.search(text, max(0, start - _WINDOW), start) or _INSIDE.match(text, start, start + _LONGEST_LEAD)
    return match["number"].lower() if match else None


def find_named_clauses(words: str) -> Iterator[Named]:
    """Find where a sentence names clauses by number: "Resolutions 1 and 2:", "(a) to (c) were carried".

    Args:
        words: a sentence.

    Yields:
        Each naming in order; a range is given number by number.
    """
    for match in _NAMED.finditer(words):
        numbers: list[str] = []
        for part in _PART.finditer(match["numbers"] or match["bare"]):
            numbers += [part["one"].lower()] if part["one"] else _count(part["first"].lower(), part["last"].lower())
        yield Named(match.start(), match.end(), tuple(numbers))


def _count(first: str, last: str) -> list[str]:
    """Give the numbers from one to another; those two alone where they can't be counted."""
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first), int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha():
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [first, last]
