"""Compare the words of two statements."""

from __future__ import annotations

import re
from collections.abc import Sequence

SAME_MEETING = 0.62
"""Token F1 from which two statements of one item, or of two papers of one meeting, are one."""

_NAMES = re.compile(r"(?<![.\n]\s)(?<!^)\b[A-Z][a-zà-ÿ]\w+")
_FIGURES = re.compile(r"\d[\d/,.]*\d|\d")
_ENDING = re.compile(r"(?:ies|ed|es|s|ing|e)$")
_WORD = re.compile(r"[\w']+")
_FILLER = set(
    "the a an of to in on and that be is was were it its for by at as with this resolved agreed noted approved has have"
    " been would will are or from council committee cabinet members which there".split()
)


def find_words(text: str) -> list[str]:
    """Give the words that carry meaning, without capitals and common endings, in their order."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    return [_stem(word) for word in words if word not in _FILLER]


def differ(first: str, second: str, *, exact: bool) -> bool:
    """Tell whether each holds two names or, where ``exact``, a figure that the other lacks."""
    names = [set(_NAMES.findall(words)) for words in (first, second)]
    figures = [set(_FIGURES.findall(words)) for words in (first, second)]
    by_name = len(names[0] - names[1]) > 1 and len(names[1] - names[0]) > 1
    return by_name or exact and bool(figures[0] - figures[1] and figures[1] - figures[0])


def find_twin(text: str, others: Sequence[str]) -> int | None:
    """Find the statement that says the same in another paper of the meeting.

    Args:
        text: the words of a decision or action.
        others: those of the other paper.

    Returns:
        The place in ``others`` of the likest one, or None where none says the same.
    """
    if text in others:
        return others.index(text)
    words = set(find_words(text))
    best, likest = None, SAME_MEETING
    for place, other in enumerate(others):
        rivals = set(find_words(other))
        common = len(words & rivals)
        score = 2 * common / max(1, len(words) + len(rivals))
        if score >= likest and common >= 3 and not differ(text, other, exact=True):
            best, likest = place, score
    return best


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 4 else word
