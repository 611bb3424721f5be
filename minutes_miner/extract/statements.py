"""Read what an item says beside its decision: reason, alternatives, call-in, portfolio holder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_miner.domain.finding import Resolution
from minutes_miner.extract.context import Context

_LONGEST = 2000
"""Characters; a reason that goes on longer is cut."""
_LABELS = {
    "REASON": re.compile(
        r"\W*reasons?(?:\(s\))?(?:\s+for\s+(?:the\s+|this\s+)?(?:decisions?|recommendations?|urgency|refusal))?"
        r"\s*[:–-]\s*",
        re.IGNORECASE,
    ),
    "OPTIONS": re.compile(
        r"\W*(?:details\s+of\s+)?(?:any\s+)?(?:other\s+|alternative\s+)?(?:alternatives?|options?)"
        r"(?:\s+(?:options?|considered|and|rejected|to\s+the\s+decision))+\s*[:–-]\s*",
        re.IGNORECASE,
    ),
    "CALL_IN": re.compile(
        r"\W*call[- ]in(?:\s+(?:period|expires?|deadline|date|status|note))*\s*[:–-]\s*", re.IGNORECASE
    ),
    "PORTFOLIO": re.compile(
        r"\W*(?:portfolio\s+holder|lead\s+(?:cabinet\s+)?member|cabinet\s+member|executive\s+member)"
        r"(?:\s+responsible)?\s*[:–-]\s*",
        re.IGNORECASE,
    ),
}
_CALL_IN = re.compile(r"\bcall(?:ed)?[- ]in\b", re.IGNORECASE)
_CALL_IN_SAYS = re.compile(
    r"\b(?:subject|eligible|exempt|expires?|ends?|come(?:s)? into (?:force|effect)|be implemented|period|unless|waived"
    r"|urgen\w+|not apply)\b",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(
    r"\(?\b(?:Portfolio Holder|Cabinet Member|Executive Member)(?:\s+for\s+[A-Z][\w,&’' ]{2,60}?)?\s*[,:(–-]\s*"
    r"(?P<who>(?:Cllr|Councillor)\.?\s+[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'-]+){0,2})"
)


def find_reason(context: Context, main: Resolution) -> str | None:
    """Give the reason that the decision's item states, under a heading or after a label."""
    return _find_headed(context, main, "REASON") or _find_labelled(context, main, "REASON")


def find_alternatives(context: Context, main: Resolution) -> str | None:
    """Give the alternatives that the decision's item says were considered."""
    return _find_headed(context, main, "OPTIONS") or _find_labelled(context, main, "OPTIONS")


def find_call_in(context: Context, main: Resolution) -> str | None:
    """Give what the decision's item says of its call-in: whether it can be, until when, or why it can't."""
    labelled = _find_labelled(context, main, "CALL_IN")
    if labelled:
        return labelled
    for start, end in _iter_blocks(context, main):
        words = " ".join(context.text[start:end].split())
        if len(words) < 400 and _CALL_IN.search(words) and _CALL_IN_SAYS.search(words):
            return words
    return None


def find_portfolio_holder(context: Context, main: Resolution) -> str | None:
    """Give the member whose portfolio the decision's item belongs to, as written."""
    labelled = _find_labelled(context, main, "PORTFOLIO")
    if labelled:
        return labelled if len(labelled) < 120 else None
    item = context.item_of(main.start)
    match = _PORTFOLIO.search(context.text, item.start, item.end) if item else None
    return " ".join(match["who"].split()) if match else None


def _find_headed(context: Context, main: Resolution, topic: str) -> str | None:
    """Give the words under the heading of a topic, in the decision's item and after it, or else before."""
    item = context.find_item(main.start)
    found = [
        section
        for index, section in enumerate(context.sections)
        if section.topic == topic and item in (index, section.parent)
    ]
    after = [section for section in found if section.start > main.start] or found
    words = " ".join(context.text[after[0].body : after[0].end].split()) if after and item >= 0 else ""
    return words[:_LONGEST] or None


def _find_labelled(context: Context, main: Resolution, name: str) -> str | None:
    """Give the words after a label such as "Reason for decision:", in a paragraph of the decision's item."""
    label = _LABELS[name]
    for start, end in _iter_blocks(context, main):
        match = label.match(context.text, start, end)
        if match and match.end() < end:
            return " ".join(context.text[match.end() : end].split())[:_LONGEST]
    return None


def _iter_blocks(context: Context, main: Resolution) -> Iterator[tuple[int, int]]:
    """Give the paragraphs of a decision's item, those after the decision first."""
    item = context.item_of(main.start)
    if item is None:
        return
    blocks = [b for b in context.document.blocks if item.start <= b.start < item.end]
    for block in sorted(blocks, key=lambda block: (block.end <= main.start, block.start)):
        yield block.body, block.end
