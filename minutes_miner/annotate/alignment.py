"""Align offsets with tokens, and carry a document's layout through the pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from spacy.tokens import Doc, Span, SpanGroup

from minutes_miner.annotate.phrases import Words
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
Doc.set_extension("layout", default=None, force=True)


def set_layout(doc: Doc, document: Document) -> None:
    """Tell a ``Doc`` what the parser read of its document: blocks, agenda items, meeting date and body."""
    doc._.plain_text = document.text
    doc._.blocks = document.blocks
    doc._.items = document.items
    doc._.meeting_date = document.meeting_date
    doc._.committee = " ".join(filter(None, (document.authority, document.committee, document.title)))


def get_text(doc: Doc) -> Words:
    """Give the text of a ``Doc``, joined from its tokens and with its clues read once only."""
    if type(doc._.plain_text) is not Words:
        doc._.plain_text = Words(doc._.plain_text or doc.text)
    return cast(Words, doc._.plain_text)


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
