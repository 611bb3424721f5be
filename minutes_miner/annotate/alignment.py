"""Align offsets with tokens, and carry a document's layout through the pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

from spacy.tokens import Doc, Span, SpanGroup

from minutes_miner.domain.outline import find_items, outline_text
from minutes_miner.domain.source import AgendaItem, Block, Document
from minutes_miner.domain.vocabulary import SpanKey

_FACTS = {
    SpanKey.SECTIONS: "section",
    SpanKey.RESOLUTIONS: "resolution",
    SpanKey.ACTIONS: "task",
    SpanKey.OWNERS: "owner",
    SpanKey.DATES: "date_range",
    SpanKey.MONEY: "money",
    SpanKey.VOTES: "vote",
}
for _name in _FACTS.values():
    Span.set_extension(_name, default=None, force=True)
Doc.set_extension("blocks", default=None, force=True)
Doc.set_extension("items", default=None, force=True)
Doc.set_extension("meeting_date", default=None, force=True)
Doc.set_extension("committee", default=None, force=True)
Doc.set_extension("plain_text", default=None, force=True)


def set_layout(doc: Doc, document: Document) -> None:
    """Tell a ``Doc`` what the parser read of its document: blocks, agenda items, meeting date and body."""
    doc._.blocks = document.blocks
    doc._.items = document.items
    doc._.meeting_date = document.meeting_date
    doc._.committee = " ".join(filter(None, (document.authority, document.committee, document.title)))


def get_text(doc: Doc) -> str:
    """Give the text of a ``Doc``, joined from its tokens once only."""
    if doc._.plain_text is None:
        doc._.plain_text = doc.text
    return cast(str, doc._.plain_text)


def get_blocks(doc: Doc) -> tuple[Block, ...]:
    """Give the layout of a text: what the parser told, or else what its lines tell."""
    if doc._.blocks is None:
        doc._.blocks = outline_text(get_text(doc))
    return cast("tuple[Block, ...]", doc._.blocks)


def get_items(doc: Doc) -> tuple[AgendaItem, ...]:
    """Give the agenda items of a text: what the parser told, or else its headings."""
    if not doc._.items:
        doc._.items = find_items(get_text(doc), get_blocks(doc))
    return cast("tuple[AgendaItem, ...]", doc._.items)


def get_meeting_date(doc: Doc) -> date | None:
    """Give the day of the meeting, where the parser told it."""
    return cast("date | None", doc._.meeting_date)


def set_spans(doc: Doc, key: SpanKey, findings: Iterable[tuple[int, int, str, object]]) -> None:
    """Set a span group from findings; offsets inside a token take in the whole token.

    Args:
        doc: the document.
        key: name of the group.
        findings: start, end, label and the value that ``span._.<name>`` is to hold.
    """
    spans = []
    for start, end, label, value in findings:
        span = doc.char_span(start, end, label=str(label), alignment_mode="expand")
        if span is not None and len(span):
            span._.set(_FACTS[key], value)
            spans.append(span)
    doc.spans[str(key)] = SpanGroup(doc, name=str(key), spans=spans)


def get_findings(doc: Doc, key: SpanKey) -> list[Any]:
    """Give the values that a component set on the spans of a group, in order."""
    if str(key) not in doc.spans:
        return []
    return [span._.get(_FACTS[key]) for span in doc.spans[str(key)]]


_ABBREVIATION = re.compile(
    r"(?:\b(?:cllrs?|councillors?|mr|mrs|ms|dr|rev|revd|prof|st|no|nos|ch|para|paras|p|pp|ref|approx|dept|hon|jr|sr|co|ltd|vs|"
    r"e\.g|i\.e|eg|ie|etc|cmhlr|nem|con|fig|tel|ext|vol|app|sec|art|cl|inc|govt|assoc|temp|max|min|ave|rd|v|gov|sgt|insp|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)|\b[A-Z]|^\W*\d{1,4}|^\W*\(?[a-z]{1,4})$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[•]?[A-Z0-9£€•])|[.!?]?\s*\s[•●▪\uf0b7](?=\s)|[.;]\s+(?=o\s[A-Z])|(?<=\w)[.](?=[A-Z][a-z]{3,})"
    r"|\s{4,}(?=[A-Z])|[.:;]\s+(?=\d{1,2}\)\s[A-Z])"
)


def iter_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut part of a text into sentences.

    Full stops after titles, initials, months and numbering do not end a sentence; bullets inside a line begin one.

    Args:
        text: the whole text.
        start: offset to begin at.
        end: offset to end at.

    Yields:
        Offsets of each sentence without white space around it.
    """
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.group()[0] == "." and _ABBREVIATION.search(text, begin, stop.start()):
            head = text[max(begin, stop.start() - 12) : stop.start()]
            if _ABBREVIATION.search(head) and not _ends_sentence(text, head, stop.end()):
                continue
        yield from _trim(text, begin, stop.end())
        begin = stop.end()
    yield from _trim(text, begin, end)


def _ends_sentence(text: str, head: str, after: int) -> bool:
    """Tell whether a stop after what may be an abbreviation ends a sentence all the same: a new sentence is plain."""
    word = re.search(r"\w+$", head)
    known = word is not None and word.group().lower() in {"no", "min", "max", "con", "app", "art", "inc", "co"}
    return known and bool(
        re.match(r"\s+(?:The|It|A|This|Cllr|Councillor|Members|There|He|She|In|All|Clerk)\b", text[after : after + 20])
    )


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \t\n\r\u00a0•●▪\uf0b7\f"))
    right = len(piece.rstrip(" \t\n\r\u00a0•●▪\uf0b7\f"))
    if right > left:
        yield start + left, start + right
