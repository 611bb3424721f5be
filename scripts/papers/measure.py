"""Hold a parsed document to the paper that was printed: words, order, furniture, owners, cells, points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from papers.content import Board, Passage, Printed

from minutes_miner.domain.source import Block, Document
from minutes_miner.domain.vocabulary import BlockRole

_SLACK = 4
"""Words around a unit's place in which its own words are looked for."""


@dataclass(slots=True)
class Share:
    """Count how many of how many."""

    right: int = 0
    of: int = 0

    def add(self, right: int, of: int) -> None:
        """Count some more."""
        self.right += right
        self.of += of

    @property
    def value(self) -> float | None:
        """The share, or None where there is nothing to count."""
        return self.right / self.of if self.of else None


@dataclass(slots=True)
class Measures:
    """Count what was right, or wrong, over some papers.

    Attributes:
        words: of the paper that stand in their unit's place, in order.
        swapped: neighbouring units that were read in the wrong order.
        leaked: words of furniture that stand in the text.
        owners: notes of the Action column beside their own paragraph; notes that are none count as wrong.
        cells: of tables with the right words in the right row and column, under the right header.
        whole: headings, paragraphs and clauses that are one block, neither parted nor joined.
        points: clauses with their number and depth.
        pages: passages on the page where they begin.
    """

    papers: int = 0
    words: Share = field(default_factory=Share)
    swapped: Share = field(default_factory=Share)
    leaked: Share = field(default_factory=Share)
    owners: Share = field(default_factory=Share)
    cells: Share = field(default_factory=Share)
    whole: Share = field(default_factory=Share)
    points: Share = field(default_factory=Share)
    pages: Share = field(default_factory=Share)
    errors: list[str] = field(default_factory=list)

    def merge(self, other: Measures) -> None:
        """Count another's papers too."""
        self.papers += other.papers
        self.errors += other.errors
        for name in SHARES:
            share = getattr(other, name)
            getattr(self, name).add(share.right, share.of)


SHARES = ("words", "swapped", "leaked", "owners", "cells", "whole", "points", "pages")


@dataclass(frozen=True, slots=True)
class _Unit:
    """Hold a passage, a title line or a table's row, with its words and its place among the paper's parts."""

    words: tuple[str, ...]
    part: int | None = None
    row: int | None = None


