"""Show tables: with rules and colours on a terminal, in plain aligned columns elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import click


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column.

    Attributes:
        heading: what stands above it.
        style: colour on a terminal.
        right: whether it is set to the right, as numbers are.
        wraps: whether it may take several lines on a terminal; the others take one.
        below: whether a terminal shows it below the last column, so that there is room for the text.
    """

    heading: str
    style: str = ""
    right: bool = False
    wraps: bool = False
    below: bool = False


def print_failure(source: str, reason: str) -> None:
    """Print on the standard error that a file failed, as one line whatever its name holds."""
    line = f"{source}: {reason}"
    click.echo("".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line), err=True)


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print rows on the standard output; nothing but the headings where there are none.

    Args:
        columns: one for each cell of a row.
        rows: the cells as text; line breaks become spaces.
    """
    plain = [[" ".join(cell.split()) for cell in row] for row in rows]
    if sys.stdout.isatty():
        _print_ruled(columns, plain)
    else:
        _print_aligned(columns, plain)


def _print_ruled(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        if not column.below:
            side: Literal["left", "right"] = "right" if column.right else "left"
            table.add_column(column.heading, style=column.style, justify=side, no_wrap=not column.wraps)
    for row in rows:
        pairs = list(zip(columns, row, strict=True))
        cells = [Text(cell) for column, cell in pairs if not column.below]
        below = "  ".join(cell for column, cell in pairs if column.below and cell)
        if below:
            cells[-1].append(f"\n{below}", style="dim")
        table.add_row(*cells)
    Console().print(table)


def _print_aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    headings = [column.heading for column in columns]
    widths = [max(map(len, cells)) for cells in zip(headings, *rows, strict=True)]
    for row in (headings, *rows):
        cells = (
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(row, widths, columns, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
