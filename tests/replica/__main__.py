"""Serve invented councils for trials by hand: ``python -m tests.replica --councils 5 --years 6``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from .names import make_councils
from .server import Site, start


def main() -> None:
    """Serve until Enter is pressed or standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--councils", type=int, default=2, help="how many; each fifth is on CMIS")
    parser.add_argument("--years", type=int, default=2, help="how far back their meetings go")
    parser.add_argument("--port", type=int, default=0, help="of the first council; the others follow; 0 for free ones")
    options = parser.parse_args()
    councils = make_councils(options.councils, options.years)
    log = Path(tempfile.mkstemp(prefix="replica-", suffix=".jsonl")[1])
    replica = start([Site(council) for council in councils], log, options.port)
    for council in councils:
        print(council.code, council.platform, replica.urls[council.code], f"{len(council.meetings)} meetings", sep="\t")
    print(f"requests are logged in {log}; Enter ends", flush=True)
    try:
        input()
    except (EOFError, KeyboardInterrupt):
        pass
    replica.stop()


if __name__ == "__main__":
    main()
