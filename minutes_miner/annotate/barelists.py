"""Find lists of clauses that no lead-in opens, as on pages that show "RESOLVED" as a picture or not at all."""

from __future__ import annotations

import re

from minutes_miner.annotate.clauses import Clause, iter_clauses
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.sections import Layout, Unit

_FEWEST = 2
_SHARE = 0.5
"""Clauses of a list, and the share of them that must read as decisions, for all of them to be decisions."""
_POINT = re.compile(r"\W*\w{1,4}\W*$")
"""Number of a point of a list; paragraphs of minutes that are numbered throughout have such as 6.4."""
_LEADS_ON = (":", ":-", ",", "–", "-", " that", " to")
"""Ends of the words above a list that lead in to it."""


def find_bare_list(layout: Layout, unit: Unit) -> list[Clause]:
    """Give the clauses of the list that a sentence begins, where they read as decisions.

    Args:
        layout: the document.
        unit: a sentence that no lead-in has taken in.

    Returns:
        The clauses; none where the list is too short or most of it tells something else.
    """
    block = layout.blocks[unit.block]
    if not unit.first or not _POINT.match(block.number or "") or block.cell:
        return []
    if not is_operative(unit.words) or _is_led(layout, unit):
        return []
    clauses = list(iter_clauses(layout, unit.block, any_paragraph=False))
    items = {layout.find_item(clause.start) for clause in clauses}
    if len(clauses) < _FEWEST or len(items) > 1 or block.start in {section.start for section in layout.sections}:
        return []
    read = sum(is_operative(Words(layout.text[clause.start : clause.end])) for clause in clauses)
    return clauses if read >= _SHARE * len(clauses) else []


def _is_led(layout: Layout, unit: Unit) -> bool:
    """Tell whether words above the list say of what it is one, other than of what a body decided."""
    before = layout.blocks[unit.block - 1] if unit.block else None
    if before is None:
        return False
    words, phrases = layout.text[before.start : before.end], load_phrases("clauses")
    opens = phrases["BODY_LEAD"].match(words) or phrases["DECISION_LEAD"].match(words)
    return words.rstrip().endswith(_LEADS_ON) and not opens


def is_operative(words: str) -> bool:
    """Tell whether a clause reads as a decision by itself: "the report be noted", "Agreed the strategy"."""
    return load_phrases("clauses")["OPERATIVE"].match(words) is not None
