"""Mining on a Dask cluster of real processes, of which some are killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from workflow_cases import dump, write_minutes

from minutes_miner.errors import ClusterError
from minutes_miner.workflow import Progress, mine
from minutes_miner.workflow.mining import mine_paths
from minutes_miner.workflow.outcome import Report
from minutes_miner.workflow.plan import Plan
from minutes_miner.workflow.sink import DatabaseSink

pytest.importorskip("distributed")
KILLS = int(os.environ.get("CLUSTER_KILLS", "1"))


@dataclass
class Processes:
    """Run a scheduler and workers, each a process of its own, on loopback."""

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", self.file)
        deadline = time.monotonic() + 60
        while not self.file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.address = str(json.loads(self.file.read_text("utf-8"))["address"])

    @property
    def file(self) -> Path:
        return self.folder / "scheduler.json"

    def add(self) -> None:
        options = ("--no-nanny", "--nthreads", "1", "--host", "127.0.0.1", "--local-directory", self.folder / "work")
        self.workers.append(self._start("worker", "--scheduler-file", self.file, *options))

    def kill_one(self, chance: random.Random) -> None:
        """Kill a worker with all its processes, and start another."""
        lost = self.workers.pop(chance.randrange(len(self.workers)))
        os.killpg(lost.pid, signal.SIGKILL)
        lost.wait()
        self.add()

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "dask", *map(str, arguments), "--no-dashboard"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(program, stdout=quiet, stderr=quiet, start_new_session=True)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Processes]:
    running = Processes(tmp_path)
    try:
        running.add()
        running.add()
        yield running
    finally:
        running.stop()


def mine_on(address: str, minutes: Path, database: Path, on_progress: object = None) -> Report:
    plan = Plan(cluster=address)
    sink = DatabaseSink(f"sqlite:///{database}", plan)
    return mine_paths([minutes], sink, plan, on_progress=on_progress)  # type: ignore[arg-type]


@pytest.mark.slow
def test_workers_that_are_killed_cost_nothing_but_time(cluster: Processes, tmp_path: Path) -> None:
    minutes, count = tmp_path / "minutes", 20 + 20 * KILLS
    write_minutes(minutes, count)
    (minutes / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    chance, killed = random.Random(5), []

    def kill(progress: Progress) -> None:
        if len(killed) < KILLS and progress.done >= (len(killed) + 1) * count // (KILLS + 1):
            cluster.kill_one(chance)
            killed.append(progress.done)

    report = mine_on(cluster.address, minutes, tmp_path / "cluster.db", kill)
    assert len(killed) == KILLS
    assert (report.mined, len(report.failed)) == (count, 1)
    mine([minutes], f"sqlite:///{tmp_path}/calm.db", jobs=2)
    expected = dump(tmp_path / "calm.db")
    assert len(expected["decisions"]) == 2 * count
    assert dump(tmp_path / "cluster.db") == expected


@pytest.mark.slow
def test_a_scheduler_that_dies_is_told_and_the_next_run_goes_on(cluster: Processes, tmp_path: Path) -> None:
    minutes = tmp_path / "minutes"
    write_minutes(minutes, 80)

    def kill(progress: Progress) -> None:
        if progress.done == 10:
            os.killpg(cluster.scheduler.pid, signal.SIGKILL)

    with pytest.raises(ClusterError, match="scheduler is gone; what is stored stays"):
        mine_on(cluster.address, minutes, tmp_path / "x.db", kill)
    kept = len(dump(tmp_path / "x.db")["documents"])
    assert 10 <= kept < 80
    report = mine([minutes], f"sqlite:///{tmp_path}/x.db", jobs=2)
    assert (report.unchanged, report.mined) == (kept, 80 - kept)


def test_a_cluster_that_is_not_there_is_told(minutes: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="can't be reached.*check the address"):
        mine_on("tcp://127.0.0.1:9", minutes, tmp_path / "x.db")
    with pytest.raises(ClusterError, match="write local:4"):
        mine_on("local:many", minutes, tmp_path / "x.db")


def test_a_cluster_is_started_for_the_run(minutes: Path, tmp_path: Path) -> None:
    assert mine_on("local:1", minutes, tmp_path / "x.db").mined == 6
