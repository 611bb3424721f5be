"""Copy the mined database, for tests that change it."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def copy_database(database: str, folder: Path) -> str:
    """Copy a SQLite database into a folder; the address of the copy."""
    target = folder / "copy.db"
    with sqlite3.connect(database.removeprefix("sqlite:///")) as source, sqlite3.connect(target) as copied:
        source.backup(copied)
    return f"sqlite:///{target}"
