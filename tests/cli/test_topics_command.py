"""The list of topics, and searches by topic and territory, as a user types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from cli_cases import Run

from minutes_miner.domain.topic import load_topics
from minutes_miner.store import open_store
from minutes_miner.store.tables import decision_topics, decisions, documents
from minutes_miner.store.tagging import retag


def tell(database: Path) -> str:
    """Say of one decision that it is about parks, in Wales; give its id."""
    with open_store(f"sqlite:///{database}") as store, store.write() as connection:
        chosen = connection.execute(decisions.select().where(decisions.c.procedural.is_(False)).limit(1)).one()
        row = {"decision_id": chosen.id, "topic": "parks", "document_id": chosen.document_id, "confidence": 0.91}
        connection.execute(decision_topics.insert(), row)
        connection.execute(decisions.update().where(decisions.c.id == chosen.id).values(topics="parks"))
        connection.execute(documents.update().values(territory="WLS"))
        retag(connection)
    return str(chosen.id)


def test_every_topic_is_listed(run: Run) -> None:
    table = run("topics")
    assert table.exit_code == 0
    assert all(code in table.stdout for code in load_topics())
    rows = list(csv.DictReader(io.StringIO(run("topics", "--format", "csv").stdout)))
    assert [row["code"] for row in rows] == list(load_topics())
    assert rows[0].keys() == {"code", "name", "description"}


def test_decisions_are_counted(run: Run, database: Path) -> None:
    tell(database)
    rows = json.loads(run("topics", "--db", str(database), "--format", "json").stdout)
    assert {row["code"]: row["decisions"] for row in rows if row["decisions"]} == {"parks": 1}


def test_decisions_are_found_by_topic_and_territory(run: Run, database: Path) -> None:
    record = tell(database)
    for asked in (["--topic", "parks"], ["topic:parks"], ["--topic", "PARKS", "--territory", "wls"]):
        rows = json.loads(run("search", *asked, "--format", "json").stdout)
        assert [(row["id"], row["topics"]) for row in rows] == [(record, "parks")]
    assert json.loads(run("search", "--topic", "send", "--format", "json").stdout) == []
    assert json.loads(run("search", "--topic", "parks", "--territory", "England", "--format", "json").stdout) == []
    assert json.loads(run("actions", "--territory", "Wales", "--format", "json").stdout)
    assert json.loads(run("actions", "--territory", "Scotland", "--format", "json").stdout) == []


def test_a_record_and_an_export_tell_topics(run: Run, database: Path, tmp_path: Path) -> None:
    record = tell(database)
    assert "parks (0.91)" in run("show", record).stdout
    target = tmp_path / "found.csv"
    options = ("--format", "csv", "--table", "decisions", "--topic", "parks", "--to", str(target))
    assert run("export", *options).exit_code == 0
    (row,) = csv.DictReader(target.open(encoding="utf-8", newline=""))
    assert (row["id"], row["topics"], row["territory"]) == (record, "parks", "WLS")


def test_facets_count_both(run: Run, database: Path) -> None:
    tell(database)
    printed = run("search", "--since", "1990-01-01", "--facets").stdout
    assert "parks" in printed and "Wales" in printed


def test_a_slip_is_told_with_what_is_near(run: Run) -> None:
    slip = run("search", "--topic", "park")
    assert slip.exit_code == 2 and "did you mean parks" in slip.stderr
    assert "`minutes-miner topics` lists them" in run("search", "--topic", "zzzz").stderr
    assert "none of England (ENG)" in run("search", "--territory", "Mercia").stderr
    asked = run("search", "topic:park")
    assert asked.exit_code == 1 and "minutes-miner topics" in asked.stderr
    assert run("search", "territory:mercia").exit_code == 1
