"""Keep of a saved search which reader of the web application it is mailed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = ("subscriber", "title", "site", "path", "stop_key")
_INDEX = "ix_watches_stop_key"


def upgrade() -> None:
    """Add the columns."""
    for name in _COLUMNS:
        op.add_column("watches", sa.Column(name, sa.Text))
    op.create_index(_INDEX, "watches", ["stop_key"], unique=True)


def downgrade() -> None:
    """Remove them, and with them the searches of readers: nobody could be told any more."""
    op.execute("DELETE FROM watch_hits WHERE watch IN (SELECT name FROM watches WHERE subscriber IS NOT NULL)")
    op.execute("DELETE FROM watches WHERE subscriber IS NOT NULL")
    op.drop_index(_INDEX, "watches")
    for name in _COLUMNS:
        op.drop_column("watches", name)
