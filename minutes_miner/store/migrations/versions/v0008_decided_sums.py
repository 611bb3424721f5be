"""Tell what each sum is, and which sums decisions decide, so that a search for money finds those."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from minutes_miner.store.migrations.asking import ask_for_tags

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# of what was mined before, nobody knows the roles: a sum counts where the decision settles something
_FILL = """INSERT INTO decided_sums (number, position, document_id, item, amount, currency, is_spent)
  SELECT decisions.number, sums.position, sums.document_id, coalesce(item_number, item_title), amount,
    sums.currency, {yes}
  FROM decisions
    JOIN decision_sums ON decision_sums.decision_id = decisions.id
    JOIN sums ON sums.document_id = decision_sums.document_id AND sums.position = decision_sums.sum_position
  WHERE decisions.kind IN ('approve', 'agree', 'authorise')"""
_LARGEST = """UPDATE decisions SET decided_amount = largest_amount, least_decided = smallest_amount,
  decided_currency = currency WHERE kind IN ('approve', 'agree', 'authorise') AND largest_amount IS NOT NULL"""


def upgrade() -> None:
    """Add the columns and the table, fill them, and have decisions tagged with what they decide."""
    op.add_column("sums", sa.Column("role", sa.Text))
    op.add_column("decisions", sa.Column("decided_amount", sa.Numeric))
    op.add_column("decisions", sa.Column("least_decided", sa.Numeric))
    op.add_column("decisions", sa.Column("decided_currency", sa.Text))
    op.create_table(
        "decided_sums",
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("amount", sa.Numeric, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("role", sa.Text),
        sa.Column("is_spent", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["decisions.number"], name="fk_decided_sums_number_decisions"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_decided_sums_document_id_documents"),
        sa.PrimaryKeyConstraint("number", "position", name="pk_decided_sums"),
        sqlite_with_rowid=False,
    )
    op.execute(_FILL.format(yes="1" if op.get_context().dialect.name == "sqlite" else "true"))
    op.execute(_LARGEST)
    op.drop_index("ix_decisions_largest_amount_number", "decisions")
    op.create_index("ix_decisions_decided_amount_number", "decisions", ["decided_amount", "number"])
    op.create_index("ix_decided_sums_document_id", "decided_sums", ["document_id"])
    ask_for_tags()


def downgrade() -> None:
    """Remove them; the tags stay, and a search for money finds what is decided until they are written anew."""
    op.drop_table("decided_sums")
    op.drop_index("ix_decisions_decided_amount_number", "decisions")
    op.create_index("ix_decisions_largest_amount_number", "decisions", ["largest_amount", "number"])
    for name in ("decided_amount", "least_decided", "decided_currency"):
        op.drop_column("decisions", name)
    op.drop_column("sums", "role")
