"""Walk through a page's elements and write them as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import PageElement, Tag

from minutes_miner.domain.heading import LABEL, looks_like_heading
from minutes_miner.domain.numbering import find_number
from minutes_miner.domain.source import AgendaItem
from minutes_miner.domain.vocabulary import BlockRole
from minutes_miner.parse.draft import Draft, Piece
from minutes_miner.parse.inline import is_bold, read_words, split_lines
from minutes_miner.parse.numbering import number_text, read_style
from minutes_miner.parse.page import classes
from minutes_miner.parse.tablewalk import TableWriter
from minutes_miner.parse.webtable import read_int

_BLOCKS = frozenset(
    "p div ul ol li table tbody thead tfoot tr td th h1 h2 h3 h4 h5 h6 section article main body blockquote dl dt dd"
    " header aside caption fieldset figure pre address center details summary html hr figcaption legend".split()
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ATTACHMENTS = re.compile(
    r"(?:additional|supporting|accompanying|background|related)\s+(?:documents?|papers?)\s*:?$", re.IGNORECASE
)
_CONTROLS = re.compile(
    r"(?:view\s+(?:the\s+)?recorded\s+vote|you\s+can\s+view\s+the\s+individual\s+reports"
    r"|watch\s+council\s+meetings|view\s+the\s+webcast|back\s+to\s+top|print\s+this\s+page|share\s+this|\u00a9)",
    re.IGNORECASE,
)
_TITLE_CLASSES = {"mgAiTitleTxt", "mgSubItemTitleTxt", "mgSubSubTitleTxt", "mgSectionTitle"}


class PageWriter:
    """Write a page's elements into a draft, in order.

    Lists of attached files stay, as their names carry dates, without the notes of their sizes.
    """

    def __init__(self) -> None:
        self.draft = Draft()
        self._tables = TableWriter(self.draft, self._cell)
        self._number: str | None = None
        self._row_number: str | None = None
        self._holders: set[int] = set()

    def write(self, content: Tag) -> None:
        """Write everything in a container; agenda items go to ``draft.items``."""
        self._holders = _find_holders(content)
        self._walk(content, depth=0)
        items = self.draft.items
        for index, item in enumerate(items):
            end = items[index + 1].start if index + 1 < len(items) else len(self.draft)
            items[index] = AgendaItem(item.start, end, item.number, item.title)

    def write_title(self, title: str) -> None:
        """Write the page's own title, which stands in its head, above its content."""
        self.draft.add(Piece(title))

    def _walk(self, parent: Tag, depth: int) -> None:
        """Write the children of a container; text and inline elements between blocks make paragraphs.

        Containers in containers are walked without recursion, as broken pages nest hundreds of them.
        """
        levels: list[tuple[Iterator[PageElement], list[PageElement]]] = [(iter(parent.children), [])]
        while levels:
            children, run = levels[-1]
            for child in children:
                if not isinstance(child, Tag) or id(child) not in self._holders:
                    run.append(child)
                    continue
                self._paragraph(run, depth)
                run.clear()
                if _is_container(child):
                    levels.append((iter(child.children), []))
                    break
                self._element(child, depth)
            else:
                self._paragraph(run, depth)
                levels.pop()

    def _element(self, tag: Tag, depth: int) -> None:
        if _is_container(tag):
            self._walk(tag, depth)
        elif tag.name in {"ul", "ol"}:
            self._list(tag, depth)
        elif tag.name == "table":
            self._tables.write(tag, depth)
        else:
            self._heading(tag)

    def _heading(self, tag: Tag) -> None:
        """Write a title; an item's number waits for the item's title."""
        words = read_words(tag.children)
        names = classes(tag)
        if not words:
            return
        if "mgAiTitleTxt" in names and find_number(words + " ") and len(words) < 10:
            self._number = words
            return
        if "mgAiTitleTxt" in names:
            self._item(words)
            return
        minor = _TITLE_CLASSES.intersection(names) - (set() if self.draft.items else {"mgSectionTitle"})
        depth = 1 if minor else _level(tag.name)
        self._add(words, BlockRole.HEADING, depth=depth, bold=True)

    def _item(self, title: str) -> None:
        """Write an agenda item's title behind the number that stands in the cell before it."""
        number, self._number = self._number, None
        text = f"{number} {title}" if number else title
        index = self._add(text, BlockRole.HEADING, bold=True)
        if index is not None:
            start = self.draft.blocks[index].start
            self.draft.items.append(AgendaItem(start, start, number.strip(" .():") if number else None, title[:200]))

    def _list(self, tag: Tag, depth: int) -> None:
        """Write a list's points, and words that stand between them as paragraphs."""
        style = read_style(tag)
        value = read_int(tag.get("start"), 1)
        for child in tag.children:
            if not isinstance(child, Tag):
                self._paragraph([child], depth)
            elif child.name in {"ul", "ol"}:
                self._list(child, depth + 1)
            elif child.name != "li":
                self._element(child, depth)
            else:
                value = read_int(child.get("value"), value)
                self._list_item(child, number_text(value, style), depth)
                value += 1

    def _list_item(self, tag: Tag, number: str, depth: int) -> None:
        """Write a point: its own words behind its number, then the lists inside it and the words after them."""
        run: list[PageElement] = []
        own = True
        for child in tag.children:
            if not isinstance(child, Tag) or not _parts_point(child, own=own):
                run.append(child)
                continue
            self._part(run, number if own else None, depth)
            run, own = [], False
            self._element(child, depth + 1)
        self._part(run, number if own else None, depth)

    def _part(self, run: list[PageElement], number: str | None, depth: int) -> None:
        """Write inline content of a point: behind its number, or as a paragraph where the number is written."""
        if number is None:
            self._paragraph(run, depth + 1)
            return
        words = read_words(run)
        if words and not _CONTROLS.match(words):
            own = find_number(words)
            text = words if own and own.style != "-" else f"{number} {words}"
            self._add(text, BlockRole.LIST_ITEM, depth=depth, number=None if own and own.style != "-" else number)

    def _paragraph(self, run: list[PageElement], depth: int) -> None:
        """Write inline content, a block for each line that a line break ends."""
        for line in split_lines(run):
            words = read_words(line)
            if not words or _CONTROLS.match(words):
                continue
            if self._row_number:
                number, self._row_number = self._row_number, None
                self._add(f"{number} {words}", BlockRole.LIST_ITEM, depth=depth, number=number)
                continue
            bold = is_bold(line) or bool(_ATTACHMENTS.match(words))
            found = find_number(words)
            role = BlockRole.LIST_ITEM if found and found.body < len(words) else BlockRole.PARAGRAPH
            if bold and looks_like_heading(words[found.body if found else 0 :], found, bold=True):
                role = BlockRole.HEADING
            level = 1 if role is BlockRole.HEADING and (self.draft.items or LABEL.match(words)) else depth
            if role is BlockRole.PARAGRAPH and not bold and words[0].islower() and self.draft.extend(words):
                continue
            self._add(words, role, depth=level, bold=bold)

    def _add(
        self, text: str, role: BlockRole, *, depth: int = 0, number: str | None = None, bold: bool = False
    ) -> int | None:
        found = find_number(text)
        body = len(number) + 1 if number else 0
        if number is None and found and found.body < len(text) and role is not BlockRole.PARAGRAPH:
            number, body = found.text, found.body
        return self.draft.add(Piece(text, role, number, body, depth, bold=bold))

    def _cell(self, tag: Tag, depth: int, number: str | None) -> None:
        """Write a table's cell as running text, its first paragraph behind the number of its row."""
        self._row_number = number
        if tag.name in {"td", "th", "tr", "tbody"} or _is_container(tag):
            self._walk(tag, depth)
        else:
            self._element(tag, depth)
        self._row_number = None


def _level(name: str) -> int:
    return max(int(name[1]) - 2, 0) if name in _HEADINGS else 0


def _find_holders(content: Tag) -> set[int]:
    """Give the identities of the block elements and of the inline ones that hold some."""
    found: set[int] = set()
    for tag in content.find_all(_BLOCKS):
        above: Tag | None = tag
        while above is not None and above is not content and id(above) not in found:
            found.add(id(above))
            above = above.parent
    return found


def _is_container(tag: Tag) -> bool:
    return tag.name not in _HEADINGS | {"ul", "ol", "table"} and not _TITLE_CLASSES.intersection(classes(tag))


def _parts_point(child: Tag, *, own: bool) -> bool:
    """Tell whether an element of a point stands by itself; paragraphs do once the point's ``own`` words are over."""
    return child.name in (_BLOCKS - {"p", "div"} if own else _BLOCKS) or child.find(["ul", "ol", "table"]) is not None
