"""Tell headings from points of lists, lead-ins and lines of a letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from minutes_miner.domain.numbering import Number
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole


def settle_headings(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Settle by what stands around them which lines are headings.

    Bold lines that only look like headings, three and more on end, as in letterheads and rolls, are paragraphs; so is
    a heading without a number directly above a numbered one, in such a run of two. A short numbered line over text,
    such as "5. Tree works", is a heading where it counts on from one.

    Args:
        text: the whole text.
        blocks: in order.

    Returns:
        The same blocks, some with another role; the last heading of a run stays where text follows it.
    """
    settled = _raise_counted(text, blocks)
    start = 0
    while start < len(settled):
        end = start
        while end < len(settled) and _is_loose_heading(settled[end]):
            end += 1
        numbered = end < len(settled) and settled[end].role is BlockRole.HEADING and settled[end].number is not None
        if end - start > 2 or (numbered and end - start > 1):
            for index in range(start, end if numbered else end - 1):
                settled[index] = replace(settled[index], role=BlockRole.PARAGRAPH, depth=0)
        start = max(end, start + 1)
    return [
        replace(block, role=BlockRole.LIST_ITEM, depth=0) if _is_list_like(settled, index) else block
        for index, block in enumerate(settled)
    ]


def _raise_counted(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Make headings of titles in small letters whose numbers count on between those of headings."""
    raised = list(blocks)
    last: int | None = None
    for index, block in enumerate(blocks):
        value = _count(block)
        if value is None:
            continue
        if block.role is BlockRole.LIST_ITEM and last == value - 1 and _is_over_text(text, blocks, index):
            raised[index] = replace(block, role=BlockRole.HEADING, depth=0)
        if raised[index].role is BlockRole.HEADING:
            last = value
    return raised


def _is_over_text(text: str, blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a numbered line can be a title, and a paragraph stands under it."""
    words = text[blocks[index].body : blocks[index].end].strip()
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is None or after.number is not None or after.cell or after.role is not BlockRole.PARAGRAPH:
        return False
    is_short = len(words) <= _LONGEST_TITLE and words[:1].isupper() and words[-1:].isalnum() and "\n" not in words
    return is_short and not (LEAD_WORDS.match(words) or _FINITE.search(words) or _PERSON.match(words))


def _is_list_like(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether a numbered heading that is not bold stands directly among list items that count on with it."""
    block = blocks[index]
    value = _count(block)
    if block.role is not BlockRole.HEADING or block.bold or value is None:
        return False
    near = [(blocks[at], step) for at, step in ((index - 1, -1), (index + 1, 1)) if 0 <= at < len(blocks)]
    return any(other.role is BlockRole.LIST_ITEM and _count(other) == value + step for other, step in near)


def _count(block: Block) -> int | None:
    """Give the figure of a number such as ``"12."`` or ``"3)"``."""
    match = re.fullmatch(r"(\d{1,4})\s?[.)]?", block.number or "")
    return int(match[1]) if match else None


def _is_loose_heading(block: Block) -> bool:
    return block.role is BlockRole.HEADING and block.number is None and block.depth == 0


_LONGEST_TITLE = 70


LEAD_WORDS = re.compile(
    r"(?:RESOLVED|AGREED|DECISIONS?|RECOMMENDED|RECOMMENDATIONS?|ACTIONS?|NOTED|REASONS?|VOTING|FOR|AGAINST"
    r"|ABSTAIN\w*|ABSTENTIONS?|CARRIED|LOST|UNANIMOUS\w*)\b",
    re.IGNORECASE,
)


_SETTLED = re.compile(r"(?:RESOLVED|AGREED|RECOMMENDED|NOTED|CARRIED|LOST|UNANIMOUS\w*)\b", re.IGNORECASE)


_AGENDA_WORD = re.compile(
    r"\b(?:apolog\w+|minutes|matters|reports?|declarations?|planning|correspondence|finances?|financial"
    r"|business|police|present|attendance|"
    r"welcome|meetings?|budget|treasurer\S*|accounts|update|updates|issues|applications?|election|appointments?"
    r"|forum|participation|"
    r"A\.?O\.?C?\.?B)\b",
    re.IGNORECASE,
)


_FINITE = re.compile(r"\b(?:was|were|is|are|will|would|has|have|had|agreed|resolved)\b", re.IGNORECASE)


_ROLL = re.compile(r"(?:present|apologies|attend\w+|in\s+attendance)\b", re.IGNORECASE)


_PERSON = re.compile(r"(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Sir|Rev|Messrs|Prof)\b\.?", re.IGNORECASE)


LABEL = re.compile(
    r"(?:decisions?|minutes|reasons?(?:\(s\))?(?:\s+for\s+(?:the\s+)?decisions?)?"
    r"|(?:summary\s+of\s+)?actions?\s+(?:list|log|points?|summary|items?|sheet)"
    r"(?:\s+summary)?|recommendations?|voting|other\s+options\s+considered|alternative\s+options\s+considered"
    r"|purpose)\s*:?$",
    re.IGNORECASE,
)
"""Titles of parts inside an item, such as "Decision:" and "Minutes:"."""


_SMALL = re.compile(r"(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with|under|re|per|\W+)$", re.IGNORECASE)


def looks_like_heading(words: str, number: Number | None, *, bold: bool = False) -> bool:
    """Tell whether a line of plain text reads as the heading of an item.

    A heading is short, has no full stop, begins with a capital, and has most of its words capitalised or carries
    a number that lists do not use for points of a resolution. Bold words need no capitals.

    Args:
        words: the line without its number.
        number: its number.
        bold: whether the whole line is set bold.
    """
    words = " ".join(words.split()) if bold else words.strip()
    if number and number.text[:1] in "IAiam" and " " in number.text and bold and len(words) < 250:
        return True
    first = words[:1].isupper() or (bold and number is not None and words[:1].isdigit())
    if not 3 <= len(words) <= (160 if bold else 120) or "\n" in words or not first:
        return False
    if LABEL.match(words) and (bold or words.endswith(":")):
        return True
    item = bold and number is not None and number.style in {"1", "1.1"}
    if words[-1] in ".;,?!|" or (_SETTLED if item else LEAD_WORDS).match(words) or "\u00a3" in words:
        return False
    if bold:
        return number is not None or len(words.split()) <= 8 or not _FINITE.search(words)
    if number and number.style in {"-", "a", "i", "a(", "i(", "1("}:
        return False
    return words.isupper() or _is_titled(words, number)


def _is_titled(words: str, number: Number | None) -> bool:
    """Tell whether most words are capitalised, and, without a number, that they are no list of names."""
    parts = words.rstrip(":").split()
    counted = [part for part in parts if not _SMALL.match(part)]
    capitals = sum(part[:1].isupper() or not part[0].isalpha() for part in counted)
    share = capitals / max(len(counted), 1)
    if number is not None:
        known = share >= 0.5 and len(parts) <= 8 and _AGENDA_WORD.search(words) is not None
        return (share >= 0.75 or known) and len(parts) <= 14
    if ":" in words[:-1] or (_ROLL.match(words) and len(parts) > 3):
        return False
    if share < 0.85 or len(parts) > 14 or ("," in words and not words.endswith(":")) or _PERSON.match(words):
        return (
            words.endswith(":")
            and len(parts) <= 6
            and share >= 0.5
            and bool(_AGENDA_WORD.search(words))
            and "," not in words
        )
    return words.endswith(":") or len(counted) < len(parts) or bool(_AGENDA_WORD.search(words))
