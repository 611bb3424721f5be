"""Show tables: with rules and colours on a terminal, in plain aligned columns elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column: its heading, its style on a terminal, and how it is set."""

    heading: str
    style: str = ""
    right: bool = False
    wraps: bool = False


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print rows on the standard output; nothing but the headings where there are none.

    Args:
        columns: one for each cell of a row; on a terminal those that wrap share the width that the others leave.
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
        table.add_column(
            column.heading,
            style=column.style,
            justify="right" if column.right else "left",
            no_wrap=not column.wraps,
            ratio=1 if column.wraps else None,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
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
