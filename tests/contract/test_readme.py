"""The examples of the README and the command reference, executed in a folder of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from replica.council import Council
from replica.server import serve

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def read_commands(path: Path) -> list[str]:
    """Give the lines after ``$`` of a page's console blocks, with those that a backslash continues."""
    lines = [line for block in BLOCK.findall(path.read_text("utf-8")) for line in block.splitlines()]
    joined = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [line[2:] for line in joined if line.startswith("$ ")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Serve an invented council under the code that the examples name; give the settings that lead there."""
    council = Council("RUT", "Rutmoor Council", committees=2, years=1, today=date.today())
    with serve([council]) as replica:
        register = tmp_path / "authorities.csv"
        columns = "code,name,slug,kind,territory,start,end,platform,base_url,notes"
        register.write_text(f"{columns}\nRUT,{council.name},,UA,ENG,,,moderngov,{replica.urls['RUT']},\n", "utf-8")
        yield {
            "MINUTES_MINER_AUTHORITIES": str(register),
            "MINUTES_MINER_RATE": "500",
            "MINUTES_MINER_ALLOW_LOOPBACK": "1",
        }


def run(command: str, folder: Path, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would, with the program on the path and no database but the folder's."""
    environment = {key: value for key, value in os.environ.items() if key != "MINUTES_MINER_DB"}
    environment |= settings
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.parametrize("page", ["README.md", "docs/commands.md"])
def test_every_example_runs_and_answers(page: str, tmp_path: Path, site: dict[str, str]) -> None:
    commands = [command for command in read_commands(ROOT / page) if command.startswith("minutes-miner")]
    assert commands, f"{page} shows no command"
    shutil.copytree(ROOT / "corpus" / "samples", tmp_path / "corpus" / "samples")
    for command in commands:
        ended = run(command, tmp_path, site)
        assert ended.returncode == 0, f"{command}\n{ended.stdout}\n{ended.stderr}"
        assert ended.stdout.strip() or ">" in command, f"{command} printed nothing"
        assert "Traceback" not in ended.stderr


def test_every_make_target_that_is_shown_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    shown = {
        command.split()[1]
        for page in ("README.md", "CONTRIBUTING.md")
        for command in [*read_commands(ROOT / page), *re.findall(r"`(make \w+)`", (ROOT / page).read_text("utf-8"))]
        if command.startswith("make ")
    }
    assert shown
    assert shown <= targets
