"""Turn what a decision can be filtered by into tags, words that stand beside its text in the full-text index.

A filter is then one more word to look for: the index itself meets words and filters, and reads no row for it. A tag
begins with a sign that no reader can type, so that it is never taken for a word of the text; its letter tells what it
is about. ``decisions.tags`` holds a decision's tags; the table ``facet_values`` tells which value a tag stands for.

To let decisions be filtered and counted by one more thing, add a line to FACETS and a migration that calls
:func:`minutes_miner.store.migrations.asking.ask_for_tags`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from minutes_miner.domain.vocabulary import Territory
from minutes_miner.store.columns import LARGEST_AMOUNT, clean_text
from minutes_miner.store.query import fold

Row = dict[str, Any]

MARK = "\ue000"
"""Begins every tag: a letter for FTS5, yet nothing that :func:`minutes_miner.store.query.parse_query` lets pass."""

SAMPLES = 5
"""One decision in 4 has the first sample tag, one in 16 the second too, and so on; an id always has the same ones."""

BUCKETS = 10
"""Sums are put in so many buckets a power of ten, each with a tag, so that they can be sorted bucket by bucket."""

HAS_SUM = MARK + "m0"
"""Stands with what decides a sum."""

HAS_MENTION = MARK + "e0"
"""Stands with what names a sum, decided or not."""


class Value(NamedTuple):
    """Hold one value of a facet: what a reader sees, and the folded text that a part of its name is looked for in."""

    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Hold the rows that tell what a decision can be filtered by: its document, itself, its owners, who had part in it.

    Attributes:
        parts: who moved, seconded and voted: rows of ``appearances`` with the name and search key of their parties.
    """

    document: Row
    decision: Row
    owners: Sequence[Row] = ()
    parts: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """Name something that decisions can be filtered and counted by.

    Attributes:
        field: its name, as in a query.
        letter: of its tags; no two facets share one, and ``bdemvz`` are taken.
        read: gives a decision's values.
        is_open: whether a part of a name is enough, as for an authority; otherwise the value must be written out.
        is_counted: whether facets count it.
    """

    field: str
    letter: str
    read: Callable[[Subject], Iterable[Value]]
    is_open: bool = True
    is_counted: bool = True


@lru_cache(maxsize=100_000)
def value_of(label: str, name: str) -> Value:
    """Give a value by what is shown of it and what is searched."""
    return Value(clean_text(label), clean_text(fold(name)))


def _column(value: object) -> Iterator[Value]:
    """Give a column's value, or none where it is empty."""
    if value is not None and str(value).strip():
        yield value_of(str(value), str(value))


def _owners(subject: Subject) -> Iterator[Value]:
    for row in subject.owners:
        yield value_of(row["role"] or row["name"] or row["text"], row["search_key"])


def _year(subject: Subject) -> Iterator[Value]:
    day = subject.document["meeting_date"]
    return _column(day.year if day else None)


def _territory(subject: Subject) -> Iterator[Value]:
    code = subject.document.get("territory")
    if code in _TERRITORIES:
        yield value_of(*_TERRITORIES[code])


_TERRITORIES = {place.value: (place.definition, f"{place.definition} {place.value}") for place in Territory}


def _topics(subject: Subject) -> Iterator[Value]:
    for code in (subject.decision.get("topics") or "").split("; "):
        yield from _column(code)


_PARTS = {"mover": "p", "seconder": "q", "voter": "u", "for": "f", "against": "g", "abstained": "x"}

PART_LETTERS: Mapping[str, tuple[str, str | None]] = {
    "p": ("moved", None),
    "q": ("seconded", None),
    "u": ("voted", None),
    "f": ("voted", "for"),
    "g": ("voted", "against"),
    "x": ("voted", "abstain"),
}
"""Part and ballot of the appearances that a facet's letter stands for."""


def _parts(part: str, ballot: str | None = None) -> Callable[[Subject], Iterator[Value]]:
    """Read the parties that moved, seconded or voted, or voted in one way."""

    def read(subject: Subject) -> Iterator[Value]:
        for row in subject.parts:
            if row["part"] == part and ballot in {None, row["ballot"]}:
                yield value_of(row["name"], row["search_key"])

    return read


FACETS = (
    Facet("authority", "a", lambda subject: _column(subject.document["authority"])),
    Facet("territory", "n", _territory),
    Facet("committee", "c", lambda subject: _column(subject.document["committee"])),
    Facet("kind", "k", lambda subject: _column(subject.decision["kind"]), is_open=False),
    Facet("outcome", "o", lambda subject: _column(subject.decision["outcome"]), is_open=False),
    Facet("topic", "t", _topics, is_open=False),
    Facet("year", "y", _year, is_open=False),
    Facet("owner", "w", _owners),
    *(Facet(field, letter, _parts(*PART_LETTERS[letter]), is_counted=False) for field, letter in _PARTS.items()),
)
"""What decisions can be filtered and counted by."""


