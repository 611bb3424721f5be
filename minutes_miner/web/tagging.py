"""Write a PDF whose text is tagged for readers of screens: what is a heading, a table, a cell, a link."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from minutes_miner.web.linebreaking import BOLD, FONTS, PLAIN, Style, width

A4 = (595.28, 841.89)
"""Width and height of a page in points."""

Colour = tuple[float, float, float]

_ASCII = "".join(map(chr, range(33, 127)))
"""What stands in an address as it is; all else is written with signs of per cent."""


@dataclass(slots=True)
class Element:
    """Hold a part of the document: its kind after the PDF standard, and what it is made of.

    An element that has words of its own stands on one page.
    """

    entries: Any
    kids: list[Any]


class TaggedPdf:
    """Take text page by page, from the top left corner, and give the file.

    What belongs to an element is read aloud in its place; what belongs to none, such as rules, is left out.

    Args:
        title: of the document, shown in the window.
        subject: what it is about, in a sentence.
        creator: the program that made it.
    """

    def __init__(self, title: str, *, subject: str, creator: str) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        for font in (PLAIN, BOLD):
            if font not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(TTFont(font, str(FONTS / f"{font}.ttf"), shapable=False))
        self._stream = io.BytesIO()
        self._canvas: Any = Canvas(self._stream, pagesize=A4, pageCompression=1, pdfVersion=(1, 7), lang="en-GB")
        for told, words in (("Title", title), ("Subject", subject), ("Creator", creator), ("Author", creator)):
            getattr(self._canvas, f"set{told}")(words)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._parents: list[Any] = []
        self._marked: list[Any] = []
        self._page_key = self._take_key()
        self.document = self._element("Document")

    def add(self, kind: str, parent: Element, **attributes: Any) -> Element:
        """Add an element to the end of another.

        Args:
            kind: such as ``H1``, ``P``, ``Table`` or ``TD``.
            parent: what it is a part of.
            attributes: of table cells, such as ``Scope="Column"`` or ``ColSpan=4``.
        """
        made = self._element(kind)
        made.entries["P"] = self._refer(parent.entries)
        if attributes:
            made.entries["A"] = self._dictionary({"O": self._name("Table"), **self._values(attributes)})
        parent.kids.append(self._refer(made.entries))
        return made

    def write(self, element: Element | None, at: tuple[float, float], lines: Sequence[str], style: Style) -> None:
        """Write lines of clean text; the first one's top left corner is given, in points from that of the page."""
        if not lines:
            return
        with self._mark(element):
            text = self._canvas.beginText(at[0], A4[1] - at[1] - style.size)
            text.setFont(style.font, style.size, style.leading)
            text.setFillColorRGB(*style.colour)
            for line in lines:
                text.textLine(line)
            self._canvas.drawText(text)

    def link(self, parent: Element, at: tuple[float, float], lines: Sequence[str], style: Style, *, to: str) -> None:
        """Write lines that lead to an address."""
        from reportlab.pdfbase.pdfdoc import PDFString

        linked, bottom, to = self.add("Link", parent), A4[1] - at[1], quote(to, safe=_ASCII)
        self.write(linked, at, lines, style)
        for number, line in enumerate(lines):
            top = bottom - number * style.leading
            key = self._take_key()
            rect = (at[0], top - style.leading, at[0] + width(line, style), top)
            self._canvas.linkURL(to, rect, thickness=0, Contents=PDFString(to), StructParent=key, F=4)
            self._parents[key] = self._refer(linked.entries)
            held = {"Type": self._name("OBJR"), "Obj": self._canvas._annotationrefs[-1]}
            linked.kids.append(self._dictionary(held))

    def draw_rule(self, at: tuple[float, float], length: float, *, colour: Colour, thickness: float = 0.5) -> None:
        """Draw a level line."""
        with self._mark(None):
            self._canvas.setStrokeColorRGB(*colour)
            self._canvas.setLineWidth(thickness)
            self._canvas.line(at[0], A4[1] - at[1], at[0] + length, A4[1] - at[1])

    def fill(self, at: tuple[float, float], size: tuple[float, float], *, colour: Colour) -> None:
        """Fill a rectangle, of which the top left corner is given."""
        with self._mark(None):
            self._canvas.setFillColorRGB(*colour)
            self._canvas.rect(at[0], A4[1] - at[1] - size[1], size[0], size[1], stroke=0, fill=1)

    def end_page(self) -> None:
        """Close the page; what follows stands on the next."""
        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = self._page_key, self._name("S")
        self._parents[self._page_key] = self._array(self._marked)
        self._page_key, self._marked = self._take_key(), []

    def finish(self) -> bytes:
        """Give the file; every page must have been closed."""
        catalog = self._canvas._doc.Catalog
        pairs = [part for key, held in enumerate(self._parents) if held is not None for part in (key, held)]
        root = self._dictionary({"Type": self._name("StructTreeRoot"), "K": self._refer(self.document.entries)})
        root["ParentTree"] = self._refer(self._dictionary({"Nums": self._array(pairs)}))
        root["ParentTreeNextKey"] = len(self._parents)
        self.document.entries["P"] = self._refer(root)
        catalog.StructTreeRoot, catalog.MarkInfo = root, self._dictionary({"Marked": "true"})
        self._canvas.save()
        return self._stream.getvalue()

    @contextmanager
    def _mark(self, element: Element | None) -> Iterator[None]:
        """Bracket what is drawn as a part of an element, or as nothing that is read."""
        if element is None:
            self._canvas._code.append("/Artifact BMC")
        else:
            number = len(self._marked)
            self._canvas._code.append(f"/Span <</MCID {number}>> BDC")
            self._marked.append(self._refer(element.entries))
            element.entries["Pg"] = self._page()
            element.kids.append(number)
        yield
        self._canvas._code.append("EMC")

    def _element(self, kind: str) -> Element:
        kids = self._array([])
        entries = {"S": self._name(kind), "K": kids}
        return Element(self._dictionary(entries), kids.sequence)

    def _page(self) -> Any:
        """Refer to the page that is being written."""
        return self._canvas._doc.thisPageRef()

    def _take_key(self) -> int:
        self._parents.append(None)
        return len(self._parents) - 1

    def _values(self, held: dict[str, Any]) -> dict[str, Any]:
        return {key: self._name(value) if isinstance(value, str) else value for key, value in held.items()}

    def _refer(self, held: Any) -> Any:
        return self._canvas._doc.Reference(held)

    def _dictionary(self, held: dict[str, Any]) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFDictionary

        return PDFDictionary(held)

    def _array(self, held: list[Any]) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFArray

        return PDFArray(held)

    def _name(self, word: str) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFName

        return PDFName(word)
