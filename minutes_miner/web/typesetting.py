"""Set a report on pages: a title, what was counted, and a table whose head stands on each page."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_miner.web.linebreaking import Style, width, wrap
from minutes_miner.web.looks import (
    BLOCK_GAP,
    END,
    FIGURE,
    HEADING,
    LEAD,
    LEFT,
    LINE,
    NOTE,
    NOTE_LINK,
    ROOM,
    SMALL,
    TOP,
)
from minutes_miner.web.report import Group, Report
from minutes_miner.web.tabling import ActionTable, Block, Reader
from minutes_miner.web.tagging import A4, TaggedPdf

TITLE = "Who must act, and by when"

CAUTION = (
    "Open is what no minutes say is done. Read by a program from published minutes: "
    "check the source before you rely on it."
)
LACKING = "\ufffd stands for a letter that this report can’t print; the action’s own page shows it."

_Page = list[tuple[float, Block]]


def typeset(report: Report) -> bytes:
    """Set a report as a tagged PDF."""
    pdf = TaggedPdf(f"{TITLE} – {report.site}", subject=report.told, creator=report.site)
    pages = _Setter(report, pdf).divide()
    for number, page in enumerate(pages, 1):
        for top, block in page:
            block.draw(top)
        _draw_foot(pdf, f"{TITLE} – {report.made}", f"Page {number} of {len(pages)}")
        pdf.end_page()
    return pdf.finish()


class _Setter:
    """Measure the parts of a report and put them on pages; they are drawn when all pages are known.

    Args:
        report: what is set.
        pdf: gets what is drawn.
    """

    def __init__(self, report: Report, pdf: TaggedPdf) -> None:
        self._report, self._pdf = report, pdf
        self._reader = Reader()
        self._table = ActionTable(pdf, self._reader)
        self._pages: list[_Page] = [[]]
        self._top = TOP

    def divide(self) -> list[_Page]:
        """Give the blocks of each page with their tops."""
        self._put(*self._opening())
        for number, group in enumerate(self._report.groups):
            self._put_group(group, is_first=number == 0)
        self._begin_page_for(notes := [*self._closing()])
        self._put(*notes)
        return self._pages

    def _put_group(self, group: Group, *, is_first: bool) -> None:
        """Put a group's name and rows; where a page begins, the head and the name are said again."""
        for place, entry in enumerate(group.entries):
            row, begins = self._table.row(entry), place == 0
            before = [self._table.head()] if is_first and begins else []
            before += [self._table.name(group.name)] if begins else []
            if self._begin_page_for([*before, row]):
                name = self._table.name(group.name) if begins else self._table.name_again(group.name)
                before = [self._table.head() if is_first and begins else self._table.head_again(), name]
            self._put(*before, row)

    def _begin_page_for(self, blocks: list[Block]) -> bool:
        """Begin a page where some blocks don't fit under each other on this one; tell whether one was begun."""
        is_full = self._top + sum(block.height for block in blocks) > END
        if is_full:
            self._pages.append([])
            self._top = TOP
        return is_full

    def _put(self, *blocks: Block) -> None:
        for block in blocks:
            self._pages[-1].append((self._top, block))
            self._top += block.height

    def _opening(self) -> Iterator[Block]:
        yield self._paragraph(self._report.site, NOTE, after=2)
        yield self._paragraph(TITLE, HEADING, kind="H1", after=3)
        yield self._paragraph(self._report.told, LEAD, after=3)
        yield self._paragraph(self._report.made, NOTE, after=12)
        yield self._counts()
        if self._report.left_out:
            yield self._paragraph(self._report.left_out, LEAD, after=BLOCK_GAP)
        if not self._report.groups:
            yield self._paragraph("No action is in this list.", LEAD, after=BLOCK_GAP)

    def _closing(self) -> Iterator[Block]:
        """Tell how to take the list, and where it can be seen as it is now."""
        yield Block(2 * BLOCK_GAP, lambda top: None)
        yield self._paragraph(CAUTION, NOTE)
        if self._reader.has_missing:
            yield self._paragraph(LACKING, NOTE)
        yield self._paragraph("The same list as it is now:", NOTE)
        yield self._paragraph(self._report.address, NOTE_LINK, to=self._report.address)

    def _paragraph(
        self, text: str, style: Style, *, kind: str = "P", after: float = 0, to: str | None = None
    ) -> Block:
        lines = self._reader.lines(text, style, ROOM)

        def draw(top: float) -> None:
            held = self._pdf.add(kind, self._pdf.document)
            if to:
                self._pdf.link(held, (LEFT, top), lines, style, to=to)
            else:
                self._pdf.write(held, (LEFT, top), lines, style)

        return Block(len(lines) * style.leading + after, draw)

    def _counts(self) -> Block:
        share = ROOM / len(self._report.counts)
        labels = [wrap(label, NOTE, share - BLOCK_GAP) for label, _ in self._report.counts]
        height = 36 + max(map(len, labels)) * NOTE.leading

        def draw(top: float) -> None:
            self._pdf.draw_rule((LEFT, top), ROOM, colour=LINE)
            for number, ((_, count), lines) in enumerate(zip(self._report.counts, labels, strict=True)):
                left, said = LEFT + number * share, self._pdf.add("P", self._pdf.document)
                self._pdf.write(said, (left, top + 8), [f"{count} "], FIGURE)
                self._pdf.write(said, (left, top + 29), lines, NOTE)
            self._pdf.draw_rule((LEFT, top + height), ROOM, colour=LINE)

        return Block(height + 12, draw)


def _draw_foot(pdf: TaggedPdf, told: str, page: str) -> None:
    """Draw what stands under each page; it is not read aloud."""
    top = A4[1] - 42
    pdf.draw_rule((LEFT, top - 6), ROOM, colour=LINE)
    pdf.write(None, (LEFT, top), Reader().lines(told, SMALL, ROOM - 80)[:1], SMALL)
    pdf.write(None, (LEFT + ROOM - width(page, SMALL), top), [page], SMALL)
