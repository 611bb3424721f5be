"""Keep corrections and saved searches, and leave what is suppressed out of the views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from minutes_miner.store.migrations.versions.v0001_first_tables import (
    ACTIONS_OVERVIEW,
    DECISIONS_OVERVIEW,
    SUMS_OVERVIEW,
    VIEWS,
)

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RECORDS = ("decisions", "actions")
SHOWN = (
    f"{DECISIONS_OVERVIEW} AND NOT decisions.is_suppressed",
    f"{ACTIONS_OVERVIEW} AND NOT actions.is_suppressed",
    f"{SUMS_OVERVIEW} AND NOT coalesce(decisions.is_suppressed, false)",
)


def upgrade() -> None:
    """Add the tables, and to records what tells that they were corrected or suppressed."""
    for table in _RECORDS:
        op.add_column(table, sa.Column("corrected", sa.Text))
        suppressed = sa.Column("is_suppressed", sa.Boolean, nullable=False, server_default=sa.text("false"))
        op.add_column(table, suppressed)
    _make_corrections()
    _make_watches()
    _replace_views(SHOWN)


def downgrade() -> None:
    """Remove them; values that were corrected stay."""
    _replace_views((DECISIONS_OVERVIEW, ACTIONS_OVERVIEW, SUMS_OVERVIEW), drop_columns=True)
    for table in ("watch_hits", "watches", "corrections"):
        op.drop_table(table)


def _replace_views(statements: tuple[str, ...], *, drop_columns: bool = False) -> None:
    for view in VIEWS:
        op.execute(f"DROP VIEW {view}")
    for table in _RECORDS if drop_columns else ():
        for name in ("corrected", "is_suppressed"):
            op.drop_column(table, name)
    for statement in statements:
        op.execute(statement)


def _make_corrections() -> None:
    words = "act noun record_id document_id subject_key field old new source_facts new_facts reason made_by made_at"
    further = "undone_by undone_at undone_reason salt digest"
    needed = {"act", "reason", "made_at"}
    op.create_table(
        "corrections",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=name not in needed) for name in f"{words} {further}".split()),
        sa.Column("word_count", sa.Integer),
        sa.CheckConstraint("act IN ('correct', 'suppress', 'redact')", name="ck_corrections_act"),
        sa.PrimaryKeyConstraint("number", name="pk_corrections"),
    )
    for name in ("record_id", "document_id", "subject_key"):
        op.create_index(f"ix_corrections_{name}", "corrections", [name])


def _make_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_for_actions", sa.Boolean, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("ran_at", sa.Text),
        sa.Column("claimed_until", sa.Text),
        sa.PrimaryKeyConstraint("name", name="pk_watches"),
    )
    needed = "watch subject_key record_id document_id facts change".split()
    op.create_table(
        "watch_hits",
        *(sa.Column(name, sa.Text, nullable=False) for name in needed),
        *(sa.Column(name, sa.Text) for name in ("told_at", "details")),
        sa.CheckConstraint("change IN ('known', 'new', 'changed')", name="ck_watch_hits_change"),
        sa.ForeignKeyConstraint(["watch"], ["watches.name"], name="fk_watch_hits_watch_watches"),
        sa.PrimaryKeyConstraint("watch", "subject_key", name="pk_watch_hits"),
    )
    op.create_index("ix_watch_hits_watch_told_at", "watch_hits", ["watch", "told_at"])
