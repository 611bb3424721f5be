"""Find words that must not be kept, and cover them with marks of the same length.

Words are told apart by letters and digits alone: capitals, accents, signs and line breaks between them make no
difference. What was removed is remembered as a salted digest, so that it is known again when the document is mined
another time, without being kept.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from minutes_miner.store.columns import Words
from minutes_miner.store.query import fold
from minutes_miner.store.tables import RECORD_TABLES, documents, metadata

Row = dict[str, Any]
Phrase = tuple[str, ...]
"""Words without capitals and accents, as they follow each other."""

Span = tuple[int, int]

MARK = "\u2588"
"""Stands in the place of each letter and sign; line breaks stay."""

_WORD = re.compile(r"[^\W_]+")
_KEPT = frozenset("id sha256 digest salt subject_key record_id document_id same_as tag tags url base_url etag".split())
"""Columns that hold no words of a document: ids, digests and addresses."""

_CODES = {
    "appearances": ("part", "ballot"),
    "actions": ("status", "corrected"),
    "attendance": ("status",),
    "authorities": ("kind", "territory", "platform"),
    "corrections": ("act", "noun", "field"),
    "dates": ("precision",),
    "decided_sums": ("currency", "role", "kind", "outcome", "standing", "topics"),
    "decisions": ("kind", "outcome", "vote_manner", "currency", "decided_currency", "topics", "corrected"),
    "documents": ("media_type", "territory", "pipeline"),
    "facet_values": ("field",),
    "named_votes": ("ballot",),
    "occasions": ("kind", "standing", "state"),
    "parties": ("kind",),
    "requests": ("state", "media_type"),
    "runs": ("state", "pipeline", "model", "counts"),
    "sources": ("state",),
    "sums": ("currency", "role"),
    "warnings": ("code",),
    "watch_hits": ("change",),
    "watches": ("subscriber", "site", "path", "stop_key"),
}
"""Columns by table that hold a word of our own vocabulary, which stays what it is if a document has the same word."""

_QUOTES = (("start_offset", "end_offset", "quote"), ("due_start", "due_end", "due_text"))
_VOTE = ("vote_start", "vote_end", "vote_quote")


def phrase_of(text: str) -> Phrase:
    """Give the words of a text."""
    return tuple(fold(word) for word in _WORD.findall(text))


def digest_of(phrase: Sequence[str], salt: str) -> str:
    """Give what knows a phrase again."""
    return hmac.new(bytes.fromhex(salt), " ".join(phrase).encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def find_phrases(texts: Iterable[str], known: Mapping[tuple[str, int], Collection[str]]) -> set[Phrase]:
    """Find the phrases in some texts whose digests are known.

    Args:
        texts: to look through.
        known: digests by their salt and their number of words.
    """
    found = set()
    for text in texts:
        words = phrase_of(text)
        for (salt, count), digests in known.items():
            for start in range(len(words) - count + 1):
                phrase = words[start : start + count]
                if digest_of(phrase, salt) in digests:
                    found.add(phrase)
    return found


def find_spans(text: str, phrases: Collection[Phrase]) -> list[Span]:
    """Find where phrases stand in a text, in order, overlaps joined."""
    bare = fold(text)
    wanted = [phrase for phrase in phrases if phrase and all(word in bare for word in phrase)]
    if not wanted:
        return []
    words = [(fold(match.group()), *match.span()) for match in _WORD.finditer(text)]
    spans = []
    for place in range(len(words)):
        for phrase in wanted:
            part = words[place : place + len(phrase)]
            if tuple(word for word, _, _ in part) == phrase:
                spans.append((part[0][1], part[-1][2]))
    return _join(spans)


def _join(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def cover(text: str, phrases: Collection[Phrase]) -> str:
    """Cover phrases in a text; it keeps its length and its lines."""
    pieces, place = [], 0
    for start, end in find_spans(text, phrases):
        pieces += [text[place:start], "".join(sign if sign in "\r\n" else MARK for sign in text[start:end])]
        place = end
    return "".join((*pieces, text[place:])) if pieces else text


def cover_value(value: Any, phrases: Collection[Phrase]) -> Any:
    """Cover phrases in a value of a column; a JSON object or list stays one."""
    if not isinstance(value, str):
        return value
    if value[:1] in "{[" and value[:1]:
        try:
            held = json.loads(value)
        except ValueError:
            return cover(value, phrases)
        covered = _cover_held(held, phrases)
        return value if covered == held else json.dumps(covered, ensure_ascii=False)
    return cover(value, phrases)


def _cover_held(held: Any, phrases: Collection[Phrase]) -> Any:
    if isinstance(held, dict):
        return {name: _cover_held(value, phrases) for name, value in held.items()}
    if isinstance(held, list):
        return [_cover_held(value, phrases) for value in held]
    return cover(held, phrases) if isinstance(held, str) else held


def word_columns(table: Table) -> list[str]:
    """List the columns of a table that hold words, not keys, digests or addresses."""
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, Words) and not column.primary_key and not column.foreign_keys
        if column.name not in _KEPT and column.name not in _CODES.get(table.name, ())
    ]


def iter_words(document: Mapping[str, Any], records: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Give every text of a document and its records."""
    yield from (document[name] for name in word_columns(documents) if isinstance(document.get(name), str))
    for table in RECORD_TABLES:
        names = word_columns(table)
        for row in records.get(table.name, ()):
            yield from (row[name] for name in names if isinstance(row.get(name), str))


def cover_rows(
    document: Row, records: Mapping[str, Sequence[Row]], phrases: Collection[Phrase]
) -> tuple[Row, dict[str, list[Row]]]:
    """Cover phrases in the rows of a document and its records; quotes stay what the text says there."""
    names = word_columns(documents)
    covered = {**document, **{name: cover_value(document[name], phrases) for name in names if name in document}}
    changed = {}
    for name, rows in records.items():
        columns = word_columns(metadata.tables[name])
        changed[name] = [_cover_row(row, columns, covered["text"], phrases) for row in rows]
    return covered, changed


def _cover_row(row: Row, columns: Sequence[str], text: str, phrases: Collection[Phrase]) -> Row:
    covered = {**row, **{name: cover_value(row[name], phrases) for name in columns if name in row}}
    for first, last, quote in (*_QUOTES, _VOTE):
        if covered.get(first) is not None and quote in covered:
            covered[quote] = text[covered[first] : covered[last]]
    return covered
