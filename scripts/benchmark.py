"""Measure speed and memory of every stage over generated minutes, beside spaCy's bare tokeniser on the same text.

usage: python scripts/benchmark.py [--documents N] [--seed S] [--jobs J] [--pdf SHARE] [--docx SHARE] [--peer NAME]
       python scripts/benchmark.py --parse [FOLDER] [--documents N] [--seed S]
       python scripts/benchmark.py store|archive|gather [--help] ...

Each row is measured in a process of its own, one document at a time, after a warm-up. A stage is fed by the stages
before it, whose time is not counted but whose memory is. Every process tokenises the same documents in turn with its
stage, so that the ratio holds on a busy machine. "mine" is the whole way from files to database as the command goes it,
start of workers and loading of the pipeline included.

With --peer, another spaCy pipeline that is installed, such as en_core_web_sm, is given the same texts in a process of
its own, one at a time, and the row "annotate + extract" is what stands against it. The last column then tells how many
times the peer's words per second a row does.

With --parse, only parsing is measured, in seconds of one core: PDFs beside pdfplumber's extract_text and beside what
PDFium takes to give each page's text, and web pages beside what BeautifulSoup with html.parser takes to build its tree;
over the files of a folder, or else over generated PDFs and pages.

"store" measures a store of millions of decisions, "archive" whole archives by workers, and "gather" the client that
asks councils' sites; their options are told by --help after the word.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

import spacy
from generate import generate
from parsing import READERS, make_rivals_table, measure_parsing
from rich.console import Console
from rich.table import Table

WARM_UP = 50
"""Documents taken through a stage before its clock starts."""


@dataclass(frozen=True)
class Measure:
    """Hold one row.

    Attributes:
        documents: how many were done.
        words: how many they hold.
        seconds: what the stage took for them.
        tokeniser: seconds that spaCy's bare tokeniser took for them.
        memory: peak memory of the process, or of its largest worker, in bytes.
    """

    documents: int
    words: int
    seconds: float
    tokeniser: float
    memory: int


class Clock:
    """Add up the seconds spent inside ``with``."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        self.seconds += time.perf_counter() - self._began


def run_stage(stage: str, paths: list[Path], clock: Clock, tokeniser: Clock) -> Iterator[int]:
    """Take documents as far as a stage, or all the way for ``all``; yields each document's words.

    Args:
        stage: one of ``STAGES``, several of them joined by " + ", or ``all``.
        paths: the documents.
        clock: runs while the stage does.
        tokeniser: runs while spaCy's bare tokeniser does.
    """
    from minutes_miner.annotate import annotate, load_pipeline, pipeline_version
    from minutes_miner.extract import extract
    from minutes_miner.parse import identify, parse
    from minutes_miner.store import open_store

    nlp, blank = load_pipeline(), spacy.blank("en")
    measured = STAGES if stage == "all" else tuple(stage.split(" + "))
    clocks = {name: clock if name in measured else Clock() for name in STAGES}
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/benchmark.db") as store:
        for path in paths:
            data = path.read_bytes()
            with clocks["parse"]:
                document = parse(data, identify(data, path.name))
            with tokeniser:
                blank.make_doc(document.text)
            if stage != "parse":
                with clocks["annotate"]:
                    doc = annotate(nlp, document)
            if stage not in ("parse", "annotate"):
                with clocks["extract"]:
                    extraction = extract(document, doc)
            if "store" in measured:
                with clocks["store"]:
                    store.save(extraction, pipeline=pipeline_version(nlp))
            yield len(document.text.split())


OTHERS = ("store", "archive", "gather")
"""What other scripts of this folder measure, each called ``benchmark_`` and its name."""

STAGES = ("parse", "annotate", "extract", "store")
AGAINST_PEER = "annotate + extract"


def run_peer(name: str, paths: list[Path], clock: Clock, tokeniser: Clock) -> Iterator[int]:
    """Run another spaCy pipeline over the documents' texts, as ``run_stage`` does a stage."""
    from minutes_miner.parse import identify, parse

    nlp, blank = spacy.load(name), spacy.blank("en")
    for path in paths:
        data = path.read_bytes()
        text = parse(data, identify(data, path.name)).text
        with tokeniser:
            blank.make_doc(text)
        with clock:
            nlp(text)
        yield len(text.split())


