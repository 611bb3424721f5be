"""Turn lines of plain text into blocks: headings, paragraphs and list items with their numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutes_miner.domain.source import AgendaItem, Block
from minutes_miner.domain.vocabulary import BlockRole

_NUMBER = re.compile(
    r"""(?P<lead>\s*)(?P<number>
        (?:item|agenda\ item|minute)\s+(?:no\.?\s*)?\d{1,3}[a-z]?\s*[:.\u2013-]?(?=\s|$)  # Item 4:
      | (?-i:[A-Z]{1,5})\d?[ /.-]?\d{1,4}(?:[/.]\d{1,4}){1,2}(?=[\s.:])[.:]?             # CM 74/23, PLA146/14, C83.16
      | (?-i:[A-Z]{2,5})[./]\d{1,4}(?=[\s.:])                                              # PL.31, HWB/14
      | (?!\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b)(?!\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\b|hrs))
        \d{1,4}(?:[./]\d{1,4}){1,3}[.):]?(?=\s)                                          # 7.22.03, 64/20, 2.1
      | \d{1,4}\s?[.)](?=\s|(?-i:[A-Z(]))                                                # 1.  1)  3127.Police
      | \d{3,4}(?=(?-i:[A-Z][a-z]{2}))                                                   # 2944Apologies
      | \((?:\d{1,3}|[a-z]|[ivxl]{1,6}|[A-Z])\)                                          # (1) (a) (iv)
      | (?:[ivxl]{1,6}|[a-zA-Z])[.)](?=\s)                                                # a)  i.  A.
      | (?:[\u2022\u00b7\u25cf\u25aa\u25e6\u25cb\u25a0\u2043\u2023\u27a2\u25ba\u2713\uf0b7\uf0a7\uf0d8
            \uf02d\uf0fc\uf076*\u2013-]
          |(?-i:o(?=\s+[A-Z0-9])))(?=\s)                                                  # bullets
    )[ \t\u00a0\u2002\u2003]*""",
    re.VERBOSE | re.IGNORECASE,
)
_LONE = re.compile(
    r"\s*(?:\d{1,4}[.)]|\(?[a-z]\)|\(?[ivxl]{1,5}\)|\d{1,3}(?:[./]\d{1,3}){1,2}\.?|item\s+\d{1,3}:?"
    r"|[\u2022\u00b7\u25cf\uf0b7\uf0a7])\s*",
    re.IGNORECASE,
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
    if not core or not core[0].isalnum() or text == "o":
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
    return nest_blocks(text, settle_headings(_split_titles(text, blocks)))


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
    """Say how full lines are: the usual width in characters, and whether an empty line follows every line."""

    width: int
    double_spaced: bool


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
    return _Fill(_usual_width(line.end - line.start for line in lines), double)


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
        nested.append(replace(block, depth=len(stack) - 1))
    return tuple(nested)


def settle_headings(blocks: Sequence[Block]) -> list[Block]:
    """Make paragraphs of bold lines that only look like headings: three and more on end, as in letterheads and rolls.

    A heading without a number directly above a numbered one, in such a run of two, is no heading either.

    Args:
        blocks: in order.

    Returns:
        The same blocks, some with another role; the last heading of a run stays where text follows it.
    """
    settled = list(blocks)
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
    if between.count("\n") > (2 if fill.double_spaced else 1) or "\f" in between:
        return False
    if group.level or line.level or group.bold != line.bold or find_number(here) or fill.width > 160:
        return False
    ended = bool(_SENTENCE_END.search(last))
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
    if match is None or _LEAD_WORDS.match(match["title"]):
        return None
    return match if len(match["title"].split()) <= 12 else None


_LEAD_WORDS = re.compile(
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
    if words[-1] in ".;,?!" or (_SETTLED if item else _LEAD_WORDS).match(words) or "\u00a3" in words:
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
