"""Show in the views each record once, and keep beside each decided sum what totals ask of its decision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from minutes_miner.store.migrations.versions import v0001_first_tables as first
from minutes_miner.store.migrations.versions import v0005_keeping as kept

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_DECISIONS = first.DECISIONS_OVERVIEW.replace(
    "sums, largest_amount, currency,",
    "sums, decided_amount, decided_currency, largest_amount, currency,",
).replace("reason, confidence,", "reason, topics, corrected, confidence,")
_ACTIONS = first.ACTIONS_OVERVIEW.replace("actions.confidence,", "actions.corrected, actions.confidence,")
_SUMS = first.SUMS_OVERVIEW.replace("quote, page_number,", "quote, page_number, sums.role,")
_VIEWS = (
    f"{_DECISIONS} AND decisions.same_as IS NULL AND NOT decisions.is_suppressed",
    f"{_ACTIONS} AND actions.same_as IS NULL AND NOT actions.is_suppressed",
    f"{_SUMS} AND NOT coalesce(decisions.is_suppressed, false)",
)

_COLUMNS = ("kind", "outcome", "standing")
_FILL = """UPDATE decided_sums SET kind = decisions.kind, outcome = decisions.outcome, topics = decisions.topics,
    standing = CASE WHEN decisions.is_suppressed THEN 'h' ELSE
      (CASE WHEN NOT documents.is_current THEN 's' WHEN same_as IS NULL THEN 'c' ELSE 'd' END)
      || (CASE WHEN procedural THEN 'p' ELSE 'n' END) END
  FROM decisions, documents WHERE decisions.number = decided_sums.number AND documents.id = decisions.document_id"""
_REPEATED = """UPDATE decided_sums SET once = (
  SELECT CASE WHEN count(*) > 1 THEN min(position) END FROM decided_sums AS others
  WHERE others.document_id = decided_sums.document_id AND others.amount = decided_sums.amount
    AND others.currency = decided_sums.currency AND coalesce(others.item, '') = coalesce(decided_sums.item, ''))"""


def upgrade() -> None:
    """Make the views anew, add the indexes, and add the columns and fill them."""
    _replace_views(_VIEWS)
    op.create_index("ix_documents_mined_at", "documents", ["mined_at"])
    op.create_index("ix_corrections_undone_at", "corrections", ["undone_at"])
    for name in _COLUMNS:
        op.add_column("decided_sums", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("decided_sums", sa.Column("topics", sa.Text))
    op.add_column("decided_sums", sa.Column("once", sa.Integer))
    op.execute(_FILL)
    op.execute(_REPEATED)


def downgrade() -> None:
    """Remove them, and make the views as they were."""
    for name in (*_COLUMNS, "topics", "once"):
        op.drop_column("decided_sums", name)
    op.drop_index("ix_corrections_undone_at", "corrections")
    op.drop_index("ix_documents_mined_at", "documents")
    _replace_views(kept.SHOWN)


def _replace_views(statements: tuple[str, ...]) -> None:
    for view in first.VIEWS:
        op.execute(f"DROP VIEW {view}")
    for statement in statements:
        op.execute(statement)
