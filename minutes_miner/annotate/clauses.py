"""Cut a resolution into its operative clauses at the topmost level of numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes_miner.annotate.inline import split_inline
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.numbering import Number, find_number
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole

_LONGEST_VOTE = 120


@dataclass(frozen=True, slots=True)
class Clause:
    """Hold one operative clause; sub-clauses belong to it."""

    start: int
    end: int
    block: int


def iter_clauses(layout: Layout, first: int, *, any_paragraph: bool) -> Iterator[Clause]:
    """Give the clauses of the list that begins at a block.

    Numbered or bulleted points of one style are clauses, deeper ones belong to the clause above. Without numbering, the
    first paragraph that reads as a clause is one, and those after it as long as the sentence goes on.

    Args:
        layout: the document.
        first: index of the block after the lead-in.
        any_paragraph: whether paragraphs without numbering count.

    Yields:
        Clauses in order; none where something else follows.
    """
    state = _List(layout.text, any_paragraph)
    for index in range(first, min(first + 400, len(layout.blocks))):
        block = layout.blocks[index]
        if block.role is BlockRole.MARGIN_NOTE or (block.cell and not state.clauses):
            continue
        if not state.take(block, index):
            break
    yield from _split_lone(layout.text, state.clauses) if state.styles else state.clauses


def _split_lone(text: str, clauses: list[Clause]) -> list[Clause]:
    """Cut the one point of a list that ran into one line: "1. That the report be noted. 2. That officers …"."""
    if len(clauses) != 1:
        return clauses
    pieces = split_inline(text, clauses[0].start, clauses[0].end, opened=True)
    return [Clause(start, end, clauses[0].block) for start, end in pieces] or clauses


class _List:
    """Take the blocks of one list until another thing begins."""

    def __init__(self, text: str, any_paragraph: bool) -> None:
        self.text = text
        self.any_paragraph = any_paragraph
        self.clauses: list[Clause] = []
        self.styles: list[str] = []
        self.passed = 0
        self.number = ""

    def take(self, block: Block, index: int) -> bool:
        """Add a block to the clauses; False where the list has ended."""
        words = self.text[block.body : block.end]
        if not self.clauses and load_phrases("clauses")["ONLY_THAT"].match(words):
            return True
        if load_phrases("clauses")["PART"].match(words) or (
            block.role is BlockRole.HEADING and not (block.number and self.styles and self._reads_on(words))
        ):
            self.passed += 1
            return self.passed < 9 and bool(load_phrases("clauses")["PART"].match(words))
        if self.clauses and not block.number and _tells_vote(words):
            return True
        if block.cell or load_phrases("clauses")["END"].match(words):
            return False
        number = self._find_number(block)
        if number is None:
            return self._take_paragraph(block, index, words)
        return self._take_point(block, index, number.style, number.text)

    def _find_number(self, block: Block) -> Number | None:
        """Read a block's numbering; a number without a stop counts where a list begins or goes on."""
        if block.number is None:
            return None
        number = find_number(self.text[block.start : block.end])
        goes_on = block.number == "1" or (self.styles and self._comes_next(block.number))
        return number or (Number(block.number, "1", block.body - block.start) if goes_on else None)

    def _take_point(self, block: Block, index: int, style: str, number: str) -> bool:
        if not self.styles:
            if self.clauses and not self._is_first(number):
                return False
            if self.clauses and self._holds_list():
                self.styles += ["held", style]
                self._extend(block.end)
                return True
            self.clauses = [*self.clauses[:-1]]
            self.number = ""
            self.styles.append(style)
        if style == self.styles[0] or (style[:1] in "ai" and self.styles[0][:1] in "ai" and self._follows(number)):
            if self.clauses and style[0] != "-" and not self._comes_next(number):
                return False
            self.number = number
            self.clauses.append(Clause(block.body, block.end, index))
            return True
        if self._is_deeper(style):
            self.styles.append(style)
            self._extend(block.end)
            return True
        return False

    def _reads_on(self, words: str) -> bool:
        """Tell whether a numbered line that looks like a heading is a clause: the list goes on, or it reads as one."""
        goes_on = load_phrases("clauses")["GOES_ON"].search(self.text[: self.clauses[-1].end][-8:])
        return bool(goes_on or load_phrases("clauses")["OPENS"].match(words))

    def _comes_next(self, number: str) -> bool:
        """Tell whether a number goes on with the list; a number far ahead begins the next item of business."""
        if not self.number:
            return True
        here, before = number.strip("(). :").lower(), self.number.strip("(). :").lower()
        if here.isdigit() and before.isdigit():
            return int(here) in (int(before), int(before) + 1, int(before) + 2)
        return here != "a" and (here != "i" or before == "h") and here != "1"

    def _holds_list(self) -> bool:
        """Tell whether the list belongs to the clause above it, as the conditions of a permission do."""
        words = self.text[self.clauses[-1].start : self.clauses[-1].end]
        return bool(load_phrases("clauses")["HOLDS_LIST"].search(words))

    def _is_first(self, number: str) -> bool:
        return (
            number.strip("().: ").lower() in {"1", "a", "i", "•", "-", "–", "·", "*", "●", "▪"}
            or not number[-1:].isalnum()
            and len(number) == 1
        )

    def _follows(self, number: str) -> bool:
        """Tell whether (i) comes after (h), or (v) after (u): a letter, not a roman numeral."""
        previous = (
            self.text[max(0, self.clauses[-1].start - 8) : self.clauses[-1].start].strip(" ().\t\xa0")
            if self.clauses
            else ""
        )
        core = number.strip("().")
        return len(core) == 1 and len(previous) >= 1 and ord(core) == ord(previous[-1]) + 1

    def _is_deeper(self, style: str) -> bool:
        if style in self.styles or self.styles[0] == "held":
            return True
        order = ["1", "A", "a", "i", "-"]
        first = self.styles[0].rstrip("(")
        rank = {"1.1": -1}
        here = order.index(style.rstrip("(")) if style.rstrip("(") in order else rank.get(style.rstrip("("), -1)
        top = order.index(first) if first in order else rank.get(first, -1)
        return bool(self.clauses) and here > top

    def _take_paragraph(self, block: Block, index: int, words: str) -> bool:
        goes_on = bool(self.clauses) and bool(
            load_phrases("clauses")["GOES_ON"].search(self.text[: self.clauses[-1].end][-8:])
        )
        if self.styles:
            if words[:1].islower() or goes_on:
                self._extend(block.end)
                return True
            return False
        if self.clauses and not goes_on and not re.match(r"\W*that\b", words, re.IGNORECASE):
            return self.passed > 0 and bool(re.match(r"\W*that\b", words, re.IGNORECASE))
        phrases = load_phrases("clauses")
        if not self.any_paragraph or not phrases["OPENS"].match(words) or phrases["NARRATIVE"].match(words):
            return False
        self.clauses.append(Clause(block.body, block.end, index))
        return True

    def _extend(self, end: int) -> None:
        last = self.clauses[-1]
        self.clauses[-1] = Clause(last.start, end, last.block)


def _tells_vote(words: str) -> bool:
    """Tell whether a paragraph between two clauses only says how the one above was carried."""
    vote = read_vote(words) if len(words) < _LONGEST_VOTE else None
    return vote is not None and vote.bare
