"""Build a document from text by hand and run it through the real pipeline."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from spacy.language import Language

from minutes_miner.annotate import annotate
from minutes_miner.domain.outline import find_items, outline_text
from minutes_miner.domain.record import Extraction
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
    document = build_document(text, meeting=meeting, council=council)
    return extract(document, annotate(nlp, document))


def mine_document(nlp: Language, document: Document, **facts: object) -> Extraction:
    """Extract everything from a document some of whose facts are replaced."""
    changed = replace(document, **facts)
    return extract(changed, annotate(nlp, changed))
