"""Tell how alike two wordings are, by the words they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

MATCH = 0.5
"""Token F1 from which two wordings are the same mention."""

_TOKEN = re.compile(r"[£$€]?\w+(?:[.,']\w+)*")


def count_tokens(text: str) -> Counter[str]:
    """Count the words and figures of a text in small letters, whatever its apostrophes; in order of appearance."""
    return Counter(token.lower() for token in _TOKEN.findall(text.replace("’", "'")))


def token_f1(one: str, other: str) -> float:
    """Give twice the tokens that two texts share over the tokens of both; 0 where either has none."""
    first, second = count_tokens(one), count_tokens(other)
    if not first or not second:
        return 0.0
    return 2 * (first & second).total() / (first.total() + second.total())


def find_likeness(texts: Iterable[str], quotes: Iterable[str]) -> float:
    """Give the token F1 of the two wordings that are most alike; 0 where there are none."""
    quotes = tuple(quotes)
    return max((token_f1(text, quote) for text in texts for quote in quotes), default=0.0)


def find_cover(gold: str, found: str) -> float:
    """Give the share of gold's different tokens that stand in what was found, or 0 where that holds much else."""
    wanted, had = set(count_tokens(gold)), set(count_tokens(found))
    return len(wanted & had) / max(len(wanted), 1) if len(had) <= 3 * len(wanted) + 4 else 0.0


def fold_words(text: str) -> str:
    """Give the different tokens of a text in order: texts that differ in signs or repeats only give the same."""
    return " ".join(count_tokens(text))


def normalise_amount(figure: str) -> str | None:
    """Give a number with two decimals as text, or None where it is none."""
    try:
        return format(Decimal(figure).quantize(Decimal("0.01")), "f")
    except (InvalidOperation, ValueError):
        return None
