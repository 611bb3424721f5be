"""Hold the steps from one layout of the tables to the next (Alembic)."""

HEAD = "0012"
"""The newest revision; kept here so that opening a database that has it need not import Alembic."""

LOADING = "loading"
"""Stands in the place of the revision while a database is being filled by a copy."""

VERSION_TABLE = "schema_version"
"""Alembic's table, renamed so that it can live beside another program's in one PostgreSQL database."""
