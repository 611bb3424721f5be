"""Turn lines of plain text into blocks: headings, paragraphs and list items with their numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutes_miner.domain.bare import number_bare
from minutes_miner.domain.heading import LABEL, LEAD_WORDS, looks_like_heading, settle_headings
from minutes_miner.domain.numbering import Number, begins_entry, find_number
from minutes_miner.domain.source import AgendaItem, Block
from minutes_miner.domain.vocabulary import BlockRole

__all__ = ["find_items", "find_number", "nest_blocks", "outline_text"]

_LONE = re.compile(
    r"\s*(?:\d{1,4}[.)]|\(?[a-z]\)|\(?[ivxl]{1,5}\)|\d{1,3}(?:[./]\d{1,3}){1,2}\.?|item\s+\d{1,3}:?"
    r"|[\u2022\u00b7\u25cf\uf0b7\uf0a7])\s*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;:\u201d\"')][\s*]*$")
_PART = re.compile(
    r"(?:reasons?(?: for (?:the )?(?:decisions?|recommendations?))?"
    r"|(?:alternative|other) options (?:considered|rejected)(?: and rejected)?"
    r"|decisions?|resolved|recommendations?|minutes)\s*:?\s*",
    re.IGNORECASE,
)
"""Titles of the parts of a decision's record, which stand alone on their line."""
CELL_MARK = "\ue002"
"""Stands between the cells of a table's row, which is one line."""
_WIDEST = 160
"""Usual width in characters beyond which lines are paragraphs, not wrapped."""
_FEW, _SMALL_SHARE = 8, 0.04
"""Lines right under another of which, where they are no fewer, this share begins in small letters in wrapped text."""
_OPEN_END = re.compile(r"(?:,|\b(?:and|or|of|the|by|with))\s*$")
"""Ends of a line that no paragraph has."""
_WRAPPED = 0.72
"""A line shorter than this share of the usual wrapped line ends its paragraph."""


def outline_text(
    text: str, *, bold: Collection[int] = (), headings: Iterable[tuple[int, int]] = ()
) -> tuple[Block, ...]:
    """Cut plain text into blocks by its blank lines, numbering and line lengths.

    Lines that were wrapped by the writer's program stay in one block, also where an empty line follows every line;
    the text is not changed, so a block's words may hold line breaks. Where every item opens with its number and a
    short title before a colon, the title becomes a heading.

    Args:
        text: any text.
        bold: numbers of the lines that are bold throughout, from 0.
        headings: numbers of the lines that the mark-up calls headings, each with its level.

    Returns:
        Blocks in order, each with its number and depth; nothing for white space.
    """
    levels = dict(headings)
    lines = list(_iter_lines(text, bold, levels))
    fill = _measure_fill(text, lines)
    groups: list[_Line] = []
    for line in lines:
        if groups and _continues(text, groups[-1], line, fill):
            last = groups[-1]
            groups[-1] = replace(last, end=line.end, bold=last.bold and line.bold, last=line.start)
        else:
            groups.append(line)
    base = _find_base(levels.values())
    blocks = [_block(text, group, base) for group in groups]
    return nest_blocks(text, settle_headings(text, _split_titles(text, number_bare(text, blocks))))


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold one line or several joined ones; ``last`` is where the last of them begins."""

    start: int
    end: int
    last: int
    bold: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Fill:
    """Say how full lines are.

    Attributes:
        width: usual width in characters.
        double_spaced: whether an empty line follows every line.
        is_wrapped: whether sentences go on from line to line; else every line is a paragraph of its own.
    """

    width: int
    double_spaced: bool
    is_wrapped: bool


def _iter_lines(text: str, bold: Collection[int], levels: dict[int, int]) -> Iterator[_Line]:
    number = offset = 0
    for match in re.finditer(r"[^\n\r\f\v\u2028]+", text):
        number += text.count("\n", offset, match.start())
        offset = match.start()
        if not match.group().isspace():
            yield _Line(match.start(), match.end(), match.start(), number in bold, levels.get(number, 0))


def _measure_fill(text: str, lines: Sequence[_Line]) -> _Fill:
    """Measure the usual width, and tell text whose every line is followed by an empty one."""
    pairs = list(zip(lines, lines[1:], strict=False))
    spaced = [(one, two) for one, two in pairs if text.count("\n", one.end, two.start) == 2]
    broken = sum(
        text[two.start : two.end].lstrip()[:1].islower() and not _SENTENCE_END.search(text[one.start : one.end])
        for one, two in spaced
    )
    double = len(spaced) > 0.7 * len(pairs) and broken > 0.15 * len(spaced) and len(spaced) > 4
    width = _usual_width(line.end - line.start for line in lines)
    return _Fill(width, double, width <= _WIDEST and (double or _is_wrapped(text, pairs)))


def _is_wrapped(text: str, pairs: Iterable[tuple[_Line, _Line]]) -> bool:
    """Tell whether sentences go on from line to line: some lines then begin in small letters."""
    heads = [text[two.start : two.end].lstrip()[:1] for one, two in pairs if text.count("\n", one.end, two.start) == 1]
    return len(heads) < _FEW or sum(head.islower() for head in heads) > _SMALL_SHARE * len(heads)


def nest_blocks(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give list items their depth from the order in which numbering styles appear."""
    stack: list[str] = []
    last: dict[str, str] = {}
    nested: list[Block] = []
    for block in blocks:
        number = find_number(text[block.start : block.end]) if block.number else None
        if block.role is not BlockRole.LIST_ITEM or number is None:
            if block.role is BlockRole.HEADING:
                stack = []
            nested.append(block)
            continue
        style = _settle_style(number, stack, last)
        last[style] = number.text.strip("().").lower()
        if style in stack:
            del stack[stack.index(style) + 1 :]
        else:
            stack.append(style)
        depth = len(stack) - 1
        nested.append(block if block.depth == depth else replace(block, depth=depth))
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
    ends = [*(head.start for head in heads[1:]), len(text)][: len(heads)]
    return tuple(
        AgendaItem(head.start, end, _bare(head.number), " ".join(text[head.body : head.end].split())[:200])
        for head, end in zip(heads, ends, strict=True)
    )


