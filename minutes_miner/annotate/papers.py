"""Tell documents that decide from papers that only propose."""

from __future__ import annotations

from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.sections import Layout

_TITLE = 600
_HEAD = 2000
"""Characters at the start of a document that hold its title, and its title with the list of those present."""


def is_paper(layout: Layout) -> bool:
    """Tell whether a document only proposes: an agenda, an amendment paper, a record of a decision yet to be taken."""
    phrases = load_phrases("papers")
    head = Words(layout.text[:_HEAD])
    if phrases["PROPOSED_PAPER"].search(head):
        return True
    if any(section.topic in {"MINUTES", "DECISION"} for section in layout.sections):
        return False
    return bool(phrases["AGENDA"].search(layout.text[:_TITLE])) and not phrases["MINUTES_TITLE"].search(head)
