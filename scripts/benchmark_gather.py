"""Measure how fast many hosts are asked, and whether each of them was asked as gently as it should be.

usage: python scripts/benchmark_gather.py [--hosts N] [--pages N] [--rate R] [--size BYTES]

Made-up sites on 127.0.0.0/8, all in one process of their own, answer with pages of a size and log when each request
came. The client asks all of them at the same time, one task a host, and keeps every answer in a WARC archive. The gaps
are those that the servers saw, from the second request of a connection on: a server logs a first one late, when it has
taken the connection.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from minutes_miner.config import Courtesy
from minutes_miner.domain.gathering import Request
from minutes_miner.scrape.archive import Archive
from minutes_miner.scrape.client import Client

RULES = b"User-agent: *\nDisallow: /private/\n"


class Sites:
    """Answer for all hosts, and log who was asked when.

    Args:
        size: bytes of a page.
    """

    def __init__(self, size: int) -> None:
        self.asked: dict[str, list[float]] = defaultdict(list)
        words = random.Random(7).choices([b"resolved", b"that", b"the", b"report", b"be", b"noted", b"lime"], k=size)
        self._page = b"<!DOCTYPE html><title>Minutes</title><p>" + b" ".join(words)[:size]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked[host].append(time.monotonic())
                path = head.split(b" ", 2)[1]
                body = RULES if path == b"/robots.txt" else self._page + path
                length = str(len(body)).encode()
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + length + b"\r\n\r\n" + body
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def serve(hosts: int, size: int) -> None:
    """Serve until the input ends; tell the port first, and the log last."""
    sites = Sites(size)
    names = [name_host(n) for n in range(hosts)]
    server = await asyncio.start_server(sites.answer, names, 0 if hosts == 1 else find_port(), backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps(sites.asked), flush=True)


def find_port() -> int:
    """Give a port that is free now on the first address, and so most likely on all."""
    import socket

    with socket.create_server((name_host(0), 0)) as free:
        return int(free.getsockname()[1])


def name_host(number: int) -> str:
    """Give the address of a host by its number."""
    return f"127.0.{number // 250 + 1}.{number % 250 + 1}"


async def gather(urls: dict[str, list[str]], courtesy: Courtesy, archive: Archive) -> int:
    """Ask for all pages of all hosts, one task a host; gives how many came."""

    async def ask(host: str) -> int:
        came = 0
        for url in urls[host]:
            response = await client.fetch(Request(url, "page"))
            came += response.obstacle is None
        return came

    async with Client(courtesy, archive) as client:
        return sum(await asyncio.gather(*map(ask, urls)))


def main() -> None:
    """Start the sites, ask them, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--pages", type=int, default=120, help="of each host")
    parser.add_argument("--rate", type=float, default=4.0, help="requests a second to one host, at most")
    parser.add_argument("--size", type=int, default=40_000, help="bytes of a page")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.hosts, options.size))
        return
    command = [sys.executable, __file__, "--serve", "--hosts", str(options.hosts), "--size", str(options.size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sites:
        assert sites.stdin and sites.stdout
        port = int(sites.stdout.readline())
        measure(options, port)
        sites.stdin.close()
        report_gaps(json.loads(sites.stdout.read()), 1 / options.rate)


def measure(options: argparse.Namespace, port: int) -> None:
    """Ask, and print requests a second, share of one core and peak memory."""
    bases = {name: f"http://{name}:{port}" for name in map(name_host, range(options.hosts))}
    urls = {name: [f"{base}/page/{n}" for n in range(options.pages)] for name, base in bases.items()}
    courtesy = Courtesy(rate=options.rate, hosts=max(64, options.hosts), allow_loopback=True)
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder)) as archive:
        began, worked = time.perf_counter(), time.process_time()
        came = asyncio.run(gather(urls, courtesy, archive))
        seconds, share = time.perf_counter() - began, time.process_time() - worked
    requests = options.hosts * (options.pages + 1)
    table = Table(title=f"{options.hosts} hosts, {options.rate:g} requests a second to each at most")
    for column in ("requests", "pages", "seconds", "requests/s", "of one core", "CPU a request", "peak memory"):
        table.add_column(column, justify="right")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = (str(requests), str(came), f"{seconds:.1f}", f"{requests / seconds:.0f}", f"{share / seconds:.0%}")
    table.add_row(*figures, f"{share / requests * 1000:.1f} ms", f"{peak:.0f} MB")
    Console().print(table)


def report_gaps(asked: dict[str, list[float]], interval: float) -> None:
    """Print how many requests a second the servers saw, first to last, and how far apart those of one host were."""
    came = sorted(itertools.chain.from_iterable(asked.values()))
    seconds = came[-1] - came[0]
    print(f"{len(came)} requests in {seconds:.2f} s: {len(came) / seconds:.1f} a second came in")
    gaps = sorted(b - a for times in asked.values() for a, b in itertools.pairwise(times[1:]))
    short = sum(gap < interval for gap in gaps)
    print(f"{len(gaps)} gaps, the interval being {interval * 1000:.0f} ms: least {gaps[0] * 1000:.1f} ms,", end=" ")
    print(f"middle {gaps[len(gaps) // 2] * 1000:.1f} ms; shorter than the interval {short}")


if __name__ == "__main__":
    main()
