"""Gather invented councils from the replica server, and count what is in the database of what they decided.

Each row of the table is one way in which the sites misbehave. "again" is what a second run asks for, as a share of the
first; "gap" is the shortest time between two requests to one host, as the server saw it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "workflow")]

from gathers import Run  # noqa: E402 - the replica is part of the tests
from replica.council import Council  # noqa: E402
from replica.server import Logged, serve  # noqa: E402
from test_gathering import COMPLETE  # noqa: E402

MIXED = "a way of its own at each site"

HEADS = ("sites", "meetings", "decisions", "found", "missing", "twice", "requests", "again", "gap ms", "seconds")


def main() -> int:
    """Gather and print; the exit status is 1 where a decision is missing or twice."""
    options = read_options()
    print(f"{'':36}" + "".join(f"{head:>10}" for head in HEADS))
    is_whole = True
    for name in options.quirk or ([MIXED] if options.mixed else COMPLETE):
        cells, is_exact = measure(name, options)
        print(f"{name:36}" + "".join(f"{cell:>10}" for cell in cells), flush=True)
        is_whole &= is_exact
    return 0 if is_whole else 1


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--councils", type=int, default=5, help="number of sites, each on a host of its own")
    parser.add_argument("--committees", type=int, default=10, help="bodies of each")
    parser.add_argument("--years", type=int, default=6, help="years of meetings")
    parser.add_argument("--rate", type=float, default=1000.0, help="requests a second to one host at most")
    parser.add_argument("--quirk", action="append", choices=list(COMPLETE), help="only this way to misbehave")
    parser.add_argument("--mixed", action="store_true", help="one run, each site in a way of its own")
    parser.add_argument("--platform", default="moderngov", choices=("moderngov", "cmis"))
    return parser.parse_args()


def measure(name: str, options: argparse.Namespace) -> tuple[list[str], bool]:
    """Gather all sites twice behind one way to misbehave, mine them, and give a row of the table."""
    ways = list(COMPLETE.values()) if name == MIXED else [COMPLETE[name]] * options.councils
    councils = [
        Council(f"C{seed}", f"Council {seed}", options.platform, options.committees, options.years, seed)
        for seed in range(len(ways))
    ]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gather-") as folder:
        path = Path(folder)
        quirks = {one.code: way for one, way in zip(councils, ways)}
        with serve(councils, quirks, path / "requests.jsonl") as replica:
            run = Run(path, councils, replica, rate=options.rate)
            run.gather()
            first = replica.requests()
            run.gather()
            again = len(replica.requests()) - len(first)
        run.mine(jobs=None)
        truth, found = run.truth(), run.decided()
    missing, twice = (truth - found).total(), (found - truth).total()
    meetings = sum(len(one.meetings) for one in councils)
    counts = (len(councils), meetings, truth.total(), (truth & found).total(), missing, twice, len(first))
    times = (f"{again / len(first):.1%}", f"{1000 * shortest_gap(first):.1f}", f"{time.monotonic() - began:.0f}")
    return [*(f"{count:,}" for count in counts), *times], not missing and not twice


def shortest_gap(requests: list[Logged]) -> float:
    """Give the shortest time between two requests to one host, in seconds."""
    came: dict[str, list[float]] = {}
    for one in requests:
        came.setdefault(one.host, []).append(one.time)
    gaps = [later - earlier for times in came.values() for earlier, later in zip(sorted(times), sorted(times)[1:])]
    return min(gaps)


if __name__ == "__main__":
    sys.exit(main())
