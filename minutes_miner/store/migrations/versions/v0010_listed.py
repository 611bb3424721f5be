"""Index what a list of deadlines reads, so that it reads no row to tell what it leaves out."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OF_DOCUMENTS = ["id", "is_current", "authority", "committee", "territory", "meeting_date"]
_OF_ACTIONS = ["due_to", "number", "status", "is_suppressed", "document_id"]


def upgrade() -> None:
    """Add the indexes; the one of actions begins as the one of deadlines did, which it replaces."""
    op.create_index("ix_documents_listed", "documents", _OF_DOCUMENTS)
    op.create_index("ix_actions_listed", "actions", _OF_ACTIONS)
    op.drop_index("ix_actions_due_to", "actions")


def downgrade() -> None:
    """Remove them."""
    op.create_index("ix_actions_due_to", "actions", ["due_to"])
    op.drop_index("ix_actions_listed", "actions")
    op.drop_index("ix_documents_listed", "documents")
