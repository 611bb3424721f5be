"""Tell tables of minutes, one item of business a row, and forms of labelled rows from tables of data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes_miner.parse.margin import is_action_header

_NUMBER = re.compile(r"(?:minute|min|item|agenda\s+item|ref|reference|no|minute\s+(?:no|ref)|item\s+no|#)?\.?$", re.I)
_TITLE = re.compile(r"(?:agenda\s+)?(?:items?|topics?|subjects?|headings?|titles?)$", re.I)
_TEXT = re.compile(
    r"(?:business|(?:key\s+|main\s+)?(?:discussions?|points?)(?:\s+(?:and|/|&)\s+(?:decisions?|agreements?|points?))?"
    r"|minutes?|details?|notes?|proceedings|narrative|summary|matters?\s+(?:discussed|arising)|business\s+transacted"
    r"|discussion\s+points?|points?\s+(?:discussed|raised))$",
    re.I,
)
_DUE = re.compile(r"(?:dates?|due(?:\s+date)?|by\s+when|when|deadline|timescale|target(?:\s+date)?|by)$", re.I)
_LABEL_WORDS = 8
_LEAST_WORDS = 4
"""Words that the longest text of a column of minutes must have at least."""
_FIGURE = re.compile(r"[\u00a3\u20ac]?\s?-?\d[\d,]*(?:\.\d+)?%?$")


@dataclass(frozen=True, slots=True)
class MinuteColumns:
    """Say which columns of a table hold an item's number or title, its minutes, who is to act, and by when."""

    heads: tuple[int, ...]
    text: int
    action: int
    due: int | None = None


def find_minute_columns(head: Sequence[str]) -> MinuteColumns | None:
    """Tell whether a table holds minutes beside an Action column, from the names in its first row.

    Args:
        head: the words of its first row.

    Returns:
        Its columns, or None for any other table.
    """
    head = [text.strip(" .:") for text in head]
    acts = [column for column, name in enumerate(head) if is_action_header(name)]
    if len(head) < 2 or len(acts) != 1 or acts[0] < len(head) - 2:
        return None
    due = acts[0] + 1 if acts[0] + 1 < len(head) else None
    if due is not None and not _DUE.match(head[due]):
        return None
    before = range(acts[0])
    texts = [column for column in before if _TEXT.match(head[column])][-1:]
    rest = [column for column in before if column not in texts]
    if not texts or not all(_NUMBER.match(head[column]) or _TITLE.match(head[column]) for column in rest):
        return None
    return MinuteColumns(tuple(rest), texts[0], acts[0], due)


def holds_minutes(texts: Iterable[str]) -> bool:
    """Tell whether a column's texts are long enough to be minutes."""
    return any(len(text.split()) >= _LEAST_WORDS for text in texts)


def is_form(rows: Sequence[tuple[str, str]]) -> bool:
    """Tell whether marked labels with their values are a form, as in records of decisions, and no table of figures.

    Args:
        rows: of each row the label and the value, which may be cut short.
    """
    figures = sum(bool(_FIGURE.match(value)) for _, value in rows)
    return 0 < len(rows) and figures <= 0.6 * len(rows) and all(len(label.split()) <= _LABEL_WORDS for label, _ in rows)
