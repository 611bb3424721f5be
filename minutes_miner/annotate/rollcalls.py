"""Read roll-calls from tables: names under the titles of sides, or a side or a mark beside each name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Optional

from minutes_miner.annotate.ballots import split_names
from minutes_miner.annotate.sections import Layout
from minutes_miner.domain.finding import Vote
from minutes_miner.domain.rollcall import is_division, read_side
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import Ballot, Manner

Grid = dict[tuple[int, int], str]
"""Words by row and column."""

Titles = dict[int, Optional[str]]
"""The side that the title of each column names, if any."""

Found = tuple[list[tuple[str, Ballot]], set[Ballot]]
"""Names with their sides, and the sides that the table has."""

BALLOTS = {
    "for": Ballot.FOR, "against": Ballot.AGAINST, "abstain": Ballot.ABSTAIN,
    "motion": Ballot.FOR, "amendment": Ballot.AGAINST,
}  # fmt: skip
_TOTALS = ("total", "result", "votes", "vote", "number")
_LONGEST_MARK = 3
_MOST_SIDES = 0.8
"""Share of a column's cells that must name a side for the column to tell how each member voted."""


def find_rollcalls(layout: Layout) -> Iterator[Vote]:
    """Find the votes that tables of names tell.

    Args:
        layout: the document.

    Yields:
        One vote a table: with the names as written, and a count for each side that the table has.
    """
    cells = [block for block in layout.blocks if block.cell]
    for _, group in groupby(cells, key=lambda block: block.cell.table if block.cell else -1):
        blocks = list(group)
        grid = _make_grid(layout.text, blocks)
        titles = {column: read_side(words) for (row, column), words in grid.items() if row == 0}
        named, sides = _read_columns(grid, titles) or _read_marks(grid, titles) or _read_rows(grid)
        if len(named) > 1:
            yield _make_vote(blocks, named, sides, unsided="amendment" in titles.values())


def _make_grid(text: str, blocks: list[Block]) -> Grid:
    grid = {(b.cell.row, b.cell.column): text[b.start : b.end] for b in blocks if b.cell}
    for block in blocks:
        if block.cell and block.cell.header and (0, block.cell.column) not in grid:
            grid[0, block.cell.column] = block.cell.header
    return grid


def _read_columns(grid: Grid, titles: Titles) -> Found | None:
    """Read names that stand under the titles of sides, parted by commas or on lines of their own."""
    if len(titles) < 2 or not is_division(list(titles.values())):
        return None
    ballots = {column: BALLOTS.get(side or "") for column, side in titles.items()}
    named = []
    for (row, column), words in sorted(grid.items()):
        ballot = ballots.get(column)
        if row and ballot:
            named += [(name, ballot) for line in words.split("\n") for name in split_names(line, None)]
    return named, {ballot for ballot in ballots.values() if ballot}


def _read_marks(grid: Grid, titles: Titles) -> Found | None:
    """Read marks under the titles of sides, each beside a name."""
    ballots = {column: BALLOTS[side] for column, side in titles.items() if side in BALLOTS}
    if 0 in ballots or len(ballots) < 2:
        return None
    named = []
    for (row, column), words in sorted(grid.items()):
        if row and column in ballots and len(words.strip()) <= _LONGEST_MARK and not words.strip().isdigit():
            named += [(name, ballots[column]) for name in _read_name(grid.get((row, 0), ""))]
    return named, set(ballots.values())


def _read_rows(grid: Grid) -> Found:
    """Read a side beside each name."""
    rows = {row for row, _ in grid}
    for column in sorted({column for _, column in grid if column}):
        told = {row: read_side(grid[row, column]) for row in rows if (row, column) in grid}
        sides = {row: side for row, side in told.items() if side}
        if len(sides) < 2 or len(sides) < _MOST_SIDES * (len(told) - 1):
            continue
        named = [
            (name, BALLOTS[side])
            for row, side in sorted(sides.items())
            if side in BALLOTS
            for name in _read_name(grid.get((row, 0), ""))
        ]
        return named, {Ballot.FOR, Ballot.AGAINST, Ballot.ABSTAIN}
    return [], set()


def _read_name(words: str) -> list[str]:
    """Give the member that a row is about; none for a row of totals."""
    return [] if words.lower().startswith(_TOTALS) else list(split_names(words.replace(",", " "), None))[:1]


def _make_vote(blocks: list[Block], named: list[tuple[str, Ballot]], sides: set[Ballot], *, unsided: bool) -> Vote:
    counts = {side: sum(ballot is side for _, ballot in named) if side in sides else None for side in Ballot}
    start, end = blocks[0].start, blocks[-1].end
    return Vote(
        start,
        end,
        Manner.NAMED,
        counts[Ballot.FOR],
        counts[Ballot.AGAINST],
        counts[Ballot.ABSTAIN],
        tuple(named),
        at=start,
        bare=True,
        unsided=unsided,
    )
