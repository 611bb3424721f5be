"""Tell whether a row at the top of a page is the rest of the row at the foot of the page before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

Texts = Mapping[int, str]
"""Words by column; empty cells are left out."""

_WHOLE = re.compile(r"\W*[\u00a3\u20ac]?\s?-?\d[\d,]*(?:\.\d+)?%?\W*$")
"""A figure, of which a cell has one."""
_ENDED = re.compile(r"[.:;!?][\"'\u2019\u201d)]*$")
_USUAL = 0.8
"""Share of a table's rows that fill a column which no row leaves empty."""
_FEWEST = 2
"""Rows that tell what is usual."""


def is_rest(row: Texts, before: Sequence[Texts]) -> bool:
    """Tell whether a row goes on with the last one: it lacks cells that rows have, or its words run on.

    Args:
        row: the first row of a page, but for a header once more.
        before: the table's rows so far, the first of which may be its header.
    """
    if not before or any(map(_WHOLE.match, (row[at] for at in row if _WHOLE.match(before[-1].get(at, ""))))):
        return False
    counts = Counter(column for texts in before for column in texts)
    usual = {column for column, count in counts.items() if count >= _USUAL * len(before)}
    if 0 not in row or (len(before) >= _FEWEST and usual - row.keys() and row.keys() <= before[-1].keys()):
        return True
    return any(_runs_on(column, text, before) for column, text in row.items())


def _runs_on(column: int, text: str, before: Sequence[Texts]) -> bool:
    """Tell whether a cell begins in mid-sentence, in a column where no cell above it begins so."""
    above = [texts[column] for texts in before if column in texts]
    broken = column in before[-1] and not _ENDED.search(before[-1][column])
    return text[0].islower() and broken and len(above) >= _FEWEST and not any(one[0].islower() for one in above)
