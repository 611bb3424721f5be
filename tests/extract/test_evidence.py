"""Every record of every sample quotes its document, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import get_records, iter_evidence, mine_document
from spacy.language import Language

from minutes_miner.domain.record import Extraction
from minutes_miner.parse import identify, parse

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
FILES = sorted(path.name for path in SAMPLES.iterdir() if path.suffix != ".jsonl")


def mine_file(nlp: Language, name: str) -> Extraction:
    """Extract everything from a sample."""
    data = (SAMPLES / name).read_bytes()
    return mine_document(nlp, parse(data, identify(data, name)))


@pytest.fixture(scope="module")
def mined(nlp: Language) -> dict[str, Extraction]:
    """Everything found in each sample, by file name."""
    return {name: mine_file(nlp, name) for name in FILES}


def test_there_are_samples_of_every_format() -> None:
    assert {Path(name).suffix for name in FILES} >= {".txt", ".html", ".md", ".pdf", ".docx"}


@pytest.mark.parametrize("name", FILES)
def test_quotes_stand_in_the_text_where_they_say(mined: dict[str, Extraction], name: str) -> None:
    extraction = mined[name]
    quotes = list(iter_evidence(extraction))
    assert quotes
    for quote in quotes:
        assert quote.quote == extraction.document.text[quote.start : quote.end]
        assert quote.quote.strip()
        assert (quote.page_number is None) == (not extraction.document.pages)
        assert quote.page_number == extraction.document.find_page(quote.start)


@pytest.mark.parametrize("name", FILES)
def test_records_have_ids_of_their_own_and_at_least_one_mention(mined: dict[str, Extraction], name: str) -> None:
    records = get_records(mined[name])
    ids = [record.id for record in records]
    assert len(set(ids)) == len(ids)
    for record in records:
        assert record.text == record.mentions[0].quote
        assert 0 < record.confidence <= 1


@pytest.mark.parametrize("name", FILES)
def test_actions_rest_on_decisions_of_the_same_document(mined: dict[str, Extraction], name: str) -> None:
    known = {decision.id for decision in mined[name].decisions}
    assert {action.decision_id for action in mined[name].actions if action.decision_id} <= known


@pytest.mark.parametrize("name", FILES)
def test_sums_and_dates_follow_each_other_without_overlap(mined: dict[str, Extraction], name: str) -> None:
    for found in (mined[name].money, mined[name].dates):
        spots = [(item.evidence.start, item.evidence.end) for item in found]
        assert all(before[1] <= after[0] for before, after in zip(spots, spots[1:], strict=False))


def test_the_samples_hold_records_of_every_noun(mined: dict[str, Extraction]) -> None:
    for noun in ("decisions", "actions", "money", "dates", "interests", "attendance"):
        assert any(getattr(extraction, noun) for extraction in mined.values()), noun


@pytest.mark.parametrize("name", FILES)
def test_two_runs_give_the_same_records(nlp: Language, mined: dict[str, Extraction], name: str) -> None:
    assert mine_file(nlp, name) == mined[name]
