"""Programs that read documents end with their time, and with the process that started them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minutes_miner.parse.program import find_program, run_program

posix = pytest.mark.skipif(os.name != "posix", reason="the programs called here are those of POSIX systems")
pytestmark = posix


def test_data_go_in_and_come_out() -> None:
    data = os.urandom(300_000)
    assert run_program([find_program("cat") or ""], data=data, seconds=20) == data


def test_a_failure_gives_nothing() -> None:
    assert run_program(["/bin/sh", "-c", "echo words; exit 3"], seconds=20) is None
    assert run_program(["/bin/sh", "-c", "echo words"], seconds=20) == b"words\n"
    assert find_program("no-such-program", "sh") == find_program("sh") != None  # noqa: E711


def test_a_program_gets_its_settings() -> None:
    assert run_program(["/bin/sh", "-c", "echo $LIMIT"], seconds=20, settings={"LIMIT": "7"}) == b"7\n"


def writing_its_number(path: Path) -> list[str]:
    """Give a command that writes the number of a process of a process into a file and then sleeps."""
    return ["/bin/sh", "-c", f"sleep 60 & echo $! > {path}.part && mv {path}.part {path}; wait"]


def wait_for(path: Path) -> int:
    for _ in range(200):
        if path.exists():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("the program did not start")


def has_ended(number: int) -> bool:
    """Tell whether a process ends within seconds; one that nobody has waited for has ended too."""
    for _ in range(100):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
        if not state.stdout.strip() or state.stdout.startswith("Z"):
            return True
        time.sleep(0.05)
    return False


def test_a_program_ends_with_its_time_and_so_do_those_it_started(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError, match="sh took longer than 1 seconds"):
        run_program(writing_its_number(tmp_path / "number"), seconds=1)
    assert has_ended(wait_for(tmp_path / "number"))


def test_a_program_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    command = writing_its_number(tmp_path / "number")
    script = f"from minutes_miner.parse.program import run_program; run_program({command!r}, seconds=60)"
    starter = subprocess.Popen([sys.executable, "-c", script])
    number = wait_for(tmp_path / "number")
    assert subprocess.run(["ps", "-p", str(number)], capture_output=True, check=False).returncode == 0
    starter.kill()
    starter.wait()
    assert has_ended(number)
