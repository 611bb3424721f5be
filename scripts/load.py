"""Load a running server, or one of a database, with mixed questions by Locust; tell how quick it is and what it takes.

    python scripts/load.py --db sqlite:///minutes.db
    python scripts/load.py --address http://127.0.0.1:8080 --users 40 --seconds 60

Words come from the titles of items in the database, and questions and records are as popular as Zipf's law has it: of
2,000 questions the first is asked twice as often as the second. How many of the requests had not been made before is
told, for the server keeps whole answers for a while.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import argparse  # noqa: E402  (gevent must come first)
import json  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
import urllib.parse  # noqa: E402
import urllib.request  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402

import gevent  # noqa: E402
import psutil  # noqa: E402
from locust import FastHttpUser, constant, task  # noqa: E402
from locust.env import Environment  # noqa: E402

QUESTIONS = 2_000
CONDITIONS = ("", "&kind=approve", "&kind=refuse", "&since=2023-01-01", "&least=10k", "&sort=amount", "&sort=newest")
PORT = 8731


class Reader(FastHttpUser):
    """Ask as readers and programs do: mostly searches and records, now and then a feed or a count."""

    wait_time = constant(0)
    ids: list[str] = []
    questions: list[str] = []
    asked: set[str] = set()

    def open(self, address: str, name: str) -> None:
        """Ask for an address, and note it."""
        Reader.asked.add(address)
        self.client.get(address, name=name)

    @task(8)
    def search(self) -> None:
        """Search for words, with a condition or none."""
        self.open(f"/search?{draw(Reader.questions)}", "/search")

    @task(6)
    def decision(self) -> None:
        """Open a decision."""
        self.open(f"/decisions/{draw(Reader.ids)}", "/decisions/ID")

    @task(4)
    def interface(self) -> None:
        """Search by the interface for programs."""
        self.open(f"/api/v1/decisions?{draw(Reader.questions)}", "/api/v1/decisions")

    @task(1)
    def home(self) -> None:
        """Open the first page."""
        self.open("/", "/")

    @task(1)
    def actions(self) -> None:
        """List actions."""
        self.open("/api/v1/actions", "/api/v1/actions")

    @task(1)
    def feed(self) -> None:
        """Fetch a feed."""
        self.open(f"/feed.atom?{draw(Reader.questions)}", "/feed.atom")


def draw(offered: list[str]) -> str:
    """Draw one; the n-th is drawn as often as 1/n says."""
    return offered[min(int(len(offered) ** random.random()), len(offered)) - 1]


def learn(address: str) -> None:
    """Take ids and words from the newest decisions of a server."""
    rng, following = random.Random(1), f"{address}/api/v1/decisions?limit=100"
    titles: list[str] = []
    while following and len(Reader.ids) < QUESTIONS:
        with urllib.request.urlopen(following, timeout=60) as answer:
            page = json.load(answer)
        Reader.ids += [row["id"] for row in page["items"]]
        titles += [row["item_title"] for row in page["items"] if row["item_title"]]
        following = urllib.parse.urljoin(following, page["next"]) if page["next"] else ""
    while len(Reader.questions) < QUESTIONS:
        words = " ".join(re.findall(r"[a-z]{3,}", rng.choice(titles).lower())[: rng.randrange(1, 4)])
        Reader.questions.append(urllib.parse.urlencode({"q": words or "report"}) + rng.choice(CONDITIONS))


def main() -> int:
    """Load, and print the figures; an error is a failure."""
    asked = read_arguments()
    with serving(asked) as (address, process):
        learn(address)
        environment = Environment(user_classes=[Reader], host=address)
        runner = environment.create_local_runner()
        most = [0]
        runner.start(asked.users, spawn_rate=asked.users)
        gevent.spawn_later(asked.warm_up, environment.stats.reset_all)
        watching = gevent.spawn(watch, process, most)
        gevent.sleep(asked.warm_up + asked.seconds)
        runner.quit()
        watching.kill()
        print_figures(environment, most[0])
    return 1 if environment.stats.total.num_failures else 0


def read_arguments() -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--db", help="address or path of a database, which is served for the while")
    where.add_argument("--address", help="of a server that runs already; its memory is not told")
    parser.add_argument("--workers", type=int, default=2, help="processes of the server that is started")
    parser.add_argument("--users", type=int, default=16, help="who ask at once, each as fast as it is answered")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--warm-up", type=float, default=5, help="seconds before anything is counted")
    return parser.parse_args()


@contextmanager
def serving(asked: argparse.Namespace) -> Iterator[tuple[str, psutil.Process | None]]:
    """Give the address of a server, and its process where it is started here."""
    if asked.address:
        yield asked.address.rstrip("/"), None
        return
    address = f"http://127.0.0.1:{PORT}"
    command = [sys.executable, "-m", "minutes_miner", "serve", "--db", asked.db, "--port", str(PORT), "--rate", "0"]
    process = subprocess.Popen([*command, "--workers", str(asked.workers)])
    try:
        wait_for(address, process)
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("the server could not be started")
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def watch(process: psutil.Process | None, most: list[int]) -> None:
    """Note the most memory that a server and its workers hold at once, what they share counted once."""
    while process is not None:
        family = [process, *process.children(recursive=True)]
        most[0] = max(most[0], sum(memory_of(one) for one in family))
        gevent.sleep(0.5)


def memory_of(process: psutil.Process) -> int:
    """Give a process's share of the memory, in bytes."""
    try:
        held = process.memory_full_info()
        return int(getattr(held, "pss", held.uss))
    except psutil.Error:
        return 0


def print_figures(environment: Environment, memory: int) -> None:
    """Print a table: a line for each kind of question, and one for all."""
    print(f"{'':24}{'requests':>10}{'errors':>8}{'median ms':>11}{'95 % ms':>9}{'a second':>10}")
    stats = environment.stats
    for one in (*sorted(stats.entries.values(), key=lambda entry: str(entry.name)), stats.total):
        times = one.median_response_time, one.get_response_time_percentile(0.95)
        print(f"{one.name:24}{one.num_requests:>10,}{one.num_failures:>8,}", end="")
        print(f"{times[0]:>11,.0f}{times[1]:>9,.0f}{one.total_rps:>10.1f}")
    print(f"{len(Reader.asked):,} different addresses were asked, those of the warm-up too")
    for error in stats.errors.values():
        print(f"error: {error.name}: {error.error} ({error.occurrences} times)")
    if memory:
        print(f"memory of the server and its workers: {memory / 1e6:.0f} MB at most")


if __name__ == "__main__":
    sys.exit(main())
