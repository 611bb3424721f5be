"""Measure what mining an archive costs: processor time a document, by number of workers, beside the bare stages.

usage: python scripts/benchmark_archive.py [--documents N] [--seed S] [--short] [--cluster]

The archive is generated. "stages" takes its documents through parse, annotate, extract and store in one process, with
nothing around them; the other rows are whole runs of ``minutes-miner mine``. Processor time is that of all processes
of a run, less that of a run over one document: what starting costs. It holds on a busy machine, where wall-clock time
does not. "one core" is a run with one worker where it and the writer share a core: by how much two cores are faster is
told from there, for --jobs 1 has a second core for its writer already. "parent" is the share of the processor time that
the writer takes, which cannot be divided: a run can keep at most so many workers busy as its inverse says.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from make_archive import make_archive
from rich.console import Console
from rich.table import Table

_SUBREAPER = 36
"""Number of the option by which orphans become this process's children (prctl, Linux)."""


@dataclass(frozen=True)
class Cost:
    """Hold seconds of the wall clock, of all processors, and of the first process alone."""

    wall: float
    cpu: float
    parent: float

    def less(self, other: Cost) -> Cost:
        """Give what is left without what starting costs."""
        return Cost(self.wall - other.wall, self.cpu - other.cpu, self.parent - other.parent)


def run(program: list[str]) -> Cost:
    """Run a program and wait for all of its processes, also for those that it leaves behind."""
    began, before = time.monotonic(), _children()
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return Cost(wall, _children() - before, used.ru_utime + used.ru_stime)


@contextmanager
def cores(most: int) -> Iterator[None]:
    """Let what is started within use so many cores at most."""
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(every)[:most])
    yield
    os.sched_setaffinity(0, every)


def mine(folder: Path, *options: str, most: int = 2) -> Cost:
    """Mine a folder into a database of its own on so many cores, and give what it cost beyond starting."""
    with tempfile.TemporaryDirectory() as place, cores(most):
        program = [sys.executable, "-m", "minutes_miner", "mine", str(folder), *options, "--db", f"{place}/"]
        start = run([*program[:-1], f"{place}/one.db", "--limit", "1"])
        return run([*program[:-1], f"{place}/all.db"]).less(start)


def run_stages(folder: Path) -> Cost:
    """Take the documents of a folder through the stages, with nothing around them."""
    from minutes_miner.annotate import annotate, load_pipeline, pipeline_version
    from minutes_miner.extract import extract
    from minutes_miner.parse import identify, parse
    from minutes_miner.store import open_store

    nlp = load_pipeline()
    paths = sorted(path for path in folder.rglob("minutes-*") if path.is_file())
    with tempfile.TemporaryDirectory() as place, open_store(f"sqlite:///{place}/x.db") as store:
        began, cpu = time.monotonic(), 0.0
        for number, path in enumerate(paths):
            before = time.process_time()
            data = path.read_bytes()
            document = parse(data, identify(data, str(path)))
            store.save(extract(document, annotate(nlp, document)), pipeline=pipeline_version(nlp))
            cpu += (time.process_time() - before) if number else 0.0
        return Cost(time.monotonic() - began, cpu, 0.0)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Generate, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200, help="how many to generate (200)")
    parser.add_argument("--seed", type=int, default=1, help="of the generator (1)")
    parser.add_argument("--short", action="store_true", help="a few lines a document")
    parser.add_argument("--cluster", action="store_true", help="measure a cluster of two workers on this machine, too")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    runs = [("--jobs", "1"), ("--jobs", "2"), *([("--cluster", "local:2")] if options.cluster else [])]
    heads = ("", "documents/core-hour", "ms of processor time a document", "× stages", "parent", "wall s", "× one core")
    table = Table(*heads)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shares = {"faults": 0.0, "containers": 0.0}
        made = make_archive(folder, options.documents, seed=options.seed, short=options.short, **shares)
        count = made["documents"] - 1
        stages = run_stages(folder)
        alone = mine(folder, "--jobs", "1", most=1)
        costs = {"stages": stages, "one core": alone, **{" ".join(one): mine(folder, *one) for one in runs}}
        for name, cost in costs.items():
            hourly, each = 3600 * count / cost.cpu, 1000 * cost.cpu / count
            figures = f"{hourly:,.0f}", f"{each:.1f}", f"{cost.cpu / stages.cpu:.2f}", f"{cost.parent / cost.cpu:.0%}"
            table.add_row(name, *figures, f"{cost.wall:.1f}", f"{alone.wall / cost.wall:.2f}")
    Console(width=None if sys.stdout.isatty() else 100).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
