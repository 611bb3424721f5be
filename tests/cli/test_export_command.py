"""The command that writes tables for other programs, and those programs reading them."""

from __future__ import annotations

import csv
import json
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_cases import BOILER, EARLIER, ORDER, SALE, Run
from test_terminal import run_in_terminal

from minutes_miner import __version__
from minutes_miner.registry import find_exporters

SUFFIXES = {"datasette": ".json", "excel": ".xlsx", "oparl": ".json", "popolo": ".json"}
SOME = {"popolo": {"votes"}, "oparl": {"decisions"}, "opencivicdata": {"decisions", "votes"}, "datasette": set[str]()}


def ids(path: Path, column: str = "id") -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [row[column] for row in csv.DictReader(stream)]


@pytest.mark.parametrize("style", find_exporters())
def test_every_format_is_written_and_counted(style: str, run: Run, tmp_path: Path) -> None:
    target = tmp_path / f"out{SUFFIXES.get(style, '')}"
    run("db", "upgrade")
    answer = run("export", "--format", style, "--to", str(target))
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert target.is_dir() is (style not in SUFFIXES)
    files = [path for path in (target, *target.rglob("*")) if path.is_file()]
    assert files and all(path.stat().st_size for path in files)
    rows = dict(re.findall(r"^(\w+) +(\d+)$", answer.stdout, re.MULTILINE))
    every = {"decisions": "2", "actions": "2", "sums": "2", "votes": "1"}
    assert rows == {name: count for name, count in every.items() if name in SOME.get(style, every)}
    assert {path.name for path in tmp_path.iterdir()} == {target.name, "x.db"}


@pytest.mark.parametrize("style", ["popolo", "opencivicdata"])
def test_names_that_wait_to_be_resolved_are_told(style: str, run: Run, tmp_path: Path) -> None:
    answer = run("export", "--format", style, "--to", str(tmp_path / f"out{SUFFIXES.get(style, '')}"))
    assert answer.exit_code == 0 and "waiting to be resolved; run: minutes-miner db upgrade" in answer.stderr


def test_there_are_formats() -> None:
    known = {"csv", "datapackage", "datasette", "excel", "jsonl", "parquet", *SOME, "rocrate"}
    assert set(find_exporters()) == known


@pytest.mark.parametrize(
    ("arguments", "decisions", "actions"),
    [
        ([], [BOILER, SALE], [ORDER, "7a0000000000000e"]),
        (["--query", "boiler"], [BOILER], []),
        (["--query=-sell lido"], [BOILER], []),
        (["--kind", "agree", "--outcome", "lost"], [SALE], []),
        (["--max-amount", "£20k"], [BOILER], [ORDER]),
        (["--owner", "clerk"], [], [ORDER]),
        (["--include-procedural", "--since", "06/05/2024"], [BOILER, SALE, EARLIER], [ORDER, "7a0000000000000e"]),
        (["--until", "2024-05-05"], [], []),
        (["--authority", "quarrendon", "--committee", "x"], [], []),
    ],
)
def test_filters_choose(
    arguments: list[str], decisions: list[str], actions: list[str], run: Run, tmp_path: Path
) -> None:
    answer = run("export", "--format", "csv", "--to", str(tmp_path / "out"), *arguments)
    assert answer.exit_code == 0
    assert ids(tmp_path / "out" / "decisions.csv") == decisions
    assert ids(tmp_path / "out" / "actions.csv") == actions


def test_one_table_goes_into_one_file(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "sums.csv"
    answer = run("export", "--format", "csv", "--table", "sums", "--to", str(target))
    assert answer.stdout.split() == ["written", "rows", "sums", "2"]
    assert ids(target, "amount") == ["12500.00", "900000.00"]


def test_provenance_tells_what_was_asked(run: Run, tmp_path: Path) -> None:
    run("export", "--format", "jsonl", "--query", "lido", "--min-amount", "20k", "--to", str(tmp_path / "out"))
    told = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))
    assert told["program"] == {"name": "minutes-miner", "version": __version__}
    assert told["filters"] == {"query": "lido", "min_amount": "20000"}
    assert told["pipelines"] == {"en_test 1.0": 1}
    assert told["database"] == {"kind": "sqlite", "name": "x"}, "no path of anybody's disk"
    assert told["rows"] == {"decisions": 1, "actions": 0, "sums": 1, "votes": 1}


