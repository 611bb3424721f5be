"""Keep what readers corrected and removed in force when a document is mined again, or a new version of it.

Corrections hold for a record by its id, which is the same whenever the same bytes are mined, and for a record of
another version of its document by its key (:mod:`minutes_miner.store.recordkey`): there a row is added to the trail.
A correction of what a whole document shares holds in a new version that still says what was corrected.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, insert, or_, select, update

from minutes_miner.store.correctable import CORRECTABLE, DAYS, OWNER_ROWS, Facts, describe
from minutes_miner.store.keepingtables import corrections
from minutes_miner.store.query import fold
from minutes_miner.store.recordkey import record_keys
from minutes_miner.store.redaction import cover_rows, find_phrases, iter_words
from minutes_miner.store.sumrows import (
    SUM_ROWS,
    clause_in,
    columns_of,
    pick_sums,
    place_sums,
    replace_sums,
    sums_in,
)
from minutes_miner.store.tables import source_versions

Row = dict[str, Any]
Records = dict[str, list[Row]]

NOUNS = {"decision": "decisions", "action": "actions"}
"""The tables of records, by what a record is called."""

_SHARED = tuple(field.name for field in CORRECTABLE if field.is_of_document)
_BATCH = 500


class Held(NamedTuple):
    """Hold a correction that is in force."""

    number: int
    act: str
    noun: str
    record_id: str
    document_id: str
    field: str | None
    source_facts: Facts
    new_facts: Facts

    @property
    def is_of_document(self) -> bool:
        """Whether all records of the document share what was corrected."""
        return self.field in _SHARED


def keep(connection: Connection, source: str, document: Row, records: Records) -> tuple[Row, Records]:
    """Give a document's rows as readers left them.

    Args:
        connection: inside the transaction that will write them.
        source: where the document was read.
        document: its row, as the document says.
        records: rows by table, see :func:`minutes_miner.store.rows.record_rows`.
    """
    if connection.scalar(select(corrections.c.number).limit(1)) is None:
        return document, records
    family = _family(connection, source, document["id"])
    ids = _ids(document, records)
    document, records = _remove_words(connection, family, document, records)
    ids |= _ids(document, records)  # a record may have been corrected before words were removed, or after
    _carry_over(connection, family, document, records, ids)
    return _apply(connection, document, records)


def held_of(connection: Connection, document_id: str) -> list[Held]:
    """List the corrections in force on a document and its records, in their order."""
    wanted = select(*(corrections.c[name] for name in Held._fields)).where(
        corrections.c.document_id == document_id, corrections.c.act != "redact", corrections.c.undone_at.is_(None)
    )
    return [_held(row) for row in connection.execute(wanted.order_by(corrections.c.number))]


def pick(row: Mapping[str, Any], columns: Iterable[str], owned: Iterable[Mapping[str, Any]]) -> Facts:
    """Give some columns of a record as JSON holds them; its sums are looked for beside them."""
    facts: Facts = {}
    for name in columns:
        if name == OWNER_ROWS:
            facts[name] = [{part: owner[part] for part in ("text", "name", "role")} for owner in owned]
        elif name == SUM_ROWS:
            facts[name] = pick_sums(row[name])
        else:
            facts[name] = row[name].isoformat() if isinstance(row[name], date) else row[name]
    return facts


def as_columns(facts: Facts) -> Row:
    """Give facts as the values of columns, owners apart, and of sums what the record itself tells."""
    columns = {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in facts.items()
        if name not in {OWNER_ROWS, SUM_ROWS}
    }
    return columns | (columns_of(facts[SUM_ROWS]) if SUM_ROWS in facts else {})


def owner_rows(facts: Facts, key: Row) -> list[Row]:
    """Give the rows of ``owners`` that facts tell of, without document and position."""
    return [
        {**key, **owner, "search_key": fold(" | ".join(part for part in owner.values() if part))}
        for owner in facts[OWNER_ROWS]
    ]


def _held(row: Any) -> Held:
    told = dict(row._mapping)
    facts = {name: json.loads(told[name] or "{}") for name in ("source_facts", "new_facts")}
    return Held(**{**told, **facts})


def _family(connection: Connection, source: str, document_id: str) -> list[str]:
    """List the documents that a source held, this one among them."""
    held = select(source_versions.c.document_id).where(source_versions.c.source == source)
    return list(dict.fromkeys((document_id, *connection.scalars(held))))


def _ids(document: Row, records: Records) -> dict[str, str]:
    """Give the ids of the records by their keys."""
    keys = (record_keys(noun, document, records[table]) for noun, table in NOUNS.items())
    return {key: record_id for some in keys for record_id, key in some.items()}


def _remove_words(
    connection: Connection, family: Sequence[str], document: Row, records: Records
) -> tuple[Row, Records]:
    columns = (corrections.c.salt, corrections.c.word_count, corrections.c.digest)
    is_meant = or_(corrections.c.document_id.is_(None), corrections.c.document_id.in_(family))
    wanted = select(*columns).where(corrections.c.act == "redact", corrections.c.undone_at.is_(None), is_meant)
    known: dict[tuple[str, int], set[str]] = defaultdict(set)
    for salt, count, digest in connection.execute(wanted):
        known[salt, count].add(digest)
    phrases = find_phrases(iter_words(document, records), known) if known else set()
    return cover_rows(document, records, phrases) if phrases else (document, records)


def _carry_over(
    connection: Connection, family: Sequence[str], document: Row, records: Records, ids: Mapping[str, str]
) -> None:
    """Add to the trail what holds for this version of a document, too."""
    rows = {row["id"]: row for table in NOUNS.values() for row in records[table]}
    found = _find_others(connection, family, list(ids))
    own = {_mark(row) for row in found if row.document_id == document["id"]}
    for row in found:
        if _mark(row) in own:
            continue
        record = rows.get(ids.get(row.subject_key, ""), {"id": row.record_id})
        if row.field in _SHARED and row.document_id in family:
            facts = pick(document, json.loads(row.source_facts), ())
            if facts != json.loads(row.source_facts):
                continue
        elif row.field not in _SHARED and "text" in record:
            owned = [one for one in records["owners"] if one[f"{row.noun}_id"] == record["id"]]
            record = {**record, SUM_ROWS: sums_in(records, record["id"])}
            facts = pick(record, json.loads(row.source_facts or "{}"), owned)
        else:
            continue
        own.add(_mark(row))
        _add_row(connection, row, facts, {"record_id": record["id"], "document_id": document["id"]})


def _mark(row: Any) -> tuple[Any, ...]:
    return (row.act, row.subject_key, row.field, row.new_facts, row.made_at)


def _find_others(connection: Connection, family: Sequence[str], keys: Sequence[str]) -> list[Any]:
    """List what is in force on records of the same keys, or on other versions of the document, in its order."""
    shared = and_(corrections.c.document_id.in_(family), corrections.c.field.in_(_SHARED))
    found = {row.number: row for row in _in_force(connection, shared)}
    for start in range(0, len(keys), _BATCH):
        some = corrections.c.subject_key.in_(keys[start : start + _BATCH])
        found |= {row.number: row for row in _in_force(connection, some)}
    return [found[number] for number in sorted(found)]


def _in_force(connection: Connection, condition: Any) -> list[Any]:
    wanted = select(corrections).where(condition, corrections.c.undone_at.is_(None), corrections.c.act != "redact")
    return list(connection.execute(wanted))


def _add_row(connection: Connection, row: Any, source_facts: Facts, named: Row) -> None:
    values = {name: value for name, value in row._mapping.items() if name != "number"} | named
    if row.field:
        values |= {"source_facts": json.dumps(source_facts, ensure_ascii=False)}
        values |= {"old": describe(row.field, source_facts)}
    connection.execute(insert(corrections).values(values))


def _apply(connection: Connection, document: Row, records: Records) -> tuple[Row, Records]:
    """Put corrected values in the place of the document's own."""
    held = held_of(connection, document["id"])
    if not held:
        return document, records
    document = dict(document)
    shared = [one.field for one in held if one.is_of_document and one.field]
    for one in held:
        if one.is_of_document:
            document |= as_columns(one.new_facts)
    kept = {name: list(rows) for name, rows in records.items()}
    for noun, table in NOUNS.items():
        of_noun = [one for one in held if one.noun == noun and not one.is_of_document]
        kept[table] = [_apply_to(connection, row, of_noun, shared, kept) for row in kept[table]]
    kept["owners"] = [{**row, "position": position} for position, row in enumerate(kept["owners"])]
    return document, kept


