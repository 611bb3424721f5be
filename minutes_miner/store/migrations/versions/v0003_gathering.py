"""Make the tables of the gatherer, and tell which records say the same in several papers of a meeting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from minutes_miner.store.migrations.versions.v0001_first_tables import ACTIONS_OVERVIEW, DECISIONS_OVERVIEW

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_VIEWS = {"decisions": DECISIONS_OVERVIEW, "actions": ACTIONS_OVERVIEW}
_PLACE = (("file", sa.Text), ("start", sa.BigInteger), ("length", sa.Integer))


def upgrade() -> None:
    """Make everything."""
    for table, view in _VIEWS.items():
        op.add_column(table, sa.Column("same_as", sa.Text))
        op.create_index(f"ix_{table}_same_as", table, ["same_as"])
        op.execute(f"DROP VIEW {table}_overview")
        op.execute(f"{view} AND {table}.same_as IS NULL")
    op.add_column("sources", sa.Column("url", sa.Text))
    _make_authorities()
    _make_occasions()
    _make_requests()
    _make_papers()


def downgrade() -> None:
    """Remove everything."""
    for table in ("papers", "requests", "occasions", "committees", "authorities"):
        op.drop_table(table)
    op.drop_column("sources", "url")
    for table, view in _VIEWS.items():
        op.execute(f"DROP VIEW {table}_overview")
        op.execute(view)
        op.drop_index(f"ix_{table}_same_as", table)
        op.drop_column(table, "same_as")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]


def _make_authorities() -> None:
    op.create_table(
        "authorities",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        *_words("kind", "territory", "platform", "base_url", "began_at", "ended_at"),
        sa.PrimaryKeyConstraint("code", name="pk_authorities"),
    )
    op.create_index("ix_authorities_name", "authorities", ["name"])
    op.create_index("ix_authorities_territory", "authorities", ["territory"])
    op.create_table(
        "committees",
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.PrimaryKeyConstraint("authority", "key", name="pk_committees"),
        _of_authority("committees"),
    )


def _of_authority(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["authority"], ["authorities.code"], name=f"fk_{table}_authority_authorities")


def _make_occasions() -> None:
    op.create_table(
        "occasions",
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        *_words("committee", "committee_name"),
        sa.Column("day", sa.Date),
        sa.Column("title", sa.Text),
        sa.Column("standing", sa.Text, nullable=False),
        *_words("url", "within"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text),
        sa.Column("is_dirty", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("authority", "key", name="pk_occasions"),
        sa.CheckConstraint("kind IN ('meeting', 'notice')", name=op.f("ck_occasions_kind")),
        _of_authority("occasions"),
    )
    op.create_index("ix_occasions_authority_day", "occasions", ["authority", "day"])
    op.create_index("ix_occasions_authority_within", "occasions", ["authority", "within"])


def _make_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("authority", "url", "host", "page")),
        sa.Column("occasion", sa.Text),
        sa.Column("day", sa.Date),
        sa.Column("is_list", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("facts", "state")),
        *_words("reason", "due", "fetched_at"),
        sa.Column("status", sa.Integer),
        *_words("answered_by", "media_type", "etag", "last_modified", "sha256"),
        sa.Column("size", sa.BigInteger),
        *(sa.Column(name, kind) for name, kind in _PLACE),
        sa.PrimaryKeyConstraint("number", name="pk_requests"),
        sa.UniqueConstraint("authority", "url", name="uq_requests_authority_url"),
        _of_authority("requests"),
    )
    op.create_index("ix_requests_authority_occasion", "requests", ["authority", "occasion"])
    op.create_index("ix_requests_frontier", "requests", ["host", "state", "number"])


def _make_papers() -> None:
    op.create_table(
        "papers",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("authority", "source", "occasion")),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        *(sa.Column(name, kind, nullable=False) for name, kind in _PLACE),
        sa.PrimaryKeyConstraint("authority", "source", name="pk_papers"),
        _of_authority("papers"),
        sa.ForeignKeyConstraint(
            ["authority", "occasion"],
            ["occasions.authority", "occasions.key"],
            name="fk_papers_authority_occasion_occasions",
        ),
    )
    op.create_index("ix_papers_authority_occasion", "papers", ["authority", "occasion"])
    op.create_index("ix_papers_source", "papers", ["source"])
