"""Let a migration ask for what is done once the tables are of the newest layout.

Migrations change tables and what follows from them by SQL alone: code of the program knows the newest layout only.
"""

from __future__ import annotations

from alembic import context

TAGS = "tags"
"""Name of the request, among the attributes of Alembic's configuration."""


def ask_for_tags() -> None:
    """Have the tags of all decisions written anew, and the indexes of words that hold them built."""
    context.config.attributes[TAGS] = True