@lru_cache(maxsize=100_000)
def tag_of(letter: str, value: Value) -> str:
    """Give the tag of a facet's value; it ends in a digit, which keeps FTS5 from taking an English ending off."""
    digest = sha256(f"{value.label}\n{value.key}".encode("utf-8", "replace")).hexdigest()
    return f"{MARK}{letter}{digest[:11]}0"


def visibility_tag(*, is_current: bool, is_procedural: bool, is_copy: bool = False, is_suppressed: bool = False) -> str:
    """Give the tag that tells whether a list shows a decision without being asked to."""
    standing = standing_of(
        is_current=is_current, is_procedural=is_procedural, is_copy=is_copy, is_suppressed=is_suppressed
    )
    return f"{MARK}v{standing}0"


def standing_of(*, is_current: bool, is_procedural: bool, is_copy: bool = False, is_suppressed: bool = False) -> str:
    """Tell in a letter or two whether a list shows a decision without being asked to."""
    if is_suppressed:
        return "h"
    state = "d" if is_copy and is_current else "c" if is_current else "s"
    return f"{state}{'p' if is_procedural else 'n'}"


def standing_in(document: Row, decision: Row) -> str:
    """Tell the same by the rows of a document and a decision in it."""
    return standing_of(
        is_current=bool(document["is_current"]),
        is_procedural=bool(decision["procedural"]),
        is_copy=decision.get("same_as") is not None,
        is_suppressed=bool(decision.get("is_suppressed")),
    )


def sample_tags(record_id: str) -> list[str]:
    """Give the sample tags of a record: none for three in four."""
    drawn = int.from_bytes(sha256(record_id.encode("utf-8", "replace")).digest()[:4])
    return [] if drawn % 4 else [sample_tag(level) for level in range(1, SAMPLES + 1) if drawn % 4**level == 0]


def sample_tag(level: int) -> str:
    """Give the tag of one decision in 4 ** level."""
    return f"{MARK}z{level}"


def bucket_of(amount: Decimal) -> int:
    """Give the bucket of a sum: a larger sum never has a lower one."""
    return max(0, math.floor(math.log10(float(min(amount, LARGEST_AMOUNT))) * BUCKETS)) if amount >= 1 else 0


def bucket_tag(bucket: int) -> str:
    """Give the tag of the decisions whose largest decided sum lies in a bucket."""
    return f"{MARK}b{bucket}"


def reach_tag(amount: Decimal) -> str:
    """Give the rarest tag that every decision has whose largest decided sum is this or larger."""
    power = bucket_of(amount) // BUCKETS
    return f"{MARK}d{power}" if power else HAS_SUM


def reach_tags(amount: Decimal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell what decisions are tagged with whose largest sum lies in the bucket of this one or in a higher.

    Returns:
        Tags of which each has one, and tags of which each has none; together as few as can be.
    """
    power, within = divmod(bucket_of(amount), BUCKETS)
    buckets = [bucket_tag(bucket) for bucket in range(power * BUCKETS, (power + 1) * BUCKETS)]
    if within <= BUCKETS // 2:
        return (f"{MARK}d{power}" if power else HAS_SUM,), tuple(buckets[:within])
    return (*buckets[within:], f"{MARK}d{power + 1}"), ()


def lowest_sum(bucket: int) -> Decimal:
    """Give a sum that none in a bucket is below."""
    return Decimal(0) if bucket == 0 else Decimal(repr(10 ** (bucket / BUCKETS) * 0.999999))


def mention_tag(amount: Decimal) -> str:
    """Give the rarest tag that every decision has that names a sum of this size or larger, decided or not."""
    return f"{MARK}e{bucket_of(amount) // BUCKETS}"


def amount_tags(decided: Decimal | None, named: Decimal | None) -> list[str]:
    """Give the tags of the largest sum that a decision decides, and of the largest that it names."""
    powers = range(bucket_of(named) // BUCKETS + 1) if named is not None else ()
    mentions = [f"{MARK}e{power}" for power in powers]
    if decided is None:
        return mentions
    bucket = bucket_of(decided)
    return [HAS_SUM, bucket_tag(bucket), *(f"{MARK}d{power}" for power in range(1, bucket // BUCKETS + 1)), *mentions]


def values_of(subject: Subject) -> dict[str, tuple[Facet, Value]]:
    """Give every value that a decision has of each facet, by its tag."""
    return {tag_of(facet.letter, value): (facet, value) for facet in FACETS for value in facet.read(subject)}


def tags_of(subject: Subject, values: Iterable[str]) -> str:
    """Write all tags of a decision, as ``decisions.tags`` holds them.

    Args:
        subject: the decision with what belongs to it.
        values: the tags of :func:`values_of`.
    """
    decision = subject.decision
    visibility = f"{MARK}v{standing_in(subject.document, decision)}0"
    sizes = amount_tags(decision.get("decided_amount"), decision["largest_amount"])
    return " ".join((visibility, *values, *sizes, *sample_tags(decision["id"])))