def measure(stage: str, paths: list[Path], *, is_peer: bool = False) -> Measure:
    """Run a stage, or a peer of that name, in this process and measure it after its warm-up."""
    clock, tokeniser = Clock(), Clock()
    words = 0
    warm_up = min(WARM_UP, len(paths) // 2)
    run = run_peer if is_peer else run_stage
    for number, count in enumerate(run(stage, paths, clock, tokeniser), 1):
        words += count
        if number == warm_up:
            clock.seconds = tokeniser.seconds = 0.0
            words = 0
    memory = peak_memory(resource.RUSAGE_SELF)
    return Measure(len(paths) - warm_up, words, clock.seconds, tokeniser.seconds, memory)


def measure_peer(name: str, paths: list[Path]) -> Measure:
    """Measure another spaCy pipeline."""
    return measure(name, paths, is_peer=True)


def measure_mine(paths: list[Path], jobs: int | None) -> Measure:
    """Mine the files into a temporary database with worker processes; the words are counted afterwards."""
    from minutes_miner.parse import identify, parse
    from minutes_miner.workflow import mine

    with tempfile.TemporaryDirectory() as folder:
        report = mine([paths[0].parent], f"sqlite:///{folder}/benchmark.db", jobs=jobs)
    if report.failed:
        raise SystemExit(f"{len(report.failed)} documents failed, the first: {report.failed[0]}")
    memory = max(peak_memory(resource.RUSAGE_SELF), peak_memory(resource.RUSAGE_CHILDREN))
    blank, tokeniser, words = spacy.blank("en"), Clock(), 0
    for path in paths * 2:
        data = path.read_bytes()
        text = parse(data, identify(data, path.name)).text
        words += len(text.split())
        with tokeniser:
            blank.make_doc(text)
    return Measure(report.mined, words // 2, report.seconds, tokeniser.seconds / 2, memory)


def measure_rivals(folder: Path | None, documents: int, seed: int) -> Table:
    """Measure parsing beside other readers, over a folder's files or over generated ones.

    Args:
        folder: where to look for PDFs and web pages, folders in it included; None to generate them.
        documents: how many to generate.
        seed: of the generator.
    """
    with tempfile.TemporaryDirectory() as made:
        if folder is None:
            generate(Path(made), documents, seed=seed, pdf=0.5)
        paths = sorted(path for path in (folder or Path(made)).rglob("*") if path.is_file())
        kinds = [suffix for suffix in READERS if any(path.suffix == suffix for path in paths)]
        if not kinds:
            raise SystemExit(f"{folder}: no PDFs or web pages; name a folder that holds some")
        return make_rivals_table({suffix[1:].upper(): measure_parsing(paths, suffix) for suffix in kinds})


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


def make_table(rows: dict[str, Measure], peer: str | None = None) -> Table:
    """Lay the rows out, with the time of each for one second of the tokeniser's, and its speed beside the peer's."""
    table = Table("stage", "documents/s", "words/s", "× tokeniser", "peak memory", *(["× peer"] if peer else []))
    for column in table.columns[1:]:
        column.justify = "right"
    parse = rows["parse"]
    speeds = f"{parse.documents / parse.tokeniser:,.0f}", f"{parse.words / parse.tokeniser:,.0f}"
    table.add_row("tokeniser", *speeds, "1")
    for name, row in rows.items():
        speeds = f"{row.documents / row.seconds:,.0f}", f"{row.words / row.seconds:,.0f}"
        shares = [f"{row.words / row.seconds * rows[peer].seconds / rows[peer].words:.1f}"] if peer else []
        table.add_row(name, *speeds, f"{row.seconds / row.tokeniser:.1f}", f"{row.memory / 1e6:,.0f} MB", *shares)
    return table


def main() -> int:
    """Generate, measure and print."""
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        return int(import_module(f"benchmark_{sys.argv.pop(1)}").main() or 0)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000, help="how many to generate (1000)")
    parser.add_argument("--seed", type=int, default=1, help="of the generator (1)")
    parser.add_argument("--jobs", type=int, default=None, help="worker processes of the row 'mine' (one a core)")
    parser.add_argument("--pdf", type=float, default=0.0, help="share of PDFs, 0 to 1 (0)")
    parser.add_argument("--docx", type=float, default=0.0, help="share of DOCX files, 0 to 1 (0)")
    parser.add_argument("--peer", metavar="NAME", help="an installed spaCy pipeline to measure beside, on one thread")
    parser.add_argument("--parse", nargs="?", const="", metavar="FOLDER", help="measure parsing only, beside others")
    parser.add_argument("--json", action="store_true", help="print the rows as one JSON object")
    options = parser.parse_args()
    if options.documents < 2:
        parser.error("--documents must be 2 or more")
    if options.parse is not None:
        folder = Path(options.parse) if options.parse else None
        show(measure_rivals(folder, options.documents, options.seed))
        return 0
    if options.peer and not spacy.util.is_package(options.peer):
        parser.error(f"--peer: no package {options.peer} is installed")
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), options.documents, seed=options.seed, pdf=options.pdf, docx=options.docx)
        paths = sorted(Path(folder).iterdir())
        rows = {name: in_child(measure, name, paths) for name in (*STAGES, "all")}
        rows["mine"] = in_child(measure_mine, paths, options.jobs)
        if options.peer:
            os.environ["OMP_NUM_THREADS"] = "1"
            rows[AGAINST_PEER] = in_child(measure, AGAINST_PEER, paths)
            rows[options.peer] = in_child(measure_peer, options.peer, paths)
    if options.json:
        print(json.dumps({name: row.__dict__ for name, row in rows.items()}))
    else:
        show(make_table(rows, options.peer))
    return 0


def show(table: Table) -> None:
    """Print a table, 100 characters wide where no terminal tells its width."""
    Console(width=None if sys.stdout.isatty() else 100).print(table)


if __name__ == "__main__":
    sys.exit(main())
