"""Number the decisions by day and tag them with what they can be filtered by, for a search of millions."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from minutes_miner.store.migrations.asking import ask_for_tags
from minutes_miner.store.migrations.versions.v0001_first_tables import postgresql_index, sqlite_index
from minutes_miner.store.numbers import document_numbers, number_of, slot_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_PAPERS = 500
_COLUMNS = "text, item_title, tags"
_SMALLEST = """UPDATE decisions SET smallest_amount = (
  SELECT min(amount) FROM decision_sums JOIN sums
    ON sums.document_id = decision_sums.document_id AND sums.position = decision_sums.sum_position
  WHERE decision_sums.decision_id = decisions.id) WHERE largest_amount IS NOT NULL"""


def upgrade() -> None:
    """Add the columns, number the decisions, and make an index of words and tags; whoever upgrades fills it."""
    op.create_table(
        "facet_values",
        sa.Column("tag", sa.Text, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("search_key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("tag", name="pk_facet_values"),
    )
    op.create_index("ix_facet_values_field", "facet_values", ["field"])
    op.add_column("decisions", sa.Column("smallest_amount", sa.Numeric))
    op.add_column("decisions", sa.Column("tags", sa.Text, nullable=False, server_default=""))
    _drop_index()
    for name in ("kind", "outcome", "largest_amount"):
        op.drop_index(f"ix_decisions_{name}", "decisions")
    op.execute(_SMALLEST)
    _number_decisions()
    op.create_index("ix_decisions_largest_amount_number", "decisions", ["largest_amount", "number"])
    for statement in _sqlite_index() if _is_sqlite() else _postgresql_index():
        op.execute(statement)
    ask_for_tags()


def downgrade() -> None:
    """Index the words alone again; the numbers stay."""
    _drop_index()
    op.drop_index("ix_decisions_largest_amount_number", "decisions")
    for name in ("smallest_amount", "tags"):
        op.drop_column("decisions", name)
    for name in ("kind", "outcome", "largest_amount"):
        op.create_index(f"ix_decisions_{name}", "decisions", [name])
    for statement in sqlite_index("decisions") if _is_sqlite() else postgresql_index("decisions"):
        op.execute(statement)
    if _is_sqlite():
        op.execute("INSERT INTO decisions_fts (decisions_fts) VALUES ('rebuild')")
    else:
        _restore_actions()
    op.drop_table("facet_values")


def _restore_actions() -> None:
    op.execute("ALTER TABLE actions DROP COLUMN search_vector")
    for statement in postgresql_index("actions"):
        op.execute(statement)
    for kind in ("CONFIGURATION", "DICTIONARY"):
        op.execute(f"DROP TEXT SEARCH {kind} minutes")


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _drop_index() -> None:
    if not _is_sqlite():
        op.execute("ALTER TABLE decisions DROP COLUMN search_vector")
        return
    for event in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER decisions_fts_{event}")
    op.execute("DROP TABLE decisions_fts")


def _number_decisions() -> None:
    """Number by day and document; negative numbers are in nobody's way meanwhile."""
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE decisions SET number = -number"))
    documents = sa.table("documents", sa.column("id"), sa.column("meeting_date", sa.Date))
    found = connection.execute(sa.select(documents).order_by(documents.c.id)).all()
    taken: set[tuple[int, int]] = set()
    for start in range(0, len(found), _PAPERS):
        some = found[start : start + _PAPERS]
        numbers = _read_numbers(connection, [row.id for row in some])
        moves: list[dict[str, Any]] = []
        for document, day in some:
            old = numbers[document]
            slot = _take_slot(taken, document, day, len(old))
            moves += ({"old": number, "new": number_of(day, slot, place)} for place, number in enumerate(old))
        if moves:
            connection.execute(sa.text("UPDATE decisions SET number = :new WHERE number = :old"), moves)


def _read_numbers(connection: sa.Connection, ids: list[str]) -> dict[str, list[int]]:
    """Read the numbers of the decisions in some documents, in their order."""
    decisions = sa.table("decisions", *map(sa.column, ("number", "document_id", "position")))
    of_them = sa.select(decisions.c.document_id, decisions.c.number).where(decisions.c.document_id.in_(ids))
    numbers: dict[str, list[int]] = {one: [] for one in ids}
    for document, number in connection.execute(of_them.order_by(decisions.c.document_id, decisions.c.position)):
        numbers[document].append(number)
    return numbers


