"""Folders of small invented minutes, and the contents of a database without the moments of the run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

MOMENTS = {"mined_at", "first_seen", "last_seen", "number", "run_id"}
"""Columns that tell when and in which turn rows were written; all others must be the same for every run."""

_OF_RUNS = {"runs", "run_documents"}

MINUTES = """ELDERBROOK PARISH COUNCIL
Minutes of the meeting of the Parish Council held on {day} May 2024

Present: Cllr R. Whinfell (Chair), Cllr S. Oduya, Cllr T. Marchbank

{number}. Play area

RESOLVED: that the quotation of £{amount}.00 from Larkfield Fencing for the play area be accepted.

ACTION: The Clerk to write to Larkfield Fencing by {day} June 2024.

{next}. Grants

It was RESOLVED unanimously to award a grant of £{grant} to the Elderbrook Bowls Club.
"""


def write_minutes(folder: Path, count: int) -> list[Path]:
    """Write so many different minutes, each with two decisions and one action."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"minutes-{index:03}.txt" for index in range(count)]
    for index, path in enumerate(paths):
        path.write_text(make_minutes(index), "utf-8")
    return paths


def make_minutes(index: int) -> str:
    """Give minutes with two decisions and one action, others for each index."""
    return MINUTES.format(day=index % 28 + 1, number=index + 1, next=index + 2, amount=1000 + index, grant=50 + index)


def dump(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table, but for the moments, in an order that is the same for the same rows."""
    with sqlite3.connect(database) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if "_fts" not in name and not name.startswith("sqlite_") and name not in _OF_RUNS
        ]
        tables = {name: _rows(connection, name) for name in names}
    connection.close()
    return tables


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in MOMENTS]
    listing = ", ".join(f'"{column}"' for column in columns)
    return sorted(connection.execute(f"SELECT {listing} FROM {table}"), key=repr)
