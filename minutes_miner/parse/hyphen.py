"""Join the lines of a paragraph: hyphens at line ends go or stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import cached_property

from minutes_miner.parse.line import Line

_PREFIXES = {
    "non",
    "co",
    "pre",
    "self",
    "sub",
    "vice",
    "multi",
    "ex",
    "well",
    "anti",
    "semi",
    "cross",
    "half",
    "part",
    "mid",
    "inter",
    "north",
    "south",
}
_WORD = 60
"""Characters at the end of a text in which its last word is sought."""


class Vocabulary:
    """Tell which words a document has away from line ends; it is not read before the first question.

    Args:
        read: gives the words in lower case, hyphenated ones among them.
    """

    def __init__(self, read: Callable[[], frozenset[str]]) -> None:
        self._read = read

    def __contains__(self, word: object) -> bool:
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return self._read()


def join_text(lines: Sequence[Line], vocabulary: Container[str]) -> str:
    """Give the words of a paragraph's lines, hyphens at line ends resolved.

    Args:
        lines: at least one.
        vocabulary: words in lower case that stand in the document away from line ends.
    """
    text = lines[0].text
    for line in lines[1:]:
        text = join_words(text, line.text, vocabulary)
    return text


def join_words(before: str, after: str, vocabulary: Container[str]) -> str:
    """Join two lines: "commit-" and "tee" lose the hyphen, "on-" and "going" keep it, others get a space."""
    if before[-1:] not in ("-", "/"):
        return f"{before} {after}"
    match = re.search(r"(?P<head>[^\W\d_]+)-$", before[-_WORD:])
    tail = re.match(r"[^\W\d_]+", after)
    if match is None or tail is None or not after[0].islower():
        slash = before.endswith(("/", "-")) and before[-2:-1].isalnum() and after[:1].isalnum()
        return before + ("" if slash else " ") + after
    head, rest = match["head"].lower(), tail.group().lower()
    whole = head + rest in vocabulary
    parted = f"{head}-{rest}" in vocabulary or head in _PREFIXES or (head in vocabulary and rest in vocabulary)
    if parted and not whole:
        return before + after
    return before[:-1] + after
