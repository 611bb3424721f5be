"""Number items whose numbers stand without a full stop, as in "4  Budget monitoring"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes_miner.domain.heading import LEAD_WORDS, looks_like_heading
from minutes_miner.domain.numbering import Number
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole

_BARE = re.compile(
    r"(?P<value>\d{1,4})[ \t\u00a0]+(?=[A-Z\u00c0-\u00de\u2018\u201c\"'(])"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|(?:[A-Z]\w+\s){1,3}(?:Street|Road|Lane|Avenue|Close|Drive|Terrace|Crescent|Place|Row|Way|Court)\b)"
)
_FEWEST = 4
"""Items that must count on from each other before bare numbers are taken for theirs."""
_MOST_DIGITS, _FEWEST_LARGE = 3, 6
"""Digits of a number from which it can be a year, and how many of those must count on."""
_LONGEST_TITLE = 70


_LEAD_END = re.compile(r"(?:[:–—]\s*-?|\b(?:to|that))\s*$")
_LEAD_REACH = 20
"""Characters at the end of a block in which the end of a lead-in stands."""
_LED = re.compile(r"[ \t\u00a0]*(?P<value>\d{1,2})[ \t\u00a0]+(?=[a-z\u2018\u201c\"'(]|That\b)", re.MULTILINE)


def number_bare(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Give blocks the bare numbers that they begin with, where these count through a document.

    Args:
        text: the whole text.
        blocks: its blocks in order.

    Returns:
        The same blocks; those of the count are headings or list items with a number. Points of a list under words
        such as "RESOLVED to:" that ran into one block are blocks of their own.
    """
    blocks = list(_part_led(text, blocks))
    found = {index: match for index, match in _iter_bare(text, blocks)}
    counted = _longest_count([(index, int(match["value"])) for index, match in found.items()])
    fewest = _FEWEST_LARGE if counted and len(found[counted[0]]["value"]) > _MOST_DIGITS else _FEWEST
    if len(counted) < fewest:
        return list(blocks)
    numbered = list(blocks)
    for index in counted:
        block, match = blocks[index], found[index]
        number = Number(match["value"], "1", match.end() - block.start)
        words = text[match.end() : block.end]
        is_heading = block.role is BlockRole.HEADING or looks_like_heading(words, number, bold=block.bold)
        is_heading = is_heading or (_is_title(words) and index + 1 < len(blocks) and index + 1 not in counted)
        role = BlockRole.HEADING if is_heading else BlockRole.LIST_ITEM
        numbered[index] = replace(block, role=role, number=match["value"], body=match.end(), depth=0)
    return numbered


def _part_led(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Number the points under a lead-in, "1 note the report", which go on in small letters."""
    expected = 0
    for index, block in enumerate(blocks):
        if not expected and index and _leads_in(text, blocks[index - 1]):
            expected = 1
        marks = list(_iter_led(text, block, expected)) if expected and block.number is None and not block.cell else []
        if not marks:
            expected = 0
            yield block
            continue
        expected += len(marks)
        ends = [*(len(text[: mark.start()].rstrip()) for mark in marks[1:]), block.end]
        for mark, end in zip(marks, ends, strict=True):
            start = mark.start("value")
            yield replace(
                block, start=start, end=end, body=mark.end(), role=BlockRole.LIST_ITEM, number=mark["value"], depth=0
            )


def _leads_in(text: str, block: Block) -> bool:
    """Tell whether a block ends as the words above a list do."""
    return _LEAD_END.search(text, max(block.start, block.end - _LEAD_REACH), block.end) is not None


def _iter_led(text: str, block: Block, expected: int) -> Iterator[re.Match[str]]:
    """Give the numbers that begin lines of a block and count on from the one expected at its start."""
    for mark in _LED.finditer(text, block.start, block.end):
        if mark.start() > block.start and text[mark.start() - 1] not in "\n\r\f":
            continue
        if int(mark["value"]) == expected:
            expected += 1
            yield mark
        elif mark.start() == block.start:
            return


def _is_title(words: str) -> bool:
    """Tell whether the words of an item with text under it can be its title."""
    return len(words) < _LONGEST_TITLE and words.rstrip()[-1:].isalnum() and not LEAD_WORDS.search(words)


def _iter_bare(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, re.Match[str]]]:
    for index, block in enumerate(blocks):
        if block.number is None and block.cell is None and block.role in {BlockRole.PARAGRAPH, BlockRole.HEADING}:
            if match := _BARE.match(text, block.start, block.end):
                yield index, match


def _longest_count(values: Sequence[tuple[int, int]]) -> list[int]:
    """Give the places of the longest count that rises by one each time, or by two where a number was lost."""
    best: dict[int, tuple[int, int | None]] = {}
    ends: dict[int, int] = {}
    for place, (_, value) in enumerate(values):
        before = next((ends[value - step] for step in (1, 2) if value - step in ends), None)
        best[place] = (1 + (best[before][0] if before is not None else 0), before)
        ends[value] = place
    last: int | None = max(best, key=lambda at: best[at][0], default=None)
    chain: list[int] = []
    while last is not None:
        chain.append(values[last][0])
        last = best[last][1]
    return chain[::-1]
