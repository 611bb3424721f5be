"""What a terminal shows, and what a pipe gets, from the real program."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-c", "from minutes_miner.cli import main; main()"]
MINUTES = "Foxhollow Parish Council\n\nRESOLVED: that a grant of £75 be awarded to the bell ringers.\n"


def run_in_terminal(*arguments: str, **variables: str) -> tuple[int, str]:
    """Run the program with both outputs on a terminal of 100 columns; give its exit status and what it showed."""
    ours, theirs = pty.openpty()
    unset = {"NO_COLOR", "COLUMNS", "TERM"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "100", **variables}
    with subprocess.Popen([*PROGRAM, *arguments], stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    return process.returncode, shown.decode("utf-8")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # Linux says EIO where the other side has closed
        return b""


def test_a_terminal_gets_rules_and_colours(database: Path) -> None:
    status, shown = run_in_terminal("search", "lido", "--db", str(database))
    assert status == 0
    assert "\x1b[32m" in shown and "───" in shown
    assert "to sell the lido for £900,000" in shown


def test_no_color_turns_colours_off(database: Path) -> None:
    _, shown = run_in_terminal("search", "lido", "--db", str(database), NO_COLOR="1")
    assert not any(f"\x1b[{colour}m" in shown for colour in range(30, 38))
    assert "to sell the lido for £900,000" in shown


def test_a_terminal_sees_how_far_a_run_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, "utf-8")
    status, shown = run_in_terminal("mine", str(tmp_path), "--db", str(tmp_path / "x.db"), "--jobs", "0")
    assert status == 0
    assert "documents/s" in shown and "1/1" in shown
    assert "documents mined" in shown


def test_a_pipe_sees_no_bar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MINUTES, "utf-8")
    arguments = ["mine", str(tmp_path / "a.txt"), "--db", str(tmp_path / "x.db"), "--jobs", "0"]
    ended = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=True)
    assert ended.stderr == f"The records are in sqlite:///{tmp_path / 'x.db'} as run 1\n"
    assert "\x1b" not in ended.stdout
    assert ["decisions", "1"] in [line.split() for line in ended.stdout.splitlines()]


@pytest.mark.parametrize("style", ["table", "csv", "json", "jsonl"])
def test_a_reader_that_leaves_early_gets_no_traceback(database: Path, style: str) -> None:
    arguments = ["search", "lido", "--db", str(database), "--format", style]
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout and process.stderr
    process.stdout.close()
    talk = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert talk == ""


def test_data_are_utf_8_whatever_the_locale(database: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    arguments = ["search", "lido", "--db", str(database), "--format", "jsonl"]
    ended = subprocess.run([*PROGRAM, *arguments], capture_output=True, env=environment, check=True)
    assert "£900,000" in ended.stdout.decode("utf-8")
