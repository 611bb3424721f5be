"""Cut a resolution into its operative clauses at the topmost level of numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.sections import Layout
from minutes_miner.annotate.sentences import iter_sentences
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.numbering import Number, find_number
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole

_LONGEST_VOTE = 120
_LONGEST_LEAD = 160
"""Characters between the words that decide and the mark of the first clause in a sentence."""


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
    first = state.clauses[0] if len(state.clauses) == 1 and state.styles else None
    pieces = split_inline(layout.text, first.start, first.end, opened=True) if first else []
    yield from (Clause(start, end, first.block) for start, end in pieces if first)
    yield from () if pieces else state.clauses


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
        if not self.any_paragraph or not load_phrases("clauses")["OPENS"].match(words):
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


def split_inline(text: str, start: int, end: int, *, opened: bool = False) -> list[Offsets]:
    """Cut a sentence such as "RESOLVED that (a) the report be noted; and (b) officers report back." into its clauses.

    Args:
        text: the whole text.
        start: where the sentence begins.
        end: where its block ends.
        opened: whether the number of its block, "1." or "A.", opens the series.

    Returns:
        Offsets of each clause; empty where fewer than two follow each other from the first of a series.
    """
    values: list[str] = ["1"] if opened else []
    spots: list[Offsets] = [(start, start)] if opened else []
    stops = opened
    for mark in load_phrases("clauses")["INLINE"].finditer(text, start, end):
        value = (mark["a"] or mark["b"] or mark["stop"]).lower()
        if not values:
            if value not in {"a", "i", "1"} or mark.start() - start > _LONGEST_LEAD:
                return []
            if load_phrases("clauses")["LISTS_THINGS"].search(text, start, mark.start()):
                return []
            stops = bool(mark["stop"])
        elif stops != bool(mark["stop"]) or value not in _next_values(values):
            continue
        values.append(value)
        spots.append(mark.span())
    if len(spots) < 2:
        return []
    if opened and not all(load_phrases("resolutions")["UNDER_DECISION"].match(text, stop, end) for _, stop in spots):
        return []
    ends = [spot[0] for spot in spots[1:]] + [end if not stops else _find_sentence_end(text, spots[-1][1], end)]
    return [(spot[1], _rstrip(text, spot[1], stop)) for spot, stop in zip(spots, ends, strict=True)]


def _find_sentence_end(text: str, start: int, end: int) -> int:
    return next((stop for _, stop in iter_sentences(text, start, end)), end)


def _next_values(values: list[str]) -> set[str]:
    """Give what the next mark can be; a first one that is the block's number may be a letter as well."""
    return {_next_value(values[-1]), "b"} if len(values) == 1 else {_next_value(values[-1])}


def _next_value(value: str) -> str:
    romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    if value.isdigit():
        return str(int(value) + 1)
    if value in romans[:-1] and value != "v":
        return romans[romans.index(value) + 1]
    return chr(ord(value[-1]) + 1)


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
