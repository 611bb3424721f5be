"""Walk through a page's elements and write them as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_miner.domain.source import AgendaItem
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.element import BLOCKS, HEADINGS, LISTS, LONGEST, Element, Node
from minutes_miner.parse.inline import read_words
from minutes_miner.parse.numbering import number_text, read_style
from minutes_miner.parse.tablewalk import TableWriter
from minutes_miner.parse.webline import LineWriter
from minutes_miner.parse.webtable import read_int

_TITLE_CLASSES = frozenset({"mgAiTitleTxt", "mgSubItemTitleTxt", "mgSubSubTitleTxt", "mgSectionTitle"})
_SINGLE = HEADINGS | LISTS | {"table", "pre"}
"""Elements that are written as a whole."""
_AFTER_POINT = BLOCKS - LISTS - {"table"}
_IN_POINT = _AFTER_POINT - {"p", "div"}
_LONGEST_TITLE = 400
_LABELS = frozenset({"dt", "summary", "legend"})
_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(?P<level>[1-9])\b", re.IGNORECASE)


class PageWriter:
    """Write a page's elements into a draft, in order.

    Lists of attached files stay, as their names carry dates, without the notes of their sizes.
    """

    def __init__(self) -> None:
        self.draft = Draft()
        self._lines = LineWriter(self.draft)
        self._tables = TableWriter(self.draft, self._cell)

    def write(self, content: Element) -> None:
        """Write everything in a measured container; agenda items go to ``draft.items``."""
        self._walk(content, depth=0)
        items = self.draft.items
        for index, item in enumerate(items):
            end = items[index + 1].start if index + 1 < len(items) else len(self.draft)
            items[index] = AgendaItem(item.start, end, item.number, item.title)

    def write_title(self, title: str) -> None:
        """Write the page's own title, which stands in its head, above its content."""
        self.draft.add(Piece(title))

    def _walk(self, parent: Element, depth: int) -> None:
        """Write the children of a container; text and inline elements between blocks make paragraphs.

        Containers in containers are walked without recursion, as broken pages nest hundreds of them.
        """
        levels: list[tuple[Iterator[Node], list[Node]]] = [(iter(parent.children), [])]
        while levels:
            children, run = levels[-1]
            for child in children:
                if isinstance(child, str):
                    if run or not child.isspace():
                        run.append(child)
                    continue
                if not child.stands:
                    run.append(child)
                    continue
                if run:
                    self._lines.write(run, depth)
                    run.clear()
                if not child.size:
                    continue
                if child.holds and _is_container(child):
                    levels.append((iter(child.children), []))
                    break
                self._element(child, depth)
            else:
                self._lines.write(run, depth)
                levels.pop()

    def _element(self, element: Element, depth: int) -> None:
        """Write an element that begins a line."""
        name = element.name
        if name in LISTS:
            self._list(element, depth)
        elif name == "table":
            self._tables.write(element, depth)
        elif name == "pre":
            self._lines.write_preformatted(element)
        elif not _is_container(element):
            self._heading(element)
        elif element.holds:
            self._walk(element, depth)
        elif name in _LABELS:
            self._lines.write_label(element.children, opens=name != "dt")
        else:
            self._lines.write(element.children, depth + _find_level(element))

    def _heading(self, element: Element) -> None:
        names = element.classes
        if "mgAiTitleTxt" in names:
            self._lines.write_item_title(read_words(element.children))
            return
        minor = _TITLE_CLASSES.intersection(names) - (set() if self.draft.items else {"mgSectionTitle"})
        level = max(int(element.name[1]) - 2, 0) if element.name in HEADINGS else 0
        self._lines.write_title(read_words(element.children), 1 if minor else level)

    def _list(self, element: Element, depth: int) -> None:
        """Write a list's points, and words that stand between them as paragraphs."""
        style = read_style(element)
        falling = element.name == "ol" and "reversed" in element.attributes
        first = sum(child.name == "li" for child in element.elements()) if falling else 1
        value = read_int(element.get("start"), first)
        for child in element.children:
            if isinstance(child, str):
                if not child.isspace():
                    self._lines.write([child], depth)
            elif child.name in LISTS:
                self._list(child, depth + 1)
            elif child.name == "li":
                value = read_int(child.get("value"), value)
                self._point(child, number_text(value, style), depth)
                value += -1 if falling else 1
            elif child.stands:
                self._element(child, depth)
            else:
                self._lines.write([child], depth)

    def _point(self, element: Element, number: str, depth: int) -> None:
        """Write a point: its own words behind its number, then the lists inside it and the words after them."""
        run: list[Node] = []
        own = True
        for child in element.children:
            if isinstance(child, str) or not _parts_point(child, own=own):
                run.append(child)
                continue
            self._part(run, number if own else None, depth)
            run, own = [], False
            self._element(child, depth + 1)
        self._part(run, number if own else None, depth)

    def _part(self, run: list[Node], number: str | None, depth: int) -> None:
        """Write inline content of a point, behind its number, or as a paragraph where the number is written."""
        if number is None:
            self._lines.write(run, depth + 1)
        else:
            self._lines.write_point(run, number, depth)

    def _cell(self, element: Element, depth: int, number: str | None) -> None:
        """Write a table's cell as running text, its first paragraph behind the number of its row."""
        self._lines.row_number = number
        self._walk(element, depth)
        self._lines.row_number = None


def _find_level(element: Element) -> int:
    """Give the depth that Word's list has at a paragraph, 0 outside lists."""
    style = element.attributes.get("style", "")[:LONGEST]
    level = _LEVEL.search(style) if "mso-list" in style else None
    return int(level["level"]) - 1 if level else 0


def _is_container(element: Element) -> bool:
    """Tell whether an element only holds others; a title that holds a table or much text was left open."""
    if element.name in _SINGLE:
        return element.name in HEADINGS and element.holds and (element.nests or element.size > _LONGEST_TITLE)
    return element.nests or _TITLE_CLASSES.isdisjoint(element.classes)


def _parts_point(child: Element, *, own: bool) -> bool:
    """Tell whether an element of a point stands by itself; paragraphs do once the point's ``own`` words are over."""
    return child.name in LISTS or child.name == "table" or child.nests or child.name in (
        _IN_POINT if own else _AFTER_POINT
    )
