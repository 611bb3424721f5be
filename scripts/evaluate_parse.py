"""Print council minutes as PDFs whose words, order and structure are known, parse them, and score the reading.

usage: python scripts/evaluate_parse.py [--documents N] [--seed S] [--layout NAME] [--producer NAME] [--errors N]

Each layout is printed N times by each producer: reportlab's canvas, reportlab's platypus and LibreOffice, which is left
out where it is not installed. The same seed gives the same papers.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from papers.canvas import CanvasPrinter
from papers.content import Paper, Printed
from papers.layouts import LAYOUTS, compose
from papers.measure import SHARES, Measures, measure
from papers.office import find_office, print_with_office
from papers.platypus import PlatypusPrinter
from rich.console import Console
from rich.table import Table

from minutes_miner.parse import identify, parse

AIMS = {"words": 0.995, "swapped": 0.005, "leaked": 0.001, "owners": 0.98, "cells": 0.97}
"""Least shares that are right, and for ``swapped`` and ``leaked`` the most that are wrong."""
_WRONG = {"swapped", "leaked"}
_ANY_ORDER = "scrambled"

Producer = Callable[[Sequence[Paper]], list[Printed]]


def find_producers() -> dict[str, Producer]:
    """Give the producers that this machine has."""
    producers: dict[str, Producer] = {
        "canvas": lambda papers: [CanvasPrinter(paper).print() for paper in papers],
        "platypus": lambda papers: [PlatypusPrinter(paper).print() for paper in papers],
    }
    if program := find_office():
        producers["LibreOffice"] = lambda papers: print_with_office(papers, program)
    return producers


def evaluate(layout: str, producer: Producer, documents: int, seed: int) -> Measures:
    """Print papers of one layout, parse them and score the reading."""
    measures = Measures()
    for printed in producer([compose(layout, number, seed) for number in range(documents)]):
        name = f"{layout} {printed.paper.number}"
        found = measure(printed, parse(printed.data, identify(printed.data, f"{name}.pdf")))
        found.errors = [f"[{name}] {error}" for error in found.errors]
        measures.merge(found)
    return measures


def make_table(rows: dict[tuple[str, str], Measures]) -> Table:
    """Lay the rows out, one a layout and producer, then one a producer, then all."""
    table = Table("layout", "producer", "papers", "words", "order errors", "leakage", "owners", "cells", *SHARES[5:])
    for column in table.columns[2:]:
        column.justify = "right"
    total = Measures()
    producers: dict[str, Measures] = {}
    for (layout, producer), measures in rows.items():
        table.add_row(layout, producer, *_show(measures))
        total.merge(measures)
        producers.setdefault(producer, Measures()).merge(measures)
    table.add_section()
    for producer, measures in producers.items():
        table.add_row("all", producer, *_show(measures))
    table.add_row("all", "all", *_show(total))
    table.add_row("aim", "", "", *(f"{'≤' if n in _WRONG else '≥'} {aim:.3f}" for n, aim in AIMS.items()), "", "", "")
    return table


def _show(measures: Measures) -> list[str]:
    values = [(name, getattr(measures, name).value) for name in SHARES]
    return [str(measures.papers), *(f"{value:.4f}" if value is not None else "–" for _, value in values)]


def main() -> int:
    """Print, parse, score and show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20, help="of each layout and producer (20)")
    parser.add_argument("--seed", type=int, default=1, help="of the papers (1)")
    parser.add_argument("--layout", choices=LAYOUTS, action="append", help="only this one; may be repeated")
    parser.add_argument("--producer", choices=("canvas", "platypus", "LibreOffice"), action="append", help="only this")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show so many errors of each row (0)")
    parser.add_argument("--json", action="store_true", help="print each row's counts as JSON Lines")
    options = parser.parse_args()
    if options.documents < 1:
        parser.error("--documents must be 1 or more")
    producers = find_producers()
    if "LibreOffice" not in producers:
        print("LibreOffice is not installed: left out (on Debian: apt install libreoffice-writer)", file=sys.stderr)
    rows = {}
    for layout in options.layout or LAYOUTS:
        for name in options.producer or producers:
            if name not in producers or (layout == _ANY_ORDER and name != "canvas"):
                continue
            rows[layout, name] = evaluate(layout, producers[name], options.documents, options.seed)
            for error in rows[layout, name].errors[: options.errors]:
                print(f"{name}: {error}", file=sys.stderr)
    if not rows:
        parser.error("no producer for that is installed")
    if options.json:
        for (layout, name), measures in rows.items():
            counts = {share: (getattr(measures, share).right, getattr(measures, share).of) for share in SHARES}
            print(json.dumps({"layout": layout, "producer": name, "papers": measures.papers, **counts}))
    else:
        Console(width=None if sys.stdout.isatty() else 132).print(make_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
