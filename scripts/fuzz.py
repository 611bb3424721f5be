"""Mine thousands of broken documents into a real database, and see that each is either mined or told to have failed.

Every case is made from the seed and its number alone, so ``--seed 7 --case 4711 --keep broken`` makes it again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from mutation import gather_seeds, mutate

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.store import open_store
from minutes_miner.store.failures import find_failures
from minutes_miner.workflow import Failure, Progress, Skipped, mine

SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
BATCH = 200
LIMITS = Limits(max_seconds=20, max_memory=2_000_000_000)
GRACE = 30.0
"""Seconds beyond the limit after which an answer that has not come counts as a hang of the batch."""


@dataclass(slots=True)
class Tally:
    """Count what became of the cases.

    Attributes:
        cases: by suffix.
        outcomes: by suffix and outcome.
        contained: the cases that crashed, exhausted or outlasted their worker, and cost nothing else.
        problems: a line for each case that was not told of, or was told of as a fault of the program.
        longest: seconds between two answers at most.
    """

    cases: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    contained: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    longest: float = 0.0


def main() -> int:
    """Run the cases and print what became of them; the exit status is 1 where anything is wrong."""
    options = read_options()
    seeds = gather_seeds(SAMPLES)
    tally, began = Tally(), time.monotonic()
    numbers = [options.case] if options.case is not None else range(options.count)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        database = f"sqlite:///{folder}/fuzz.db"
        for first in range(0, len(numbers), BATCH):
            paths = [write_case(Path(folder), seeds, options.seed, number) for number in numbers[first : first + BATCH]]
            run_batch(paths, database, options, tally)
            if options.keep:
                keep_cases(paths, Path(options.keep), tally, every=options.case is not None)
            for path in paths:
                path.unlink()
            so_far = f"{first + len(paths):>6} cases, {time.monotonic() - began:.0f} s, {len(tally.problems)} problems"
            print(so_far, file=sys.stderr, flush=True)
            if time.monotonic() - began > options.seconds:
                break
        with open_store(database) as store:
            tally.problems += [f"the database: {line}" for line in store.check()]
    print_tally(tally, options.seed, time.monotonic() - began)
    return 1 if tally.problems else 0


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000, help="number of cases")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other cases")
    parser.add_argument("--jobs", type=int, help="worker processes, by default one a core")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no further batch after so long")
    parser.add_argument("--case", type=int, help="run this case only")
    parser.add_argument("--keep", metavar="FOLDER", help="copy cases that show a fault there, or the one of --case")
    return parser.parse_args()


def write_case(folder: Path, seeds: dict[str, list[bytes]], seed: int, number: int) -> Path:
    """Write one broken document."""
    chance = random.Random(f"{seed}/{number}")
    suffix = sorted(seeds)[number % len(seeds)]
    data = mutate(suffix, seeds, chance)
    named = suffix if chance.random() < 0.95 else chance.choice(sorted(seeds))
    path = folder / f"case-{number:06}{named}"
    path.write_bytes(data)
    return path


def run_batch(paths: list[Path], database: str, options: argparse.Namespace, tally: Tally) -> None:
    """Mine a batch and count what became of each of its files."""
    told: dict[str, list[str]] = {str(path): [] for path in paths}
    last = [time.monotonic()]

    def listen(progress: Progress) -> None:
        now = time.monotonic()
        tally.longest, last[0] = max(tally.longest, now - last[0]), now
        outcome = progress.outcome
        source = outcome.document.ref.source if isinstance(outcome, Extraction) else outcome.source
        told[source.partition("!/")[0]].append(word := tell(outcome))
        if word in {"crashed", "too long", "memory"}:
            tally.contained.append(f"{Path(source.partition('!/')[0]).name} ({word})")
        if isinstance(outcome, Failure) and outcome.trace:
            trace = "\n    ".join(outcome.trace.strip().splitlines()[-4:])
            tally.problems.append(f"{Path(source.partition('!/')[0]).name}: {outcome.reason}\n    {trace}")

    report = mine(paths, database, jobs=options.jobs, limits=LIMITS, on_progress=listen)
    with open_store(database) as store:
        recorded = {failure.source for failure in find_failures(store)}
    for failure in report.failed:
        if failure.source not in recorded:
            tally.problems.append(f"{Path(failure.source).name}: failed, but the database does not say so")
    for source, outcomes in told.items():
        suffix = Path(source).suffix
        tally.cases[suffix] += 1
        tally.outcomes.update((suffix, outcome) for outcome in set(outcomes))
        if not outcomes:
            tally.problems.append(f"{Path(source).name}: nothing was told of it")


def tell(outcome: object) -> str:
    """Say in a word what became of a file."""
    if isinstance(outcome, Skipped):
        return "skipped"
    if not isinstance(outcome, Failure):
        return "mined"
    if outcome.trace:
        return "fault"
    signs = {"crashed": "crashed", "took longer": "too long", "GB of memory": "memory"}
    return next((word for sign, word in signs.items() if sign in outcome.reason), "refused")


def keep_cases(paths: list[Path], folder: Path, tally: Tally, *, every: bool) -> None:
    """Copy the cases that show a fault."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        if every or any(problem.startswith(path.name) for problem in tally.problems):
            shutil.copy(path, folder)


def print_tally(tally: Tally, seed: int, seconds: float) -> None:
    """Print a table by suffix, and every problem."""
    names = ("mined", "refused", "skipped", "crashed", "too long", "memory", "fault")
    print("suffix   cases  " + "  ".join(f"{name:>8}" for name in names))
    for suffix, cases in sorted(tally.cases.items()):
        counts = "  ".join(f"{tally.outcomes[suffix, name]:>8}" for name in names)
        print(f"{suffix:<7}  {cases:>5}  {counts}")
    if tally.longest > LIMITS.max_seconds + GRACE:
        tally.problems.append(f"no answer came for {tally.longest:.0f} seconds")
    summary = f"seed {seed}: {tally.cases.total():,} cases in {seconds:.0f} s, longest wait {tally.longest:.1f} s"
    print(f"{summary}, {len(tally.problems)} problems")
    print("\n".join(tally.problems + [f"contained: {', '.join(tally.contained) or 'none'}"]))


if __name__ == "__main__":
    sys.exit(main())
