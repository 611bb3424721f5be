"""Measure speed and memory of every stage over generated minutes, beside spaCy's bare tokeniser on the same text.

usage: python scripts/benchmark.py [--documents N] [--seed S] [--jobs J] [--pdf SHARE] [--docx SHARE]

Each row is measured in a process of its own, one document at a time, after a warm-up. A stage is fed by the stages
before it, whose time is not counted but whose memory is. "mine" is the whole way from files to database as the command
goes it, start of workers and loading of the pipeline included.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import spacy
from generate import generate
from rich.console import Console
from rich.table import Table

WARM_UP = 50
"""Documents taken through a stage before its clock starts."""


@dataclass(frozen=True)
class Measure:
    """Hold one row: documents and words done, the seconds taken, and the peak memory of the process in bytes."""

    documents: int
    words: int
    seconds: float
    memory: int


class Clock:
    """Add up the time spent inside ``with``; ``reset`` forgets the warm-up."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def reset(self) -> None:
        """Forget the time so far."""
        self.seconds = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        self.seconds += time.perf_counter() - self._began


def tokenise(paths: list[Path], clock: Clock) -> Iterator[int]:
    """Run ``spacy.blank("en")`` over the parsed text; yields each document's words."""
    from minutes_miner.parse import identify, parse

    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    for path in paths:
        data = path.read_bytes()
        document = parse(data, identify(data, path.name))
        with clock:
            nlp.make_doc(document.text)
        yield len(document.text.split())


def run_stage(paths: list[Path], clock: Clock, *, stage: str) -> Iterator[int]:
    """Take documents as far as a stage and time that stage alone, or all for ``all``; yields each document's words."""
    from minutes_miner.annotate import annotate, load_pipeline, pipeline_version
    from minutes_miner.extract import extract
    from minutes_miner.parse import identify, parse
    from minutes_miner.store import open_store

    nlp = load_pipeline()
    timed: dict[str, Clock] = {name: clock if stage in (name, "all") else Clock() for name in STAGES}
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/benchmark.db") as store:
        for path in paths:
            data = path.read_bytes()
            with timed["parse"]:
                document = parse(data, identify(data, path.name))
            if stage != "parse":
                with timed["annotate"]:
                    doc = annotate(nlp, document)
            if stage not in ("parse", "annotate"):
                with timed["extract"]:
                    extraction = extract(document, doc)
            if stage in ("store", "all"):
                with timed["store"]:
                    store.save(extraction, pipeline=pipeline_version(nlp))
            yield len(document.text.split())


STAGES = ("parse", "annotate", "extract", "store")


def measure(name: str, paths: list[Path]) -> Measure:
    """Run a stage in this process and measure it after its warm-up."""
    clock = Clock()
    words = 0
    counts = tokenise(paths, clock) if name == "tokenise" else run_stage(paths, clock, stage=name)
    warm_up = min(WARM_UP, len(paths) // 2)
    for number, count in enumerate(counts, 1):
        words += count
        if number == warm_up:
            clock.reset()
            words = 0
    return Measure(len(paths) - warm_up, words, clock.seconds, peak_memory(resource.RUSAGE_SELF))


def measure_mine(paths: list[Path], jobs: int | None) -> Measure:
    """Mine the files into a temporary database with worker processes; the words are counted afterwards."""
    from minutes_miner.parse import identify, parse
    from minutes_miner.workflow import mine

    with tempfile.TemporaryDirectory() as folder:
        report = mine([paths[0].parent], f"sqlite:///{folder}/benchmark.db", jobs=jobs)
    if report.failed:
        raise SystemExit(f"{len(report.failed)} documents failed, the first: {report.failed[0]}")
    memory = max(peak_memory(resource.RUSAGE_SELF), peak_memory(resource.RUSAGE_CHILDREN))
    contents = ((path.read_bytes(), path.name) for path in paths)
    words = sum(len(parse(data, identify(data, name)).text.split()) for data, name in contents)
    return Measure(report.mined, words, report.seconds, memory)


def peak_memory(who: int) -> int:
    """Give the largest resident set so far, in bytes (``ru_maxrss`` is in KiB, on macOS in bytes)."""
    peak = resource.getrusage(who).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def in_child(function: Callable[..., Measure], *arguments: object) -> Measure:
    """Call a function in a fresh process, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(sender, function, arguments))
    child.start()
    sender.close()
    try:
        answer = receiver.recv()
    except EOFError:
        raise SystemExit(f"{function.__name__}{arguments[:1]} ended without an answer") from None
    finally:
        child.join()
    assert isinstance(answer, Measure)
    return answer


def _answer(sender: Connection, function: Callable[..., Measure], arguments: tuple[object, ...]) -> None:
    sender.send(function(*arguments))


def make_table(rows: dict[str, Measure]) -> Table:
    """Lay the rows out, each speed also as a share of the tokeniser's."""
    table = Table("stage", "documents/s", "words/s", "of the tokeniser", "peak memory")
    for column in table.columns[1:]:
        column.justify = "right"
    base = rows["tokenise"].words / rows["tokenise"].seconds
    for name, row in rows.items():
        speed = row.words / row.seconds
        label = f"{row.documents / row.seconds:,.0f}"
        table.add_row(name, label, f"{speed:,.0f}", f"1 : {base / speed:.1f}", f"{row.memory / 1e6:,.0f} MB")
    return table


def main() -> int:
    """Generate, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000, help="how many to generate (1000)")
    parser.add_argument("--seed", type=int, default=1, help="of the generator (1)")
    parser.add_argument("--jobs", type=int, default=None, help="worker processes of the row 'mine' (one a core)")
    parser.add_argument("--pdf", type=float, default=0.0, help="share of PDFs, 0 to 1 (0)")
    parser.add_argument("--docx", type=float, default=0.0, help="share of DOCX files, 0 to 1 (0)")
    parser.add_argument("--json", action="store_true", help="print the rows as one JSON object")
    options = parser.parse_args()
    if options.documents < 2:
        parser.error("--documents must be 2 or more")
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), options.documents, seed=options.seed, pdf=options.pdf, docx=options.docx)
        paths = sorted(Path(folder).iterdir())
        rows = {name: in_child(measure, name, paths) for name in ("tokenise", *STAGES, "all")}
        rows["mine"] = in_child(measure_mine, paths, options.jobs)
    if options.json:
        print(json.dumps({name: row.__dict__ for name, row in rows.items()}))
    else:
        Console(width=None if sys.stdout.isatty() else 100).print(make_table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
