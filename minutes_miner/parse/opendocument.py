"""Turn an OpenDocument text into a document: its mark-up is written as Word's, and read as that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from minutes_miner.config import Limits
from minutes_miner.domain.source import Document, DocumentRef
from minutes_miner.errors import ParseError
from minutes_miner.parse.docx import write_document
from minutes_miner.parse.openstyle import OUTLINE, STYLE, TEXT, make, write_lists, write_styles
from minutes_miner.parse.package import broken, open_package
from minutes_miner.parse.sniff import ODT
from minutes_miner.parse.wordpackage import Parts

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BOX = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_UNREAD = {
    TEXT + "tracked-changes", TEXT + "sequence-decls", TEXT + "variable-decls", TEXT + "note-citation",
    TEXT + "hidden-text", TEXT + "hidden-paragraph", TEXT + "ruby-text", _OFFICE + "annotation", _OFFICE + "forms",
}  # fmt: skip
"""Elements whose words are not on the page; deleted words stand among the tracked changes."""
_MOST = 1_000
"""Times that a row or cell may be repeated."""


class OpenDocumentParser:
    """Read OpenDocument texts: headings, lists with their numbers, tables, notes, tracked changes accepted."""

    media_types = (ODT,)

    def parse(self, data: bytes, ref: DocumentRef, *, limits: Limits = Limits()) -> Document:
        """Read an OpenDocument text.

        Raises:
            ParseError: the archive is broken, encrypted or a bomb, or holds no words.
        """
        with open_package(data, ref, limits, "OpenDocument text") as package:
            if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
                raise ParseError("the document is encrypted", where=ref.source, advice="save it without a password")
            content, styles = package.read_xml("content.xml"), package.read_xml("styles.xml")
            meta = package.read_xml("meta.xml")
            text = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
            if text is None:
                raise broken(package.name, package.source)
        writer = _Writer(write_lists(styles, content))
        body = make("body", *writer.write(text))
        edges = [
            make("hdr", *writer.write(edge))
            for edge in (styles.iter(STYLE + "header", STYLE + "footer") if styles is not None else ())
        ]
        title = next((element.text for element in meta.iter(_TITLE)), None) if meta is not None else None
        numbering = make("numbering", *writer.definitions.values(), *writer.lists)
        return write_document(Parts(body, write_styles(styles, content), numbering, writer.notes, edges, title), ref)


@dataclass(slots=True)
class _Writer:
    """Write paragraphs, lists and tables as Word's elements.

    Attributes:
        definitions: how lists are numbered, by the name of their style.
        lists: the lists that were begun.
        notes: the notes that were found.
    """

    definitions: dict[str, Any]
    lists: list[Any] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)

    def write(self, parent: Any, place: tuple[str, int] | None = None) -> Iterator[Any]:
        """Write what stands in an element; the first paragraph gets a place in a list, as number and level of it."""
        for child in parent:
            if child.tag in {TEXT + "p", TEXT + "h"}:
                yield self._paragraph(child, place)
                place = None
            elif child.tag == TEXT + "list":
                yield from self._list(child, place)
                place = None
            elif child.tag == _TABLE + "table":
                yield self._table(child)
            elif child.tag not in _UNREAD and isinstance(child.tag, str):
                yield from self.write(child)

    def _paragraph(self, element: Any, place: tuple[str, int] | None) -> Any:
        properties = make("pPr", make("pStyle", val=element.get(TEXT + "style-name", "")))
        level = element.get(TEXT + "outline-level", "1")
        if element.tag == TEXT + "h" and level.isdecimal():
            properties.append(make("outlineLvl", val=str(int(level) - 1)))
            if place is None and OUTLINE in self.definitions and element.get(TEXT + "is-list-header") != "true":
                place = self._known.setdefault(OUTLINE, self._begin(OUTLINE, {})), int(level) - 1
        if place is not None:
            list_id, index = place
            properties.append(make("numPr", make("ilvl", val=str(index)), make("numId", val=list_id)))
        return make("p", properties, *self._runs(element, ""))

    def _runs(self, element: Any, style: str) -> Iterator[Any]:
        """Write the words of a paragraph or of a part of one."""
        look = make("rPr", make("rStyle", val=style)) if style else make("rPr")
        yield self._run(look, element.text)
        for child in element:
            if child.tag in {TEXT + "s", TEXT + "tab", TEXT + "line-break"}:
                yield make("r", make("tab"))
            elif child.tag == TEXT + "note":
                self.notes.append(make("footnote", *self.write(child)))
            elif child.tag == _BOX:
                yield make("r", make("txbxContent", *self.write(child)))
            elif child.tag not in _UNREAD and isinstance(child.tag, str):
                yield from self._runs(child, child.get(TEXT + "style-name", style))
            yield self._run(look, child.tail)

    def _run(self, look: Any, words: str | None) -> Any:
        text = make("t")
        text.text = words or ""
        return make("r", make("rPr", *(make("rStyle", val=one.values()[0]) for one in look)), text)

    def _list(self, element: Any, place: tuple[str, int] | None) -> Iterator[Any]:
        """Write a list; one within another counts at the next level of it."""
        list_id, level = (place[0], place[1] + 1) if place else (self._find_list(element), 0)
        for item in element:
            if item.tag not in {TEXT + "list-item", TEXT + "list-header"}:
                continue
            start = item.get(TEXT + "start-value", "")
            if start.isdecimal():
                list_id = self._begin(self._style_of(list_id), {level: start})
            yield from self._item(item, (list_id, level))

    def _item(self, item: Any, place: tuple[str, int]) -> Iterator[Any]:
        """Write a point of a list: its first paragraph has the number, a list within it the next level."""
        numbered = item.tag == TEXT + "list-item"
        for child in item:
            if child.tag == TEXT + "list":
                yield from self._list(child, place)
            else:
                yield from self.write([child], place if numbered else None)
                numbered = False

    def _find_list(self, element: Any) -> str:
        """Give the number of a list: that of the one it goes on with, else a new one."""
        name = element.get(TEXT + "style-name", "")
        known = self._known.get(element.get(TEXT + "continue-list"))
        if known is None and element.get(TEXT + "continue-numbering") == "true":
            known = self._last.get(name)
        levels = self.definitions[name] if name in self.definitions else ()
        list_id = known or self._begin(name, {index: "" for index in range(len(levels))})
        self._last[name] = list_id
        if element.get(_ID):
            self._known[element.get(_ID)] = list_id
        return list_id

    def _begin(self, name: str, starts: dict[int, str]) -> str:
        """Begin a list of a style; levels with a start, or with an empty one for the style's own, count anew."""
        list_id = str(len(self.lists) + 1)
        made = make("num", make("abstractNumId", val=name), numId=list_id)
        for level, start in starts.items():
            own = self.definitions[name][level].find(make("start").tag) if name in self.definitions else None
            value = start or (next(iter(own.values())) if own is not None else "1")
            made.append(make("lvlOverride", make("startOverride", val=value), ilvl=str(level)))
        self.lists.append(made)
        return list_id

    def _style_of(self, list_id: str) -> str:
        return str(next(iter(self.lists[int(list_id) - 1][0].values())))

    def _table(self, element: Any) -> Any:
        rows = []
        for row in element.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table"), None) is not element:
                continue
            head = row.getparent().tag == _TABLE + "table-header-rows"
            made = make("tr", make("trPr", *([make("tblHeader")] if head else [])), *self._cells(row))
            rows.append(made)
        return make("tbl", *rows)

    def _cells(self, row: Any) -> Iterator[Any]:
        """Write the cells of a row; one that another from above covers is empty."""
        covered = 0
        for cell in row:
            times = min(_count(cell, "number-columns-repeated"), _MOST)
            if cell.tag == _TABLE + "table-cell":
                covered = _count(cell, "number-columns-spanned") - 1
                span = make("tcPr", make("gridSpan", val=str(covered + 1)))
                for _ in range(times):
                    yield make("tc", span, *self.write(cell))
            elif cell.tag == _TABLE + "covered-table-cell":
                for _ in range(max(times - covered, 0)):
                    yield make("tc")
                covered = max(covered - times, 0)


def _count(cell: Any, name: str) -> int:
    value = cell.get(_TABLE + name, "1")
    return int(value) if value.isdecimal() and 0 < len(value) < 5 else 1
