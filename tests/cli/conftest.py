"""Run commands against a database that was built by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_cases import Run, fill_database
from click.testing import CliRunner, Result

from minutes_miner.cli import main


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the path of a database with three decisions and two actions."""
    fill_database(tmp_path / "x.db")
    return tmp_path / "x.db"


@pytest.fixture
def run(database: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a function that runs a command on that database and sees that it prints no traceback."""
    monkeypatch.setenv("MINUTES_MINER_DB", str(database))

    def run_command(*arguments: str) -> Result:
        answer = CliRunner().invoke(main, arguments)
        assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
        return answer

    return run_command
