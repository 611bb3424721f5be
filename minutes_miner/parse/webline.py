"""Write the lines of a page's inline content as headings, points and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_miner.domain.heading import LABEL, looks_like_heading
from minutes_miner.domain.numbering import Number, find_number
from minutes_miner.domain.outline import outline_text
from minutes_miner.domain.source import AgendaItem
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse.draft import Draft
from minutes_miner.parse.element import Element, Node
from minutes_miner.parse.inline import Line, read_lines, read_words

_ATTACHMENTS = re.compile(
    r"(?:additional|supporting|accompanying|background|related)\s+(?:documents?|papers?)\s*:?$", re.IGNORECASE
)
_CONTROLS = re.compile(
    r"view\s+(?:the\s+)?recorded\s+vote|you\s+can\s+view\s+the\s+individual\s+reports|\u00a9"
    r"|(?:watch\s+council\s+meetings|view\s+the\s+webcast|back\s+to\s+top|(?:print|share)\s+this(?:\s+page)?"
    r"|(?:was|is)\s+this\s+page\s+(?:helpful|useful))\b.{0,40}$",
    re.IGNORECASE,
)
"""Buttons and notes of the page's program, which are no words of the minutes."""
_CONTROL_STARTS = frozenset("vywbpsiVYWBPSI\u00a9\u017f\u0130\u0131")


class LineWriter:
    """Write lines into a page's draft.

    Attributes:
        row_number: the number of a table's row, written before the next paragraph; None without one.
    """

    def __init__(self, draft: Draft) -> None:
        self.row_number: str | None = None
        self._draft = draft
        self._item_number: str | None = None

    def write(self, run: Sequence[Node], depth: int) -> None:
        """Write inline content, a block for each line that a line break ends."""
        for line in read_lines(run):
            if line.words[0] not in _CONTROL_STARTS or not _CONTROLS.match(line.words):
                self._write_line(line, depth)

    def write_label(self, run: Sequence[Node], *, opens: bool) -> None:
        """Write a term, or the title of a part that ``opens``: a heading where it reads as one.

        Only a title with a number may be an item's; the others are minor headings.
        """
        words = read_words(run)
        number = find_number(words)
        titled = looks_like_heading(words[number.body if number else 0 :], number, bold=True)
        depth = 0 if opens and number and not self._draft.items else 1
        self._add(words, BlockRole.HEADING if titled else BlockRole.PARAGRAPH, depth=depth, bold=True)

    def write_title(self, words: str, depth: int) -> None:
        """Write a heading of the page's mark-up."""
        self._add(words, BlockRole.HEADING, depth=depth, bold=True)

    def write_item_title(self, words: str) -> None:
        """Write an agenda item's title; its number, which stands in the cell before, waits for it."""
        if len(words) < 10 and find_number(words + " "):
            self._item_number = words
            return
        if not words:
            return
        number, self._item_number = self._item_number, None
        index = self._add(f"{number} {words}" if number else words, BlockRole.HEADING, bold=True)
        if index is not None:
            start = self._draft.blocks[index].start
            self._draft.items.append(AgendaItem(start, start, number.strip(" .():") if number else None, words[:200]))

    def write_point(self, run: Sequence[Node], number: str, depth: int) -> None:
        """Write a point of a list behind its number, unless it brings its own."""
        words = read_words(run)
        if words and not _CONTROLS.match(words):
            found = find_number(words)
            if found and found.style != "-":
                self._add(words, BlockRole.LIST_ITEM, depth=depth, found=found)
            else:
                self._number(words, number, depth)

    def write_preformatted(self, element: Element) -> None:
        """Write text whose line breaks count, as plain text is read."""
        text = "".join(element.iter_text())
        for block in outline_text(text):
            words = " ".join(text[block.start : block.end].split())
            self._add(words, block.role, depth=block.depth, bold=block.bold)

    def _write_line(self, line: Line, depth: int) -> None:
        words = line.words
        if self.row_number:
            number, self.row_number = self.row_number, None
            self._number(words, number, depth)
            return
        bold = line.bold or (len(words) < 60 and _ATTACHMENTS.match(words) is not None)
        found = _false_number(line.number) if line.number else find_number(words)
        role = BlockRole.LIST_ITEM if found and found.body < len(words) else BlockRole.PARAGRAPH
        if bold and looks_like_heading(words[found.body if found else 0 :], found, bold=True):
            role = BlockRole.HEADING
        level = 1 if role is BlockRole.HEADING and (self._draft.items or LABEL.match(words)) else depth
        if role is BlockRole.PARAGRAPH and not bold and words[0].islower() and self._draft.extend(words):
            return
        self._add(words, role, depth=level, bold=bold, found=found)

    def _number(self, words: str, number: str, depth: int) -> None:
        self._draft.write(
            f"{number} {words}", BlockRole.LIST_ITEM, number=number, body=len(number) + 1, depth=depth
        )

    def _add(
        self, words: str, role: BlockRole, *, depth: int = 0, bold: bool = False, found: Number | None = None
    ) -> int | None:
        """Write a block; its number is looked for unless it was ``found``."""
        if role is not BlockRole.PARAGRAPH:
            found = found or find_number(words)
            if found and found.body < len(words):
                return self._draft.write(words, role, number=found.text, body=found.body, depth=depth, bold=bold)
        return self._draft.write(words, role, depth=depth, bold=bold)


def _false_number(number: str) -> Number:
    """Read a number that Word wrote as text."""
    return find_number(f"{number} x") or Number(number, "1" if number[0].isdigit() else "-", len(number) + 1)
