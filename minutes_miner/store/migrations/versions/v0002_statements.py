"""Keep what an item says beside its decision: alternatives, call-in, portfolio holder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ("alternatives", "call_in", "portfolio_holder")


def upgrade() -> None:
    """Add the columns."""
    for name in COLUMNS:
        op.add_column("decisions", sa.Column(name, sa.Text))


def downgrade() -> None:
    """Remove the columns."""
    for name in reversed(COLUMNS):
        op.drop_column("decisions", name)