class _Reading:
    """Find units among a document's words."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.words: list[str] = []
        self.homes: list[int] = []
        self.texts: list[str] = []
        for index, block in enumerate(document.blocks):
            self.texts.append(document.text[block.start : block.end])
            if block.role is BlockRole.MARGIN_NOTE:
                continue
            words = self.texts[-1].split()
            self.words += words
            self.homes += [index] * len(words)
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for size in (1, 2, 3):
            for at in range(len(self.words) - size + 1):
                self._places[tuple(self.words[at : at + size])].append(at)

    def find(self, words: Sequence[str], near: int) -> tuple[int | None, int]:
        """Give where words begin and how many of them stand there in order."""
        for size in range(min(3, len(words)), 0, -1):
            votes: Counter[int] = Counter()
            for at in range(len(words) - size + 1):
                votes.update(place - at for place in self._places.get(tuple(words[at : at + size]), ()))
            if votes:
                sums = {start: sum(votes[start + step] for step in (-2, -1, 0, 1, 2)) for start in list(votes)}
                start = max(sums, key=lambda start: (sums[start], votes[start], -abs(start - near)))
                return max(start, 0), self._count(words, start)
        return None, 0

    def _count(self, words: Sequence[str], start: int) -> int:
        if self.words[max(start, 0) : start + len(words)] == list(words):
            return len(words)
        around = self.words[max(start - _SLACK, 0) : start + len(words) + _SLACK]
        matcher = SequenceMatcher(None, around, list(words), autojunk=False)
        return sum(match.size for match in matcher.get_matching_blocks())

    def home(self, start: int, count: int) -> int:
        """Give the block that holds most of the words from a place on."""
        return Counter(self.homes[start : start + count] or self.homes[-1:]).most_common(1)[0][0]


def measure(printed: Printed, document: Document) -> Measures:
    """Hold a document to its paper."""
    measures = Measures(papers=1)
    reading = _Reading(document)
    units = list(_iter_units(printed))
    starts: list[int | None] = []
    near = 0
    for unit in units:
        start, count = reading.find(unit.words, near)
        near = start + len(unit.words) if start is not None else near
        starts.append(start)
        measures.words.add(count, len(unit.words))
        if count < len(unit.words):
            measures.errors.append(f"words {count}/{len(unit.words)}: {' '.join(unit.words)[:300]}")
    for (one, two), first in zip(pairwise(starts), units, strict=False):
        if one is not None and two is not None:
            measures.swapped.add(one > two, 1)
            if one > two:
                measures.errors.append(f"swapped after: {' '.join(first.words)[:120]}")
    _measure_furniture(measures, printed, reading, units)
    _measure_owners(measures, printed, reading, list(zip(units, starts, strict=True)))
    _measure_cells(measures, printed, reading, list(zip(units, starts, strict=True)))
    _measure_blocks(measures, printed, reading, list(zip(units, starts, strict=True)))
    return measures


def _iter_units(printed: Printed) -> Iterator[_Unit]:
    for line in printed.paper.title:
        yield _Unit(tuple(line.split()))
    for index, part in enumerate(printed.paper.parts):
        if isinstance(part, Passage):
            yield _Unit(tuple(part.words.split()), index)
            continue
        for row, cells in enumerate((part.header, *part.rows)):
            yield _Unit(tuple(word for cell in cells for word in cell.split()), index, row)


def _measure_furniture(measures: Measures, printed: Printed, reading: _Reading, units: Sequence[_Unit]) -> None:
    furniture = Counter(printed.paper.furniture.iter_words(printed.page_count))
    notes = [text for block, text in zip(reading.blocks, reading.texts, strict=True) if block.beside is not None]
    owned = Counter(
        word for part in printed.paper.parts if isinstance(part, Passage) for word in part.owners.split()
    )  # fmt: skip
    found = Counter(reading.words) + Counter(word for note in notes for word in note.split())
    excess = found - Counter(word for unit in units for word in unit.words) - owned
    leaked = {word: min(count, excess[word]) for word, count in furniture.items() if excess[word]}
    measures.leaked.add(sum(leaked.values()), sum(furniture.values()))
    if leaked:
        measures.errors.append(f"leaked: {leaked}")


Placed = Sequence[tuple[_Unit, int | None]]


def _measure_owners(measures: Measures, printed: Printed, reading: _Reading, placed: Placed) -> None:
    notes: dict[int, list[str]] = defaultdict(list)
    for block, text in zip(reading.blocks, reading.texts, strict=True):
        if block.role is BlockRole.MARGIN_NOTE and block.beside is not None:
            notes[block.beside].append("".join(text.split()))
    right = of = 0
    for unit, start in placed:
        part = printed.paper.parts[unit.part] if unit.part is not None else None
        if not isinstance(part, Passage) or not part.owners:
            continue
        of += 1
        homes = set(reading.homes[start : start + len(unit.words)]) if start is not None else set()
        if any("".join(part.owners.split()) in notes[home] for home in homes):
            right += 1
        else:
            found = [note for home in homes for note in notes[home]]
            measures.errors.append(f"owner {part.owners!r} not {found}: …{' '.join(unit.words)[-90:]}")
    found_notes = sum(map(len, notes.values()))
    if found_notes > of:
        measures.errors.append(f"{found_notes} notes for {of}: {[note for some in notes.values() for note in some]}")
    measures.owners.add(right, max(of, found_notes))


def _measure_cells(measures: Measures, printed: Printed, reading: _Reading, placed: Placed) -> None:
    rows: dict[tuple[int, int], dict[int, tuple[str, str | None]]] = defaultdict(dict)
    for block, text in zip(reading.blocks, reading.texts, strict=True):
        if block.cell:
            rows[block.cell.table, block.cell.row][block.cell.column] = (text, block.cell.header)
    right = of = 0
    for unit, start in placed:
        board = printed.paper.parts[unit.part] if unit.part is not None else None
        if not isinstance(board, Board) or unit.row is None:
            continue
        truth = (board.header, *board.rows)[unit.row]
        home = reading.blocks[reading.home(start, len(unit.words))].cell if start is not None else None
        row = rows.get((home.table, home.row), {}) if home else {}
        here = sum(_is_right(row.get(at), cell, board, unit.row, at) for at, cell in enumerate(truth) if cell)
        count = sum(bool(cell) for cell in truth)
        right, of = right + here, of + count
        if here < count:
            measures.errors.append(f"cells {here}/{count}: {truth} read as {row or None}")
    found = sum(map(len, rows.values()))
    if found > of:
        measures.errors.append(f"{found} cells for {of}")
    measures.cells.add(right, max(of, found))


def _is_right(found: tuple[str, str | None] | None, cell: str, board: Board, row: int, at: int) -> bool:
    return found is not None and found[0] == cell and (row == 0 or found[1] == board.header[at])


def _measure_blocks(measures: Measures, printed: Printed, reading: _Reading, placed: Placed) -> None:
    for unit, start in placed:
        part = printed.paper.parts[unit.part] if unit.part is not None else None
        if not isinstance(part, Passage) or unit.part is None:
            continue
        block: Block | None = None
        if start is not None:
            home = reading.home(start, len(unit.words))
            block = reading.blocks[home]
            is_whole = tuple(reading.texts[home].split()) == unit.words
            if unit.part in printed.pages:
                measures.pages.add(block.page_number == printed.pages[unit.part], 1)
        else:
            is_whole = False
        measures.whole.add(is_whole, 1)
        if not is_whole:
            told = reading.texts[home] if block else None
            measures.errors.append(f"parted or joined: {part.words[:200]!r}\n      read as {told!r}")
        if part.role == "clause":
            fits = block is not None and block.number == part.number and block.depth == part.depth
            measures.points.add(fits, 1)
            if not fits and block:
                measures.errors.append(
                    f"point {part.number} {part.depth} read as {block.number} {block.depth}: {part.words[:60]}"
                )
