"""Find lists of clauses that no lead-in opens, as on pages that show "RESOLVED" as a picture or not at all."""

from __future__ import annotations

import re

from minutes_miner.annotate.clauses import Clause, iter_clauses
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.domain.vocabulary import BlockRole

_FEWEST = 2
_SHARE = 0.5
"""Clauses of a list, and the share of them that must read as decisions, for all of them to be decisions."""
_FIRST = re.compile(r"\W*[1aiAI]?\W*$")
"""Number or bullet of the first point of a list."""
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
    is_point = block.number is not None and block.cell is None and block.role is not BlockRole.HEADING
    if not unit.first or not is_point or not _begins(layout, unit.block):
        return []
    if not _reads(unit.words, unit.topic) or _is_led(layout, unit):
        return []
    clauses = list(iter_clauses(layout, unit.block, any_paragraph=False))
    items = {layout.find_item(clause.start) for clause in clauses}
    if len(clauses) < _FEWEST or len(items) > 1:
        return []
    read = sum(_reads(Words(layout.text[clause.start : clause.end]), unit.topic) for clause in clauses)
    return clauses if read >= _SHARE * len(clauses) else []


def _begins(layout: Layout, index: int) -> bool:
    """Tell whether a list begins at a block: its number is the first, or no other point stands above it."""
    is_first = _FIRST.match(layout.blocks[index].number or "") is not None
    return is_first or not index or layout.blocks[index - 1].number is None


def is_operative(words: Words) -> bool:
    """Tell whether a clause reads as a decision by itself: "the report be noted", "Agreed the strategy"."""
    return load_phrases("clauses")["OPERATIVE"].match(words) is not None


def _reads(words: Words, topic: str | None) -> bool:
    """Tell whether a clause reads as a decision where it stands: "To approve" is one under the title "Decision"."""
    under = topic == "DECISION" and load_phrases("resolutions")["UNDER_DECISION"].match(words)
    return bool(under) or is_operative(words)


def _is_led(layout: Layout, unit: Unit) -> bool:
    """Tell whether words above the list say of what it is one, other than of what a body decided."""
    before = layout.blocks[unit.block - 1] if unit.block else None
    if before is None:
        return False
    words, phrases = layout.text[before.start : before.end], load_phrases("clauses")
    opens = phrases["BODY_LEAD"].match(words) or phrases["DECISION_LEAD"].match(words)
    return words.rstrip().endswith(_LEADS_ON) and not opens
