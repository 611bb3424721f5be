"""Run the migrations on the connection that the caller opened; Alembic executes this file."""

from __future__ import annotations

from alembic import context

from minutes_miner.store import (  # noqa: F401 - their tables are part of the metadata
    gathertables,
    keepingtables,
    partytables,
)
from minutes_miner.store.migrations import VERSION_TABLE
from minutes_miner.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
