"""Find the words that a short decision answers: "No objection." belongs to the application above it."""

from __future__ import annotations

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.domain.vocabulary import BlockRole

_ANSWERS = {"STUB", "COMMENT_TAIL", "ANSWER", "RULING", "ALL_FOR", "CHECKED", "DEFERRED", "MOVERS", "VERB_FIRST"}
_LONGEST_PAYMENTS = 1500
"""Characters of a list of payments that belongs to the sentence above it."""


class Contexts:
    """Tell how far the words around a decision belong to it."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._text = layout.text
        self._phrases = load_phrases("resolutions")

    def find_start(self, unit: Unit, words: str, trigger: str, previous: Unit | None) -> int:
        """Give where the words begin that a bare answer such as "No objection." answers."""
        if trigger == "PAYMENT" or (unit.topic == "PAYMENTS" and trigger == "STUB"):
            section = self._layout.find_section(unit.start)
            start = self._layout.sections[section].start if section >= 0 else 0
            return start if unit.end - start < 2500 else unit.start
        if trigger in {"ANSWER", "RULING"} and (reference := self._layout.find_reference(unit)) is not None:
            return reference
        if trigger not in _ANSWERS and len(words) > 60:
            return unit.start
        body = self._layout.blocks[unit.block].body
        if not unit.first and previous is not None and previous.block == unit.block:
            return body if unit.end - body < (350 if trigger == "STUB" else 700) else previous.start
        if unit.first and unit.start > body:  # after a title such as "Minutes of the last meeting:"
            return body
        return self._lead_block(unit) if unit.first and len(words) < 40 else unit.start

    def find_payments_end(self, unit: Unit) -> int:
        """Give the end of the sums that stand under a sentence such as "that the following be paid:"."""
        end = self._layout.blocks[unit.block].end
        for block in self._layout.blocks[unit.block + 1 : unit.block + 40]:
            words = self._text[block.start : block.end]
            if block.role is BlockRole.HEADING or not self._phrases["SUM"].search(words):
                break
            if block.end - unit.start > _LONGEST_PAYMENTS:
                break
            end = block.end
        return end

    def _lead_block(self, unit: Unit) -> int:
        """Give the start of the block that a one-line answer stands under, in the same item."""
        item = self._layout.find_item(unit.start)
        start = unit.start
        for block in reversed(self._layout.blocks[max(0, unit.block - 12) : unit.block]):
            if self._layout.find_item(block.start) != item or start - block.start > 900:
                break
            start = block.body
            if len(self._text[block.body : block.end]) > 60 and not block.cell:
                break
        return start