def _bare(number: str | None) -> str | None:
    return re.sub(r"^(?:agenda )?item\s+|[().:\u2013\s-]+$|^\(", "", number, flags=re.IGNORECASE) if number else None


def _settle_style(number: Number, stack: list[str], last: dict[str, str]) -> str:
    """Decide whether (i), (v) or (c) is a letter or a roman numeral from the list it stands in."""
    letter = "a" + number.style[1:]
    text = number.text.strip("().").lower()
    if not number.style.startswith("i") or letter not in stack or len(text) > 1:
        return number.style
    before = last.get(letter, "")
    return letter if len(before) == 1 and ord(text) == ord(before) + 1 else number.style


def _usual_width(lengths: Iterable[int]) -> int:
    ordered = sorted(lengths)
    return ordered[int(len(ordered) * 0.85)] if ordered else 0


def _continues(text: str, group: _Line, line: _Line, fill: _Fill) -> bool:
    """Tell whether a line goes on with the paragraph above it."""
    between = text[group.end : line.start]
    last, here = text[group.last : group.end], text[line.start : line.end].lstrip()
    if group.last == group.start and _LONE.fullmatch(last) and between.count("\n") <= 2 and not find_number(here):
        return True
    if CELL_MARK in last or CELL_MARK in here:
        return False
    if between.count("\n") > (2 if fill.double_spaced else 1) or "\f" in between:
        return False
    if group.level or line.level or group.bold != line.bold or find_number(here):
        return False
    if not fill.is_wrapped:
        return bool(_OPEN_END.search(last))
    ended = bool(_SENTENCE_END.search(last))
    if ended and _PART.fullmatch(here):
        return False
    if begins_entry(here) and (ended or begins_entry(text[group.start : group.end])):
        return False
    if "\u2028" in between and (ended or not here[:1].islower()):
        return False
    if here[:1].islower() and not ended:
        return len(last) > (0.1 if fill.double_spaced else 0.35) * fill.width
    return len(last) >= (0.85 if ended else _WRAPPED) * fill.width


def _block(text: str, group: _Line, base: int) -> Block:
    raw = text[group.start : group.end]
    start = group.start + len(raw) - len(raw.lstrip())
    end = group.end - (len(raw) - len(raw.rstrip()))
    number = find_number(text[start:end])
    if number and number.body >= end - start:
        number = None
    body = start + (number.body if number else 0)
    words = text[body:end]
    strong = group.bold or bool(group.level)
    role, depth = BlockRole.PARAGRAPH, 0
    if group.level:
        role, depth = BlockRole.HEADING, max(group.level - base, 0)
    elif looks_like_heading(words, number, bold=group.bold):
        minor = (
            number.style in {"-", "a", "i", "a(", "i(", "1("} or len(raw) - len(raw.lstrip()) > 1
            if number
            else bool(LABEL.match(words))
        )
        role, depth = BlockRole.HEADING, int(minor)
    elif number:
        role = BlockRole.LIST_ITEM
    bold = strong or (words.isupper() and len(words) > 3)
    return Block(start, end, role, number=number.text if number else None, body=body, depth=depth, bold=bold)


def _find_base(levels: Iterable[int]) -> int:
    """Give the heading level that agenda items have: the highest one used more than once."""
    counted = sorted(levels)
    return next((level for level in counted if counted.count(level) > 1), counted[0] if counted else 0)


_TITLE = re.compile(r"(?P<title>[A-Z0-9][^.;:!?\u00a3\n]{2,79}?)\s*:[-\u2013]*(?=\s|$)")


def _split_titles(text: str, blocks: list[Block]) -> list[Block]:
    """Part "12. Police report: none received." into heading and paragraph, where the items are written so.

    That takes three rising numbers with such titles and no numbered headings.
    """
    titled = {index: match for index, block in enumerate(blocks) if (match := _find_title(text, block))}
    values = [int(re.sub(r"\D", "", blocks[index].number or "0")[-6:] or 0) for index in titled]
    headed = sum(block.role is BlockRole.HEADING and block.number is not None for block in blocks)
    rising = sum(one < two for one, two in zip(values, values[1:], strict=False))
    if len(values) < 3 or headed > len(values) or rising < 0.8 * (len(values) - 1):
        return blocks
    parts: list[Block] = []
    for index, block in enumerate(blocks):
        match = titled.get(index)
        if match is None:
            parts.append(block)
            continue
        parts.append(replace(block, end=match.end(), role=BlockRole.HEADING, bold=False))
        start = match.end() + len(text[match.end() : block.end]) - len(text[match.end() : block.end].lstrip())
        if start < block.end:
            parts.append(Block(start, block.end, BlockRole.PARAGRAPH))
    return parts


def _find_title(text: str, block: Block) -> re.Match[str] | None:
    number = find_number(text[block.start : block.end]) if block.role is BlockRole.LIST_ITEM else None
    if number is None or number.style not in {"1", "1.1"}:
        return None
    match = _TITLE.match(text, block.body, block.end)
    if match is None or LEAD_WORDS.match(match["title"]) or begins_entry(match["title"] + " "):
        return None
    return match if len(match["title"].split()) <= 12 else None