def _apply_to(
    connection: Connection, row: Row, held: Sequence[Held], shared: Sequence[str], kept: dict[str, list[Row]]
) -> Row:
    row = {**row, "is_suppressed": False, "corrected": None}
    own: Facts = {}
    fields = list(shared)
    for one in (found for found in held if found.record_id == row["id"]):
        if one.act == "suppress":
            row["is_suppressed"] = True
            continue
        fields.append(str(one.field))
        key = f"{one.noun}_id"
        owned = [owner for owner in kept["owners"] if owner[key] == row["id"]]
        stated = {**row, SUM_ROWS: sums_in(kept, row["id"])}
        own = {**pick(stated, one.new_facts, owned), **own}
        told = {name: own[name] for name in one.new_facts}
        if told != one.source_facts:
            changed = update(corrections).where(corrections.c.number == one.number)
            connection.execute(changed.values(source_facts=json.dumps(told, ensure_ascii=False)))
        row |= as_columns(one.new_facts)
        if SUM_ROWS in one.new_facts:
            clause = clause_in(kept, row["id"])
            replace_sums(kept, row, place_sums(one.new_facts[SUM_ROWS], own[SUM_ROWS], clause))
        if OWNER_ROWS in one.new_facts:
            other = "action_id" if one.noun == "decision" else "decision_id"
            new = owner_rows(one.new_facts, {key: row["id"], other: None, "document_id": row["document_id"]})
            kept["owners"] = [owner for owner in kept["owners"] if owner[key] != row["id"]] + new
    row["corrected"] = "; ".join(dict.fromkeys(fields)) or None
    return row
