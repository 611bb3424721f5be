"""Records that rest on pages read by OCR are less sure, by how surely the page was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from building import build_document, get_records, mine_document
from spacy.language import Language

from minutes_miner.domain.source import Page

TEXT = """LARKHILL PARISH COUNCIL

1. Boathouse

RESOLVED that the boathouse be leased to the rowing club at £1,250 a year.

The Clerk to write to the rowing club by 30 April 2024.

2. Verges

RESOLVED that the verges be cut twice.
"""


@pytest.mark.parametrize(("first", "second"), [(None, None), (0.5, None), (None, 0.8), (0.5, 0.8)])
def test_confidence_is_multiplied_by_that_of_the_page(nlp: Language, first: float | None, second: float | None) -> None:
    document = build_document(TEXT)
    sure = mine_document(nlp, document)
    turn = TEXT.index("2. Verges")
    pages = (Page(1, 0, turn, 595, 842, first), Page(2, turn, len(TEXT), 595, 842, second))
    scanned = mine_document(nlp, replace(document, pages=pages))
    assert [record.text for record in get_records(scanned)] == [record.text for record in get_records(sure)]
    assert len(sure.decisions) == 2 and len(sure.actions) == 1
    factors = [(second if "verges" in record.text else first) or 1 for record in get_records(sure)]
    assert [record.confidence for record in get_records(scanned)] == [
        pytest.approx(record.confidence * factor, abs=0.01)
        for record, factor in zip(get_records(sure), factors, strict=True)
    ]


def test_a_record_told_on_a_legible_page_too_is_as_sure_as_that(nlp: Language) -> None:
    text = TEXT + "\nRESOLVED that the boathouse be leased to the rowing club at £1,250 a year.\n"
    text = text.replace("2. Verges\n\nRESOLVED that the verges be cut twice.\n", "")
    document = build_document(text)
    turn = text.rindex("RESOLVED")
    pages = (Page(1, 0, turn, 595, 842, 0.5), Page(2, turn, len(text), 595, 842))
    (sure,) = mine_document(nlp, document).decisions
    (scanned,) = mine_document(nlp, replace(document, pages=pages)).decisions
    assert len(sure.mentions) == 2
    assert scanned.confidence == sure.confidence
