"""Know the titles that stand over the voters of each side of a vote."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIDES = {
    "for": r"(?:for|in\s+favour|ayes?|yes|content)(?:\s+(?:of\s+)?the\s+(?:motion|proposal|recommendations?))?",
    "against": r"(?:against|noes|no|nays?|not\s+content)(?:\s+the\s+(?:motion|proposal|recommendations?))?",
    "abstain": r"(?:abst(?:ain(?:ed|ing|s)?|entions?|\.)?|no\s+vote|not\s+voting|did\s+not\s+vote)",
    "absent": r"(?:absent|apologies|declared\s+(?:an\s+)?interest|conflict(?:\s+of\s+interests?)?)",
    "motion": r"(?:for\s+)?(?:the\s+)?(?:motion|recommendation)",
    "amendment": r"(?:for\s+)?(?:the\s+)?amendment",
}
_TITLES = {
    side: re.compile(rf"(?:vot(?:es?|ed|ing)\s+)?{title}(?:\s*[:–-]?\s*\(?\d{{1,3}}\)?)?\s*:?", re.IGNORECASE)
    for side, title in _SIDES.items()
}


def read_side(words: str) -> str | None:
    """Give the side that a title names: for, against, abstain, absent, or motion and amendment put to each other.

    Args:
        words: what stands over a column or beside a name, such as "Voted against (3)".

    Returns:
        The side, or None where the words are no such title.
    """
    words = words.strip()
    if len(words) > 40:
        return None
    return next((side for side, title in _TITLES.items() if title.fullmatch(words)), None)


def are_sides(titles: Sequence[str]) -> bool:
    """Tell whether titles are those of the columns of a roll-call: two sides or more, and nothing else."""
    return is_division([read_side(title) for title in titles])


def is_division(sides: Sequence[str | None]) -> bool:
    """Tell whether the sides that titles name are two or more that can stand against each other, and nothing else."""
    return None not in sides and {"against", "amendment"} & set(sides) != set() and len(set(sides)) > 1
