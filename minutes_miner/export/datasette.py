"""Write the metadata with which Datasette shows a database: titles, facets and ready queries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from minutes_miner.domain.dataset import Dataset
from minutes_miner.errors import ExportError
from minutes_miner.export.provenance import write_object

_TABLES: Mapping[str, Mapping[str, object]] = {
    "decisions_overview": {
        "description": "What was decided, one clause a row, with its meeting.",
        "facets": ["authority", "committee", "kind", "outcome", "procedural", "decided_currency"],
        "sort_desc": "meeting_date",
    },
    "actions_overview": {
        "description": "Who must do what, and by when.",
        "facets": ["authority", "committee", "status", "owners"],
        "sort": "due_to",
    },
    "sums_overview": {
        "description": "Every sum of money, with the decision that it stands in.",
        "facets": ["authority", "kind", "outcome", "currency", "role"],
        "sort_desc": "amount",
    },
    "documents": {"facets": ["authority", "committee", "media_type", "pipeline"], "label_column": "title"},
    "decisions": {"facets": ["kind", "outcome", "procedural", "vote_manner"], "label_column": "text"},
    "actions": {"facets": ["status"], "label_column": "text"},
    "named_votes": {"facets": ["ballot", "person"]},
    "warnings": {"facets": ["code"]},
}

_MEETING = "authority, committee, meeting_date"

_QUERIES: Mapping[str, Mapping[str, str]] = {
    "largest_sums": {
        "title": "The largest sums that were decided",
        "sql": f"SELECT decided_amount, decided_currency, {_MEETING}, decision, decision_id FROM decisions_overview "
        "WHERE outcome = 'carried' AND decided_amount IS NOT NULL ORDER BY decided_amount DESC LIMIT 100",
    },
    "overdue_actions": {
        "title": "Tasks that are open and were due before a day",
        "sql": f"SELECT due_to, owners, action, {_MEETING}, action_id FROM actions_overview "
        "WHERE status = 'open' AND due_to < :day ORDER BY due_to",
    },
    "divided_votes": {
        "title": "Votes in which somebody voted against",
        "sql": f"SELECT votes_for, votes_against, abstentions, {_MEETING}, decisions.text AS decision, decisions.id "
        "FROM decisions JOIN documents ON documents.id = decisions.document_id "
        "WHERE documents.is_current AND votes_against > 0 ORDER BY meeting_date DESC",
    },
    "how_a_person_voted": {
        "title": "How a person voted, by part of the name",
        "sql": f"SELECT person, ballot, outcome, {_MEETING}, decisions.text AS decision, decisions.id "
        "FROM named_votes JOIN decisions ON decisions.id = named_votes.decision_id "
        "JOIN documents ON documents.id = decisions.document_id "
        "WHERE documents.is_current AND person LIKE '%' || :name || '%' ORDER BY meeting_date DESC",
    },
    "decisions_by_year": {
        "title": "Decisions by council and year",
        "sql": "SELECT authority, strftime('%Y', meeting_date) AS year, count(*) AS decisions, "
        "sum(outcome = 'lost') AS lost FROM decisions_overview WHERE NOT procedural "
        "GROUP BY authority, year ORDER BY authority, year",
    },
    "words_in_decisions": {
        "title": "Decisions that hold words, the best match first",
        "sql": f"SELECT {_MEETING}, decisions.text AS decision, decisions.id FROM decisions_fts "
        "JOIN decisions ON decisions.number = decisions_fts.rowid "
        "JOIN documents ON documents.id = decisions.document_id "
        "WHERE decisions_fts MATCH :words AND documents.is_current ORDER BY decisions_fts.rank LIMIT 100",
    },
}


class DatasetteExporter:
    """Write ``metadata.json`` for ``datasette serve DATABASE -m metadata.json``."""

    name = "datasette"
    tables: tuple[str, ...] = ()
    suffix = ".json"
    needs_file = True

    def write(self, dataset: Dataset, target: Path) -> None:
        """Write the file.

        Raises:
            ExportError: the database is not a SQLite file, which is all that Datasette reads.
        """
        database = dataset.provenance["database"]
        if not isinstance(database, Mapping) or database["kind"] != "sqlite":
            raise ExportError("Datasette reads SQLite files only", advice="name one with --db")
        write_object(target, describe_database(str(database["name"])))


def describe_database(name: str) -> dict[str, object]:
    """Give the metadata of a database by its file's name without the suffix, as Datasette calls it."""
    return {
        "title": "Decisions of councils, read from their minutes",
        "databases": {name: {"tables": _TABLES, "queries": _QUERIES}},
    }
