"""Tell documents that decide from papers that only propose."""

from __future__ import annotations

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout

_TITLE = 600
_HEAD = 2000
"""Characters at the start of a document that hold its title, and its title with the list of those present."""


def is_paper(layout: Layout) -> bool:
    """Tell whether a document only proposes: an agenda, an amendment paper, a record of a decision yet to be taken."""
    phrases = load_phrases("papers")
    if phrases["PROPOSED_PAPER"].search(layout.text[:_HEAD]):
        return True
    if any(section.topic in {"MINUTES", "DECISION"} for section in layout.sections):
        return False
    return bool(phrases["AGENDA"].search(layout.text[:_TITLE])) and not phrases["MINUTES_TITLE"].search(
        layout.text[:_HEAD]
    )