def _take_slot(taken: set[tuple[int, int]], document: str, day: date | None, count: int) -> int:
    """Find slots that no other document of the day has, as :func:`minutes_miner.store.numbers.find_slot` does."""
    slot = slot_of(document)
    while True:
        needed = {document_numbers(number_of(day, slot, place)) for place in range(count)}
        if not needed & taken:
            taken |= needed
            return slot
        slot -= 1


def _sqlite_index() -> list[str]:
    """Index words and tags (FTS5, external content) and keep them in step whoever writes."""
    new, old = ("{0}.number, {0}.text, {0}.item_title, {0}.tags".format(row) for row in ("new", "old"))
    add = f"INSERT INTO decisions_fts (rowid, {_COLUMNS}) VALUES ({new});"
    drop = f"INSERT INTO decisions_fts (decisions_fts, rowid, {_COLUMNS}) VALUES ('delete', {old});"
    tokens = "porter unicode61 remove_diacritics 2"
    options = f'content="decisions", content_rowid="number", tokenize="{tokens}"'
    return [
        f"CREATE VIRTUAL TABLE decisions_fts USING fts5 ({_COLUMNS}, {options})",
        f"CREATE TRIGGER decisions_fts_insert AFTER INSERT ON decisions BEGIN {add} END",
        f"CREATE TRIGGER decisions_fts_delete AFTER DELETE ON decisions BEGIN {drop} END",
        f"CREATE TRIGGER decisions_fts_update AFTER UPDATE OF number, {_COLUMNS} ON decisions BEGIN {drop} {add} END",
    ]


def _postgresql_index() -> list[str]:
    """Index the same on PostgreSQL: endings as FTS5 takes them off, and no word too common to be looked for.

    What the planner knows of the commonest words and tags must reach down to single authorities.
    """
    tags = "array_to_tsvector(string_to_array(tags, ' '))"
    kinds = "asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart"
    return [
        "CREATE TEXT SEARCH DICTIONARY minutes (TEMPLATE = snowball, LANGUAGE = porter)",
        "CREATE TEXT SEARCH CONFIGURATION minutes (COPY = simple)",
        f"ALTER TEXT SEARCH CONFIGURATION minutes ALTER MAPPING FOR {kinds} WITH minutes",
        f"ALTER TABLE decisions ADD COLUMN search_vector tsvector GENERATED ALWAYS AS ({_words()} || {tags}) STORED",
        "ALTER TABLE decisions ALTER COLUMN search_vector SET STATISTICS 400",
        "CREATE INDEX ix_decisions_search_vector ON decisions USING gin (search_vector)",
        "ALTER TABLE actions DROP COLUMN search_vector",
        f"ALTER TABLE actions ADD COLUMN search_vector tsvector GENERATED ALWAYS AS ({_words()}) STORED",
        "CREATE INDEX ix_actions_search_vector ON actions USING gin (search_vector)",
    ]


def _words() -> str:
    """Write the words of a row; PostgreSQL refuses more than a megabyte of them."""
    return " || ".join(
        f"setweight(to_tsvector('minutes', {_folded(f'left({column}, 100000)')}), '{weight}')"
        for column, weight in (("text", "A"), ("coalesce(item_title, '')", "B"))
    )


def _folded(text: str) -> str:
    """Write a text without accents, parted where FTS5 parts it; folding is slow, and most texts are ASCII."""
    accents, signs = "[\\u0300-\\u036f]+", f"[{_odd_signs()}]"
    bare = f"regexp_replace(regexp_replace(normalize({text}, NFD), '{accents}', '', 'g'), '{signs}', ' ', 'g')"
    ascii_signs = "".join(f"\\{code:04x}" for code in range(0x21, 0x7F) if not chr(code).isalnum())
    blanks = " " * (len(ascii_signs) // 5)
    plain = f"CASE WHEN octet_length({text}) = length({text}) THEN {text} ELSE {bare} END"
    return f"translate({plain}, U&'{ascii_signs}', '{blanks}')"


def _odd_signs() -> str:
    """List the signs beyond ASCII that part words, for a regular expression's brackets."""
    codes = (*range(0x80, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2070), *range(0x20A0, 0x20D0))
    odd = [code for code in codes if not unicodedata.normalize("NFD", chr(code))[0].isalnum()]
    return "".join(f"\\u{code:04x}" for code in odd)
