"""Keep who appears in the papers; the names are resolved when documents are mined next, or by ``db upgrade``."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from minutes_miner.domain.resolution import scope_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and note that the names of every document are to be resolved."""
    op.create_table(
        "parties",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "scope")),
        sa.Column("authority", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "name", "search_key")),
        sa.Column("is_resolved", sa.Boolean, nullable=False),
        sa.Column("may_be", sa.Text),
        sa.CheckConstraint("kind IN ('person', 'post', 'body')", name="ck_parties_kind"),
        sa.PrimaryKeyConstraint("id", name="pk_parties"),
    )
    op.create_index("ix_parties_scope_kind", "parties", ["scope", "kind"])
    op.create_table(
        "appearances",
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("party_id", "part", "text")),
        *(sa.Column(name, sa.Text) for name in ("role", "decision_id", "action_id", "ballot")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_appearances_document_id_documents"),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name="fk_appearances_party_id_parties"),
        sa.PrimaryKeyConstraint("document_id", "position", name="pk_appearances"),
    )
    op.create_index("ix_appearances_party_id", "appearances", ["party_id"])
    op.create_table(
        "party_queue",
        sa.Column("scope", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_party_queue"),
    )
    _fill_queue()


def downgrade() -> None:
    """Remove the tables; tags of voters and movers stay, which no filter of the older layout asks for."""
    for table in ("party_queue", "appearances", "parties"):
        op.drop_table(table)


def _fill_queue() -> None:
    connection = op.get_bind()
    documents = sa.table("documents", sa.column("id"), sa.column("authority"))
    known = connection.scalars(sa.select(documents.c.authority).distinct().where(documents.c.authority.is_not(None)))
    scopes = {scope for name in known.all() if (scope := scope_of(name))}
    unknown = connection.scalars(sa.select(documents.c.id).where(documents.c.authority.is_(None)))
    scopes |= {f"document:{document}" for document in unknown.all()}
    if scopes:
        queue = sa.table("party_queue", sa.column("scope"))
        connection.execute(sa.insert(queue), [{"scope": scope} for scope in sorted(scopes)])
