"""Build a document from text by hand and run it through the real pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from spacy.language import Language

from minutes_miner.annotate import annotate
from minutes_miner.domain.outline import find_items, outline_text
from minutes_miner.domain.record import Action, Decision, Evidence, Extraction
from minutes_miner.domain.source import Document, DocumentRef
from minutes_miner.extract import extract

MEETING = date(2024, 3, 14)
COUNCIL = "Larkhill Parish Council"


def build_document(text: str, *, meeting: date | None = MEETING, council: str | None = COUNCIL) -> Document:
    """Make a document whose blocks and items are those that its lines tell."""
    data = text.encode()
    ref = DocumentRef("larkhill.txt", hashlib.sha256(data).hexdigest(), len(data), "text/plain")
    blocks = outline_text(text)
    items = find_items(text, blocks)
    return Document(ref, text, blocks, items=items, authority=council, meeting_date=meeting)


def mine(nlp: Language, text: str, *, meeting: date | None = MEETING, council: str | None = COUNCIL) -> Extraction:
    """Extract everything from a text."""
    return mine_document(nlp, build_document(text, meeting=meeting, council=council))


def mine_document(nlp: Language, document: Document) -> Extraction:
    """Extract everything from a document."""
    return extract(document, annotate(nlp, document))


def get_records(extraction: Extraction) -> list[Decision | Action]:
    """Give the decisions, then the actions."""
    return [*extraction.decisions, *extraction.actions]


def iter_evidence(extraction: Extraction) -> Iterator[Evidence]:
    """Give every quote that the records of an extraction rest on."""
    for record in get_records(extraction):
        yield from record.mentions
        if record.due:
            yield record.due.evidence
    for decision in extraction.decisions:
        yield from (item.evidence for item in decision.money)
        if decision.vote and decision.vote.evidence:
            yield decision.vote.evidence
    for found in (extraction.money, extraction.dates, extraction.interests, extraction.attendance):
        yield from (item.evidence for item in found)