def test_what_is_there_stays_without_force(run: Run, tmp_path: Path) -> None:
    arguments = ("export", "--format", "csv", "--to", str(tmp_path / "out"))
    assert run(*arguments).exit_code == 0
    answer = run(*arguments, "--query", "boiler")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr == f"Error: {tmp_path / 'out'}: is there already; name another place, or add --force\n"
    assert len(ids(tmp_path / "out" / "decisions.csv")) == 2
    assert run(*arguments, "--query", "boiler", "--force").exit_code == 0
    assert ids(tmp_path / "out" / "decisions.csv") == [BOILER]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--format", "popolo", "--to", "v.json", "--table", "sums"], "popolo writes votes"),
        (["--format", "excel", "--to", "book"], "excel writes a .xlsx file"),
        (["--format", "datasette", "--to", "m.json", "--query", "lido"], "filters say nothing to it"),
        (["--format", "datasette", "--to", "m.json", "--table", "sums"], "datasette writes no tables"),
        (["--format", "papyrus", "--to", "x"], "'papyrus' is not one of"),
        (["--to", "x"], "Missing option '--format'"),
    ],
)
def test_misuse_is_told(arguments: list[str], complaint: str, run: Run) -> None:
    answer = run("export", *arguments)
    assert answer.exit_code == 2
    assert complaint in " ".join(answer.stderr.split())


@pytest.mark.parametrize(
    ("style", "package", "suffix"),
    [("excel", "openpyxl", ".xlsx"), ("parquet", "pyarrow", ""), ("parquet", "pyarrow", ".parquet")],
)
def test_a_missing_package_is_named_with_its_command(
    style: str, package: str, suffix: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # what Python finds where it is not installed
    answer = run("export", "--format", style, "--table", "sums", "--to", str(tmp_path / f"out{suffix}"))
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.count("\n") == 1
    assert f"needs {package}; install it with: pip install 'minutes-miner[{style}]'" in answer.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["x.db"]


def test_a_database_that_is_not_there_leaves_nothing(run: Run, tmp_path: Path) -> None:
    answer = run("export", "--format", "csv", "--to", str(tmp_path / "out"), "--db", str(tmp_path / "none.db"))
    assert answer.exit_code == 1 and "there is no such database" in answer.stderr
    assert not (tmp_path / "out").exists()


def test_a_terminal_sees_how_far_an_export_is(database: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "votes.json")
    status, shown = run_in_terminal("export", "--format", "popolo", "--to", target, "--db", str(database))
    assert status == 0
    assert "votes" in shown and "1/1" in shown


@pytest.fixture
def datasette(run: Run, database: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the database with its metadata; give the address."""
    pytest.importorskip("datasette")
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT id, document_id FROM decisions WHERE id = ?", [SALE]).fetchall()
        connection.execute("INSERT INTO named_votes VALUES (?, 0, ?, 'Cllr Marsh', 'against')", rows[0])
    connection.close()
    metadata = tmp_path / "metadata.json"
    assert run("export", "--format", "datasette", "--to", str(metadata)).exit_code == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = ["serve", str(database), "-m", str(metadata), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "datasette", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def fetch(address: str) -> Any:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{address}: {error.read().decode()}") from error
        except (ConnectionRefusedError, urllib.error.URLError):
            time.sleep(0.1)
    raise AssertionError("Datasette did not start")


def test_datasette_serves_the_facets_and_every_query(datasette: str, tmp_path: Path) -> None:
    (told,) = json.loads((tmp_path / "metadata.json").read_text("utf-8"))["databases"].values()
    for name, about in told["tables"].items():
        answer = fetch(f"{datasette}/x/{name}.json?_shape=objects")
        assert set(about["facets"]) <= set(answer["columns"]), name
        assert set(answer["facet_results"]) == set(about["facets"]), name
    assert fetch(f"{datasette}/x/decisions_overview.json")["facet_results"]["kind"]["results"][0]["value"] == "agree"
    words = urllib.parse.urlencode({"_shape": "array", "day": "2024-06-01", "name": "marsh", "words": "boiler"})
    found = {name: fetch(f"{datasette}/x/{name}.json?{words}") for name in told["queries"]}
    assert [row["decided_amount"] for row in found.pop("largest_sums")] == [12500.0]
    assert [row["action_id"] for row in found.pop("overdue_actions")] == [ORDER]
    assert [row["id"] for row in found.pop("divided_votes")] == [SALE]
    assert [row["id"] for row in found.pop("words_in_decisions")] == [BOILER]
    assert found.pop("decisions_by_year") == [
        {"authority": "Quarrendon Town Council", "year": "2024", "decisions": 2, "lost": 1}
    ]
    assert [(row["person"], row["ballot"], row["id"]) for row in found.pop("how_a_person_voted")] == [
        ("Cllr Marsh", "against", SALE)
    ]
    assert not found
