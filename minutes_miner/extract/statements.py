"""Read what an item says beside its decision: reason, alternatives, call-in, portfolio holder."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from minutes_miner.domain.finding import Offsets, Resolution, Section
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
_SAID = "CALL_IN_SAID"
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


class Statements:
    """Find the statements of a document's items; each item is read once, however many decisions it holds.

    Args:
        context: the document with what was marked in it.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._starts = [block.start for block in context.document.blocks]
        self._labelled: dict[int, list[tuple[str, Offsets, Offsets]]] = {}
        self._holders: dict[int, str | None] = {}

    def find_reason(self, main: Resolution) -> str | None:
        """Give the reason that the decision's item states, under a heading or after a label."""
        return self._find_headed(main, "REASON") or self._find_labelled(main, "REASON")

    def find_alternatives(self, main: Resolution) -> str | None:
        """Give the alternatives that the decision's item says were considered."""
        return self._find_headed(main, "OPTIONS") or self._find_labelled(main, "OPTIONS")

    def find_call_in(self, main: Resolution) -> str | None:
        """Give what the decision's item says of its call-in: whether it can be, until when, or why it can't."""
        return self._find_labelled(main, "CALL_IN") or self._find_labelled(main, _SAID)

    def find_portfolio_holder(self, main: Resolution) -> str | None:
        """Give the member whose portfolio the decision's item belongs to, as written."""
        labelled = self._find_labelled(main, "PORTFOLIO")
        if labelled:
            return labelled if len(labelled) < 120 else None
        item = self._context.item_of(main.start)
        if item is None:
            return None
        if item.start not in self._holders:
            match = _PORTFOLIO.search(self._context.text, item.start, item.end)
            self._holders[item.start] = " ".join(match["who"].split()) if match else None
        return self._holders[item.start]

    def _find_headed(self, main: Resolution, topic: str) -> str | None:
        """Give the words under the heading of a topic, in the decision's item and after it, or else before."""
        context = self._context
        item = context.find_item(main.start)
        found = [
            section
            for index, section in enumerate(context.sections)
            if section.topic == topic and item in (index, section.parent)
        ]
        after = [section for section in found if section.start > main.start] or found
        words = " ".join(context.text[after[0].body : after[0].end].split()) if after and item >= 0 else ""
        return words[:_LONGEST] or None

    def _find_labelled(self, main: Resolution, name: str) -> str | None:
        """Give the words after a label such as "Reason for decision:" in the decision's item, best those after it."""
        item = self._context.item_of(main.start)
        if item is None:
            return None
        if item.start not in self._labelled:
            self._labelled[item.start] = list(self._read_item(item))
        labelled = self._labelled[item.start]
        found = [(block[1] <= main.start, block, words) for label, block, words in labelled if label == name]
        if not found:
            return None
        start, end = min(found)[2]
        return " ".join(self._context.text[start:end].split())[:_LONGEST]

    def _read_item(self, item: Section) -> Iterator[tuple[str, Offsets, Offsets]]:
        """Give each labelled paragraph of an item: its label, where it stands, and its words without the label."""
        text = self._context.text
        first, last = bisect_left(self._starts, item.start), bisect_left(self._starts, item.end)
        for block in self._context.document.blocks[first:last]:
            place = (block.start, block.end)
            for name, label in _LABELS.items():
                match = label.match(text, block.body, block.end)
                if match and match.end() < block.end:
                    yield name, place, (match.end(), block.end)
            if block.end - block.body < 500 and _tells_call_in(" ".join(text[block.body : block.end].split())):
                yield _SAID, place, (block.body, block.end)


def _tells_call_in(words: str) -> bool:
    return len(words) < 400 and bool(_CALL_IN.search(words) and _CALL_IN_SAYS.search(words))
