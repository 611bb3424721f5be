"""Make the first tables, views and full-text indexes."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "warnings attendance interests dates decision_sums sums named_votes owners mentions actions decisions "
    "source_versions sources documents"
).split()
VIEWS = ("decisions_overview", "actions_overview", "sums_overview")

_SOURCE = "(SELECT min(source) FROM sources WHERE sources.document_id = documents.id) AS source"
_MEETING = "documents.authority, documents.committee, documents.meeting_date"
_VOTE = """CASE vote_manner
      WHEN 'unanimous' THEN 'unanimous' WHEN 'nem_con' THEN 'nobody against' WHEN 'counted' THEN 'counted'
      WHEN 'named' THEN 'recorded vote' WHEN 'casting_vote' THEN 'casting vote' WHEN 'assent' THEN 'general assent'
    END
    || coalesce('; ' || CAST(votes_for AS TEXT) || ' for', '')
    || coalesce('; ' || CAST(votes_against AS TEXT) || ' against', '')
    || coalesce('; ' || CAST(abstentions AS TEXT) || ' abstained', '') AS vote"""

DECISIONS_OVERVIEW = f"""CREATE VIEW decisions_overview AS
  SELECT {_MEETING}, item_number, item_title, decisions.text AS decision, kind, outcome, procedural, decision_maker,
    {_VOTE},
    mover, seconder, sums, largest_amount, currency, owners, due_text AS due, due_from, due_to, reason, confidence,
    {_SOURCE}, decisions.id AS decision_id, documents.id AS document_id
  FROM decisions JOIN documents ON documents.id = decisions.document_id
  WHERE documents.is_current"""

ACTIONS_OVERVIEW = f"""CREATE VIEW actions_overview AS
  SELECT {_MEETING}, actions.item_number, actions.item_title, actions.text AS action, actions.owners,
    actions.due_text AS due, actions.due_from, actions.due_to, status, decisions.text AS decision, actions.confidence,
    {_SOURCE}, actions.id AS action_id, actions.decision_id, documents.id AS document_id
  FROM actions JOIN documents ON documents.id = actions.document_id
    LEFT JOIN decisions ON decisions.id = actions.decision_id
  WHERE documents.is_current"""

SUMS_OVERVIEW = f"""CREATE VIEW sums_overview AS
  SELECT amount, sums.currency, quote, page_number, {_MEETING}, decisions.text AS decision, kind, outcome,
    {_SOURCE}, decisions.id AS decision_id, documents.id AS document_id
  FROM sums JOIN documents ON documents.id = sums.document_id
    LEFT JOIN decision_sums
      ON decision_sums.document_id = sums.document_id AND decision_sums.sum_position = sums.position
    LEFT JOIN decisions ON decisions.id = decision_sums.decision_id
  WHERE documents.is_current"""


def upgrade() -> None:
    """Make everything."""
    _make_documents()
    _make_decisions()
    _make_actions()
    _make_evidence()
    _make_sums()
    _make_facts()
    for view in (DECISIONS_OVERVIEW, ACTIONS_OVERVIEW, SUMS_OVERVIEW):
        op.execute(view)
    is_sqlite = op.get_context().dialect.name == "sqlite"
    for table in ("decisions", "actions"):
        for statement in sqlite_index(table) if is_sqlite else postgresql_index(table):
            op.execute(statement)


def downgrade() -> None:
    """Remove everything."""
    for view in VIEWS:
        op.execute(f"DROP VIEW {view}")
    if op.get_context().dialect.name == "sqlite":
        for table in ("decisions_fts", "actions_fts"):
            op.execute(f"DROP TABLE {table}")
    for table in TABLES:
        op.drop_table(table)


def sqlite_index(table: str) -> list[str]:
    """Index the words of a table (FTS5, external content) and keep them in step whoever writes."""
    names = f"{table}_fts (rowid, text, item_title)"
    add = f"INSERT INTO {names} VALUES (new.number, new.text, new.item_title);"
    drop = (
        f"INSERT INTO {table}_fts ({table}_fts, rowid, text, item_title) "
        "VALUES ('delete', old.number, old.text, old.item_title);"
    )
    tokens = "porter unicode61 remove_diacritics 2"
    return [
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5"
        f'(text, item_title, content="{table}", content_rowid="number", tokenize="{tokens}")',
        f"CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {table}_fts_update AFTER UPDATE ON {table} BEGIN {drop} {add} END",
    ]


def postgresql_index(table: str) -> list[str]:
    """Index the same words on PostgreSQL; it refuses more than a megabyte of them in one row."""
    signs, letters = _foldings()
    folded = "translate(left(coalesce({column}, ''), 100000), {signs}, {letters})"
    vectors = " || ".join(
        f"setweight(to_tsvector('english', {folded.format(column=column, signs=signs, letters=letters)}), '{weight}')"
        for column, weight in (("text", "A"), ("item_title", "B"))
    )
    return [
        f"ALTER TABLE {table} ADD COLUMN search_vector tsvector GENERATED ALWAYS AS ({vectors}) STORED",
        f"CREATE INDEX ix_{table}_search_vector ON {table} USING gin (search_vector)",
    ]


def _foldings() -> tuple[str, str]:
    """Give what ``translate`` needs to part words where FTS5 parts them and to drop accents as it drops them."""
    folded = {}
    for code in (*range(0x21, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2070), *range(0x20A0, 0x20D0)):
        sign = chr(code)
        bare = unicodedata.normalize("NFD", sign)[0]
        bare = bare if bare.isalnum() else " "
        if bare != sign:
            folded[sign] = bare
    accents = "".join(map(chr, range(0x300, 0x370)))  # without a counterpart: dropped
    return _spell("".join(folded) + accents), _spell("".join(folded.values()))


def _spell(signs: str) -> str:
    r"""Write a PostgreSQL literal of nothing but escapes, so that no sign has a meaning in SQL: ``U&'\00e9'``."""
    return "U&'" + "".join(f"\\{ord(sign):04x}" for sign in signs) + "'"


def _make_documents() -> None:
    """Make the tables of what was read."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("authority", sa.Text()),
        sa.Column("committee", sa.Text()),
        sa.Column("meeting_date", sa.Date()),
        sa.Column("character_count", sa.Integer(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("mined_at", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("sha256", name="uq_documents_sha256"),
    )
    op.create_index("ix_documents_authority_meeting_date", "documents", ["authority", "meeting_date"])
    op.create_index("ix_documents_committee", "documents", ["committee"])
    op.create_index("ix_documents_meeting_date", "documents", ["meeting_date"])
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failure", sa.Text()),
        sa.Column("failed_sha256", sa.Text()),
        sa.Column("size", sa.BigInteger()),
        sa.Column("authority_given", sa.Text()),
        sa.Column("last_seen", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('mined', 'failed')", name="ck_sources_state"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_sources_document_id_documents"),
        sa.PrimaryKeyConstraint("source", name="pk_sources"),
    )
    op.create_index("ix_sources_document_id", "sources", ["document_id"])
    op.create_index("ix_sources_state", "sources", ["state"])
    op.create_table(
        "source_versions",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_source_versions_document_id_documents"),
        sa.ForeignKeyConstraint(["source"], ["sources.source"], name="fk_source_versions_source_sources"),
        sa.PrimaryKeyConstraint("source", "version", name="pk_source_versions"),
    )
    op.create_index("ix_source_versions_document_id", "source_versions", ["document_id"])


def _make_decisions() -> None:
    """Make the table of decisions."""
    op.create_table(
        "decisions",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_number", sa.Text()),
        sa.Column("item_title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("procedural", sa.Boolean(), nullable=False),
        sa.Column("decision_maker", sa.Text()),
        sa.Column("vote_manner", sa.Text()),
        sa.Column("votes_for", sa.Integer()),
        sa.Column("votes_against", sa.Integer()),
        sa.Column("abstentions", sa.Integer()),
        sa.Column("vote_quote", sa.Text()),
        sa.Column("vote_start", sa.Integer()),
        sa.Column("vote_end", sa.Integer()),
        sa.Column("mover", sa.Text()),
        sa.Column("seconder", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("owners", sa.Text()),
        sa.Column("due_text", sa.Text()),
        sa.Column("due_from", sa.Date()),
        sa.Column("due_to", sa.Date()),
        sa.Column("due_start", sa.Integer()),
        sa.Column("due_end", sa.Integer()),
        sa.Column("sums", sa.Text()),
        sa.Column("largest_amount", sa.Numeric()),
        sa.Column("currency", sa.Text()),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_decisions_document_id_documents"),
        sa.PrimaryKeyConstraint("number", name="pk_decisions"),
        sa.UniqueConstraint("document_id", "position", name="uq_decisions_document_id_position"),
        sa.UniqueConstraint("id", name="uq_decisions_id"),
    )
    op.create_index("ix_decisions_kind", "decisions", ["kind"])
    op.create_index("ix_decisions_largest_amount", "decisions", ["largest_amount"])
    op.create_index("ix_decisions_outcome", "decisions", ["outcome"])


def _make_actions() -> None:
    """Make the table of actions."""
    op.create_table(
        "actions",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_number", sa.Text()),
        sa.Column("item_title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owners", sa.Text()),
        sa.Column("due_text", sa.Text()),
        sa.Column("due_from", sa.Date()),
        sa.Column("due_to", sa.Date()),
        sa.Column("due_start", sa.Integer()),
        sa.Column("due_end", sa.Integer()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decision_id", sa.Text()),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_actions_decision_id_decisions"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_actions_document_id_documents"),
        sa.PrimaryKeyConstraint("number", name="pk_actions"),
        sa.UniqueConstraint("document_id", "position", name="uq_actions_document_id_position"),
        sa.UniqueConstraint("id", name="uq_actions_id"),
    )
    op.create_index("ix_actions_decision_id", "actions", ["decision_id"])
    op.create_index("ix_actions_due_to", "actions", ["due_to"])
    op.create_index("ix_actions_status", "actions", ["status"])


def _make_evidence() -> None:
    """Make the tables of what belongs to a decision or an action."""
    op.create_table(
        "mentions",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Text()),
        sa.Column("action_id", sa.Text()),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("page_number", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.CheckConstraint("(decision_id IS NULL) <> (action_id IS NULL)", name="ck_mentions_one_record"),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name="fk_mentions_action_id_actions"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_mentions_decision_id_decisions"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_mentions_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_mentions"),
    )
    op.create_index("ix_mentions_action_id", "mentions", ["action_id"])
    op.create_index("ix_mentions_decision_id", "mentions", ["decision_id"])
    op.create_table(
        "owners",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Text()),
        sa.Column("action_id", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.CheckConstraint("(decision_id IS NULL) <> (action_id IS NULL)", name="ck_owners_one_record"),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name="fk_owners_action_id_actions"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_owners_decision_id_decisions"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_owners_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_owners"),
    )
    op.create_index("ix_owners_action_id", "owners", ["action_id"])
    op.create_index("ix_owners_decision_id", "owners", ["decision_id"])
    op.create_table(
        "named_votes",
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("ballot", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_named_votes_decision_id_decisions"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_named_votes_document_id_documents"),
        sa.PrimaryKeyConstraint("decision_id", "position", name="pk_named_votes"),
    )
    op.create_index("ix_named_votes_document_id", "named_votes", ["document_id"])


def _make_sums() -> None:
    """Make the tables of sums."""
    op.create_table(
        "sums",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("page_number", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_sums_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_sums"),
    )
    op.create_index("ix_sums_amount", "sums", ["amount"])
    op.create_table(
        "decision_sums",
        sa.Column("decision_id", sa.Text(), nullable=False),
        sa.Column("sum_position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_decision_sums_decision_id_decisions"),
        sa.ForeignKeyConstraint(
            ["document_id", "sum_position"],
            ["sums.document_id", "sums.position"],
            name="fk_decision_sums_document_id_sum_position_sums",
        ),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_decision_sums_document_id_documents"),
        sa.PrimaryKeyConstraint("decision_id", "sum_position", name="pk_decision_sums"),
    )
    op.create_index("ix_decision_sums_document_id_sum_position", "decision_sums", ["document_id", "sum_position"])


def _make_facts() -> None:
    """Make the tables of what else a document tells."""
    op.create_table(
        "dates",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("page_number", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("date_from", sa.Date()),
        sa.Column("date_to", sa.Date()),
        sa.Column("precision", sa.Text()),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_dates_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_dates"),
    )
    op.create_index("ix_dates_date_from", "dates", ["date_from"])
    op.create_table(
        "interests",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("withdrew", sa.Boolean()),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("page_number", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_interests_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_interests"),
    )
    op.create_table(
        "attendance",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("page_number", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_attendance_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_attendance"),
    )
    op.create_table(
        "warnings",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_warnings_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_warnings"),
    )
    op.create_index("ix_warnings_code", "warnings", ["code"])
