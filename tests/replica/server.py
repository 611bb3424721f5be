"""Start the process that serves the sites, and read its log of requests."""

from __future__ import annotations

import base64
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .council import Council
from .quirks import Quirks


@dataclass(frozen=True)
class Site:
    """Pair a council with the ways in which its site misbehaves."""

    council: Council
    quirks: Quirks = Quirks()


@dataclass(frozen=True)
class Logged:
    """Hold one request as the server saw it.

    Attributes:
        time: when it came, in seconds since 1970.
        site: code of the council.
        host: as the client named it, with the port.
        target: path and query as sent.
        status: of the answer; 0 where none was sent.
        completed: whether the client took the whole answer.
        answered: when the answer had gone, or the connection was lost.
        agent: the client's User-Agent.
    """

    time: float
    site: str
    host: str
    method: str
    target: str
    status: int
    completed: bool
    answered: float
    agent: str


class Replica:
    """Speak to the process that serves the sites; ``urls`` are the base addresses by the councils' codes."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        """Take the process, which is about to tell its addresses, and the path of its log."""
        self._process = process
        self.log_path = log
        line = self._read()
        self.urls: Mapping[str, str] = json.loads(line)

    def advance(self, days: int, code: str | None = None) -> None:
        """Let days go by on one site, or on all."""
        self._command({"advance": days, "code": code})

    def requests(self, code: str | None = None) -> list[Logged]:
        """Give what has been asked for so far, of one site or of all, in the order in which it was done with."""
        if self._process.poll() is None:
            self._command({"advance": 0, "code": ""})
        lines = self.log_path.read_text("utf-8").splitlines()
        found = [Logged(**{"status": 0, **json.loads(line)}) for line in lines]
        return [one for one in found if code in (None, one.site)]

    def stop(self) -> None:
        """End the process and wait for it."""
        self._pipe.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    def _command(self, command: dict[str, object]) -> None:
        self._pipe.write(json.dumps(command) + "\n")
        self._pipe.flush()
        self._read()

    @property
    def _pipe(self) -> IO[str]:
        assert self._process.stdin
        return self._process.stdin

    def _read(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process that serves the replica has ended: its standard error tells why")
        return line


def start(sites: Sequence[Site], log: Path, port: int = 0) -> Replica:
    """Start the process; the caller stops it. It ends by itself when the caller's process does.

    Args:
        sites: what to serve, each on an address of its own.
        log: file that a line is added to for each request.
        port: of the first site, one more for each following; 0 takes free ones.
    """
    package = __package__ or "replica"
    root = Path(__file__).resolve().parents[package.count(".") + 1]
    paths = [str(root), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(
        [sys.executable, "-m", f"{package}.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        start_new_session=True,
    )
    assert process.stdin
    order = {"sites": tuple(sites), "log": str(log), "port": port}
    process.stdin.write(base64.b64encode(pickle.dumps(order)).decode("ascii") + "\n")
    process.stdin.flush()
    return Replica(process, log)


@contextmanager
def serve(
    councils: Sequence[Council], quirks: Mapping[str, Quirks] | None = None, log: Path | None = None
) -> Iterator[Replica]:
    """Serve councils while the block runs.

    Args:
        councils: what to serve.
        quirks: by the council's code; a council that is not named behaves well.
        log: file for the requests; a temporary one where it is not given.

    Yields:
        The running replica: its ``urls`` by code, ``requests()``, ``advance(days)``.
    """
    sites = [Site(one, (quirks or {}).get(one.code, Quirks())) for one in councils]
    with tempfile.TemporaryDirectory() as folder:
        replica = start(sites, log or Path(folder) / "requests.jsonl")
        try:
            yield replica
        finally:
            replica.stop()
