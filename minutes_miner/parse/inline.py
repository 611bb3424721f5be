"""Read the words of a page's inline content: on one line, parted at line breaks, bold or not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import NavigableString, PageElement, Tag

from minutes_miner.parse.encoding import tidy

_SPACE = re.compile(r"[\s\u00a0]+")


def read_words(run: Iterable[PageElement]) -> str:
    """Give the words of inline content on one line."""
    parts = []
    for node in run:
        if isinstance(node, Tag):
            parts.append(node.get_text() if node.name != "br" else " ")
        elif isinstance(node, NavigableString):
            parts.append(str(node))
    return _SPACE.sub(" ", tidy("".join(parts))).strip()


def split_lines(run: list[PageElement]) -> list[list[PageElement]]:
    """Part inline content at its line breaks; a line that goes on in the middle of a sentence stays whole."""
    lines: list[list[PageElement]] = [[]]
    for node in run:
        if isinstance(node, Tag) and node.name == "br":
            lines.append([])
        elif isinstance(node, Tag) and node.find("br") is not None:
            for part in split_lines(list(node.children)):
                lines[-1].extend(part)
                lines.append([])
            lines.pop()
        else:
            lines[-1].append(node)
    return lines


def is_bold(run: list[PageElement]) -> bool:
    """Tell whether all words of inline content are set bold."""
    total = strong = 0
    for node in run:
        count = len(_SPACE.sub("", node.get_text())) if isinstance(node, Tag) else len(_SPACE.sub("", str(node)))
        total += count
        if isinstance(node, Tag):
            strong += count if node.name in {"b", "strong", "th"} else _count_bold(node)
    return total > 0 and strong >= 0.9 * total


def _count_bold(tag: Tag) -> int:
    return sum(
        len(_SPACE.sub("", part.get_text()))
        for part in tag.find_all(["b", "strong"])
        if not part.find_parent(["b", "strong"])
    )
