"""Turn lines of plain text into blocks: headings, paragraphs and list items with their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from minutes_miner.domain.source import AgendaItem, Block
from minutes_miner.domain.vocabulary import BlockRole

_NUMBER = re.compile(
    r"""(?P<lead>\s*)(?P<number>
        (?:item|agenda\ item|minute)\s+(?:no\.?\s*)?\d{1,3}[a-z]?\s*[:.\u2013-]?(?=\s)   # Item 4:
      | [A-Z]{1,5}\d?[ /.-]?\d{1,4}(?:[/.]\d{1,4}){1,2}(?=[\s.:])[.:]?                      # CM 74/23, PLA146/14, C83.16
      | \d{1,4}(?:[./]\d{1,4}){1,3}[.):]?(?=\s)                                              # 7.22.03, 64/20, 2.1
      | \d{1,4}\s?[.)](?=\s|[A-Z(])                                                          # 1.  1)  3127.Police
      | \((?:\d{1,3}|[a-z]|[ivxl]{1,6}|[A-Z])\)                                              # (1) (a) (iv)
      | (?:[ivxl]{1,6}|[a-zA-Z])[.)](?=\s)                                                   # a)  i.  A.
      | [\u2022\u00b7\u25cf\u25aa\u25e6\uf0b7\u2023*\u2013-](?=\s)                           # bullets
    )[ \t\u00a0]*""",
    re.VERBOSE | re.IGNORECASE,
)
_ROMAN = re.compile(r"[ivxl]+$")
_SENTENCE_END = re.compile(r"[.!?;:\u201d\"')][\s*]*$")
_WRAPPED = 0.72
"""A line shorter than this share of the usual wrapped line ends its paragraph."""


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a block's numbering: as written, its style (``1``, ``1.1``, ``a``, ``i``, ``A``, ``-``) and its length."""

    text: str
    style: str
    body: int


def find_number(line: str) -> Number | None:
    """Read the numbering at the start of a line.

    Args:
        line: one line or block of text.

    Returns:
        The number, or None where the line has none. A roman numeral that could be a letter is given style ``i``.
    """
    match = _NUMBER.match(line)
    if match is None:
        return None
    text = match["number"].strip()
    core = text.strip("().:\u2013- ").lower()
    if not core or core == "*" or not core[0].isalnum():
        style = "-"
    elif core.isdigit() or core.startswith(("item", "agenda", "minute")):
        style = "1"
    elif any(ch.isdigit() for ch in core):
        style = "1.1"
    elif text.strip("().:")[:1].isupper():
        style = "A"
    else:
        style = "i" if _ROMAN.match(core) else "a"
    return Number(text, style + ("(" if text.startswith("(") else ""), match.end())


def outline_text(text: str) -> tuple[Block, ...]:
    """Cut plain text into blocks by its blank lines, numbering and line lengths.

    Lines that were wrapped by the writer's program stay in one block; the text is not changed, so a block's words
    may hold line breaks.

    Args:
        text: any text.

    Returns:
        Blocks in order, each with its number and depth; nothing for white space.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\r\f\v\u2028]+", text) if not m.group().isspace()]
    width = _usual_width(end - start for start, end in lines)
    groups: list[tuple[int, int]] = []
    for start, end in lines:
        if groups and _continues(text, groups[-1], (start, end), width):
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return nest_blocks(text, (_block(text, start, end) for start, end in groups))


def nest_blocks(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give list items their depth from the order in which numbering styles appear."""
    stack: list[str] = []
    nested: list[Block] = []
    for block in blocks:
        number = find_number(text[block.start : block.end]) if block.number else None
        if block.role is not BlockRole.LIST_ITEM or number is None:
            if block.role is BlockRole.HEADING:
                stack = []
            nested.append(block)
            continue
        style = _settle_style(number, stack)
        if style in stack:
            del stack[stack.index(style) + 1 :]
        else:
            stack.append(style)
        nested.append(replace(block, depth=len(stack) - 1))
    return tuple(nested)


def find_items(text: str, blocks: Iterable[Block]) -> tuple[AgendaItem, ...]:
    """Make an agenda item of each heading, up to the next one.

    Args:
        text: the document's text.
        blocks: its blocks.

    Returns:
        Items in order; none where there is no heading.
    """
    heads = [block for block in blocks if block.role is BlockRole.HEADING and block.depth == 0]
    ends = [head.start for head in heads[1:]] + [len(text)]
    return tuple(
        AgendaItem(head.start, end, _bare(head.number), " ".join(text[head.body : head.end].split())[:200])
        for head, end in zip(heads, ends, strict=True)
    )


def _bare(number: str | None) -> str | None:
    return re.sub(r"^(?:agenda )?item\s+|[().:\u2013\s-]+$|^\(", "", number, flags=re.IGNORECASE) if number else None


def _settle_style(number: Number, stack: list[str]) -> str:
    """Decide whether (i), (v) or (c) is a letter or a roman numeral from the list it stands in."""
    if not number.style.startswith("i") or number.style in stack:
        return number.style
    letter = "a" + number.style[1:]
    return letter if letter in stack and number.text.strip("().").lower() not in {"i", "ii"} else number.style


def _usual_width(lengths: Iterable[int]) -> int:
    ordered = sorted(lengths)
    return ordered[int(len(ordered) * 0.85)] if ordered else 0


def _continues(text: str, group: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Tell whether a line goes on with the paragraph above it."""
    between = text[group[1] : line[0]]
    if between.count("\n") > 1 or "\f" in between or width > 160:
        return False
    last = text[group[0] : group[1]].rsplit("\n", 1)[-1]
    here = text[line[0] : line[1]]
    if find_number(here):
        return False
    if len(last) < _WRAPPED * width:
        return here.lstrip()[:1].islower() and not _SENTENCE_END.search(last) and len(last) > 0.35 * width
    return True


def _block(text: str, start: int, end: int) -> Block:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    end -= len(raw) - len(raw.rstrip())
    line = text[start:end]
    number = find_number(line)
    body = start + (number.body if number else 0)
    words = text[body:end]
    role = BlockRole.PARAGRAPH
    if looks_like_heading(words, number):
        role = BlockRole.HEADING
    elif number:
        role = BlockRole.LIST_ITEM
    return Block(
        start, end, role, number=number.text if number else None, body=body, bold=words.isupper() and len(words) > 3
    )


_LEAD_WORDS = re.compile(
    r"(?:RESOLVED|AGREED|DECISIONS?|RECOMMENDED|RECOMMENDATIONS?|ACTIONS?|NOTED|REASONS?|VOTING|CARRIED|LOST|UNANIMOUS\w*)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with|under|re|per|\W+)$", re.IGNORECASE)


def looks_like_heading(words: str, number: Number | None) -> bool:
    """Tell whether a line of plain text reads as the heading of an item.

    A heading is short, has no full stop, begins with a capital, and has most of its words capitalised or carries
    a number that lists do not use for points of a resolution.
    """
    words = words.strip()
    if not 3 <= len(words) <= 120 or "\n" in words or not words[0].isupper():
        return False
    if words[-1] in ".;,?!" or _LEAD_WORDS.match(words) or "\u00a3" in words:
        return False
    if number and number.style in {"-", "a", "i", "a(", "i(", "1("}:
        return False
    parts = words.rstrip(":").split()
    counted = [part for part in parts if not _SMALL.match(part)]
    capitals = sum(part[:1].isupper() or not part[0].isalpha() for part in counted)
    share = capitals / max(len(counted), 1)
    return words.isupper() or share >= (0.5 if number else 0.85) and len(parts) <= 14
