"""Read the words of a page's inline content: line by line, bold or not, with the numbers that Word writes as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized

from minutes_miner.parse.element import BLOCKS, LONGEST, Element, Node
from minutes_miner.parse.encoding import tidy, unescape

_BOLD = frozenset({"b", "strong", "th"})
_PLAIN = frozenset({"span", "font"})
_HEAVY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_FALSE_NUMBER = re.compile(
    r"""\s*(?P<number>
        \(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivxl]{1,5}|[IVXL]{1,5})[.)]{1,2}(?=(?:[ \r\n]*\xa0){2})
      | \d{1,3}(?:\.\d{1,3}){0,3}(?=(?:[ \r\n]*\xa0){3})
      | (?:[oqv\u00a7\u00d8\u00fc\u00fe\u00e0]|[^\w\s()\[\]"'&\u00a3\u20ac\u2018\u201c])(?=(?:[ \r\n]*\xa0){2})
    )\s+(?=\S)""",
    re.VERBOSE,
)
"""A list number that Word writes as text, parted from its paragraph by unbreakable spaces."""
_SYMBOLS = frozenset("oqv\u00a7\u00d8\u00fc\u00fe\u00e0\u00a8")
"""What bullets of the fonts Wingdings and Courier are in plain letters."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_BREAK = Element("br", {})


class Line(NamedTuple):
    """Hold a line: its words, whether all are bold, and its number where Word wrote that as text."""

    words: str
    bold: bool
    number: str | None = None


def read_words(run: Sequence[Node]) -> str:
    """Give the words of content on one line."""
    if len(run) == 1 and isinstance(run[0], str):
        return _settle(run[0])
    return " ".join([line.words for line in read_lines(run)])


def read_lines(run: Sequence[Node]) -> list[Line]:
    """Give the lines of content, parted where a line break or block ends them; empty ones are left out."""
    if len(run) == 1:
        run = _unwrap(run)
        if len(run) == 1 and isinstance(run[0], str):
            text = run[0]
            if "\xa0" in text:
                return _end([], [text], 0)
            words = _settle(text)
            return [Line(words, False)] if words else []
    lines: list[Line] = []
    parts: list[str] = []
    strong = heavy = 0
    stack: list[Node | None] = [*reversed(run)]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            strong += len("".join(node.split())) if heavy else 0
        elif node is None:
            heavy -= 1
        elif node.name == "br":
            _end(lines, parts, strong)
            strong = 0
        elif node.name == "sup" and (raised := _raise_digits(node)):
            parts.append(raised)
        else:
            if node.name in BLOCKS:
                _end(lines, parts, strong)
                strong = 0
                stack.append(_BREAK)
            if _is_strong(node):
                heavy += 1
                stack.append(None)
            stack.extend(reversed(node.children))
    return _end(lines, parts, strong)


def _unwrap(run: Sequence[Node]) -> Sequence[Node]:
    """Give what stands in the plain elements that hold all of some content."""
    while len(run) == 1 and not isinstance(run[0], str) and run[0].name in _PLAIN and not _is_strong(run[0]):
        run = run[0].children
    return run


def is_bold(run: Sequence[Node]) -> bool:
    """Tell whether all words of content are set bold."""
    lines = read_lines(run)
    return bool(lines) and all(line.bold for line in lines)


def _raise_digits(element: Element) -> str:
    """Give the number of a footnote in raised digits, so that it never runs on with a sum before it."""
    digits = "".join([child for child in element.children if isinstance(child, str)]).strip()
    return digits.translate(_RAISED) if digits.isdecimal() and digits.isascii() else ""


def _is_strong(element: Element) -> bool:
    if element.name in _BOLD:
        return True
    return "style" in element.attributes and _is_heavy(element.attributes["style"][:LONGEST])


@lru_cache(maxsize=1024)
def _is_heavy(style: str) -> bool:
    return _HEAVY.search(style) is not None


def _end(lines: list[Line], parts: list[str], strong: int) -> list[Line]:
    """Make a line of the pieces read so far and give all lines."""
    text = "".join(parts)
    parts.clear()
    words = _settle(text)
    if not words:
        return lines
    bold = strong > 0 and strong >= 0.9 * (len(words) - words.count(" "))
    found = _FALSE_NUMBER.match(text) if "\xa0" in text[:60] else None
    rest = _settle(text[found.end() :]) if found else ""
    if found is None or not rest:
        lines.append(Line(words, bold))
        return lines
    number = "\u2022" if found["number"] in _SYMBOLS else tidy(found["number"]) or "\u2022"
    lines.append(Line(f"{number} {rest}", bold, number))
    return lines


def _settle(text: str) -> str:
    """Give text on one line, with accents composed and without characters that show nothing."""
    if "&" in text and ";" in text:
        text = unescape(text)
    text = text.replace("\n", " ").replace("\xa0", " ")
    words = text.strip() if "  " not in text and text.isprintable() else " ".join(text.split())
    if words.isprintable() and (words.isascii() or (is_normalized("NFC", words) and not _LIGATURE.search(words))):
        return words
    return " ".join(tidy(words).split())
