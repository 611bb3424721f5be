"""Remember runs and what each found, so that a new model can be compared with the one before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables; what was mined before belongs to no run."""
    op.create_table(
        "runs",
        sa.Column("id", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("began", sa.Text, nullable=False),
        sa.Column("ended", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("state", "pipeline", "model", "options", "counts")),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.CheckConstraint("state IN ('running', 'finished', 'stopped', 'failed')", name=op.f("ck_runs_state")),
    )
    op.create_table(
        "run_documents",
        sa.Column("run_id", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.Text, nullable=False),
        sa.Column("records", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "document_id", name="pk_run_documents"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_documents_run_id_runs"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_run_documents_document_id_documents"),
    )
    op.create_index("ix_run_documents_document_id", "run_documents", ["document_id"])
    op.add_column("documents", sa.Column("run_id", _NUMBER))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("documents", "run_id")
    op.drop_table("run_documents")
    op.drop_table("runs")
