"""Keep what decisions are about, and where in the United Kingdom a document's authority lies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from minutes_miner.store.migrations.asking import ask_for_tags

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TERRITORIES = """UPDATE documents SET territory = (
  SELECT min(territory) FROM authorities WHERE authorities.name = documents.authority) WHERE authority IS NOT NULL"""


def upgrade() -> None:
    """Add columns and table; a document of an authority that was gathered is told its territory."""
    op.add_column("decisions", sa.Column("topics", sa.Text))
    op.add_column("documents", sa.Column("territory", sa.Text))
    op.create_table(
        "decision_topics",
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name="fk_decision_topics_decision_id_decisions"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_decision_topics_document_id_documents"
        ),
        sa.PrimaryKeyConstraint("decision_id", "topic", name="pk_decision_topics"),
    )
    op.create_index("ix_decision_topics_document_id", "decision_topics", ["document_id"])
    op.execute(_TERRITORIES)
    ask_for_tags()


def downgrade() -> None:
    """Remove them; tags of topics and territories stay, which no filter of the older layout asks for."""
    op.drop_table("decision_topics")
    op.drop_column("documents", "territory")
    op.drop_column("decisions", "topics")
