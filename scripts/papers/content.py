"""Hold what a paper says and how it is dressed, before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SHY = "\u00ad"
"""Stands in words where they may be parted at a line's end; it is no part of the truth."""

Row = tuple[str, str, str]
"""Left, middle and right part of a line of furniture; ``{page}`` and ``{pages}`` are figures."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold one heading, paragraph or clause.

    Attributes:
        text: its words, without its number; may hold soft hyphens.
        role: ``heading``, ``paragraph`` or ``clause``.
        number: as printed before it, or nothing.
        depth: of a clause, 0 at the top.
        owners: what stands beside it in the Action column, one note.
    """

    text: str
    role: str = "paragraph"
    number: str = ""
    depth: int = 0
    owners: str = ""

    @property
    def words(self) -> str:
        """Number and words as a reader reads them."""
        return f"{self.number} {self.text}".strip().replace(SHY, "")


@dataclass(frozen=True, slots=True)
class Board:
    """Hold a table.

    Attributes:
        header: names of the columns.
        rows: cells, some of them empty.
        widths: share of the text's width that each column has.
        figures: columns that are set right.
        rules: ``full``, ``level`` or ``none``.
        repeats: whether the header stands again at the top of a new page.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    figures: frozenset[int] = frozenset()
    rules: str = "full"
    repeats: bool = True


Part = Passage | Board


@dataclass(frozen=True, slots=True)
class Furniture:
    """Hold what stands on every page.

    Attributes:
        head: lines above the text.
        foot: lines below it.
        mirrored: whether left and right are swapped on even pages.
        opens: whether it stands on the first page too.
        roman: whether pages are counted i, ii, iii.
    """

    head: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    mirrored: bool = False
    opens: bool = True
    roman: bool = False

    def rows(self, page: int, pages: int) -> tuple[list[Row], list[Row]]:
        """Give the filled lines above and below the text of a page, counted from 1."""
        if page == 1 and not self.opens:
            return [], []
        swap = self.mirrored and page % 2 == 0
        return tuple(  # type: ignore[return-value]
            [_fill(row[::-1] if swap else row, self._figure(page), self._figure(pages)) for row in rows]
            for rows in (self.head, self.foot)
        )

    def iter_words(self, pages: int) -> Iterator[str]:
        """Give every word of it that stands on a paper of so many pages."""
        for page in range(1, pages + 1):
            for rows in self.rows(page, pages):
                yield from (word for row in rows for piece in row for word in piece.split())

    def _figure(self, number: int) -> str:
        if not self.roman:
            return str(number)
        return "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]


def _fill(row: Row, page: str, pages: str) -> Row:
    left, middle, right = (part.replace("{page}", page).replace("{pages}", pages) for part in row)
    return left, middle, right


@dataclass(frozen=True, slots=True)
class Dress:
    """Say how a paper looks; sizes in points.

    Attributes:
        font: ``serif``, ``sans`` or ``open``, a TrueType font.
        size: of the type.
        leading: from line to line.
        gap: between paragraphs.
        justified: whether lines are filled up to the right edge.
        columns: 1 or 2.
        margin: of the Action column: nothing, ``open`` or ``grid``.
        margin_header: what stands above the Action column, or nothing.
        note_level: the line that notes stand level with: ``first`` or ``last`` of their paragraph.
        hyphen: what is printed where a word is parted: ``-`` or a soft hyphen.
        scrambled: whether the page's pieces are written in any order.
        side: of the paper's margins.
    """

    font: str = "serif"
    size: float = 11
    leading: float = 13.5
    gap: float = 7
    justified: bool = False
    columns: int = 1
    margin: str = ""
    margin_header: str = "Action"
    note_level: str = "last"
    hyphen: str = "-"
    scrambled: bool = False
    side: float = 64


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold one paper: title lines, parts in reading order, dress and furniture."""

    layout: str
    number: int
    title: tuple[str, ...]
    parts: tuple[Part, ...]
    dress: Dress
    furniture: Furniture


@dataclass(frozen=True, slots=True)
class Printed:
    """Hold a printed paper; ``pages`` tells on which page each part begins, where the producer tells it."""

    paper: Paper
    data: bytes
    page_count: int
    pages: dict[int, int]
