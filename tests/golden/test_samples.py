"""Score the pipeline on the sample minutes, one test a field."""

from __future__ import annotations

import pytest
from make_corpus import CORPUS

from minutes_miner.domain.record import Evidence, Extraction
from minutes_miner.evaluate import Comparison, Scores, compare, find_disagreements, read_answer, read_gold, score
from minutes_miner.export.contract import as_contract

# The least that each field must reach: a little under what the pipeline reaches.
LEAST_COUNTED = [
    ("decisions", 0.90, 0.87),
    ("actions", 0.80, 0.79),
    ("owners", 0.95, 0.90),
    ("money", 0.99, 0.99),
    ("dates", 0.97, 0.97),
]
LEAST_JUDGED = [("kind", 0.88), ("outcome", 0.97), ("vote", 0.50), ("due", 0.80), ("meeting_date", 1.0)]

NO_DECISION = ("eastmarch-agenda", "wexcombe-committee-housing-voids")


@pytest.fixture(scope="module")
def comparisons(extractions: dict[str, Extraction]) -> list[Comparison]:
    """Every sample's gold beside what was found in it."""
    golds = read_gold(CORPUS / "samples" / "gold.jsonl")
    return [compare(gold, read_answer(as_contract(extractions[gold.id]), gold.id)) for gold in golds]


@pytest.fixture(scope="module")
def scores(comparisons: list[Comparison]) -> Scores:
    """The scores over all samples together."""
    return score(comparisons)


@pytest.mark.parametrize(("label", "precision", "recall"), LEAST_COUNTED)
def test_records_and_mentions(
    label: str, precision: float, recall: float, scores: Scores, comparisons: list[Comparison]
) -> None:
    tally = scores.tallies[label]
    assert tally.right > 20
    assert tally.precision >= precision, tell(comparisons)
    assert tally.recall >= recall, tell(comparisons)


@pytest.mark.parametrize(("fact", "least"), LEAST_JUDGED)
def test_facts(fact: str, least: float, scores: Scores, comparisons: list[Comparison]) -> None:
    accuracy = scores.accuracies[fact]
    assert accuracy.right > 8
    assert accuracy.right / accuracy.of >= least, tell(comparisons)


def tell(comparisons: list[Comparison]) -> str:
    """List every disagreement, for a test that fails."""
    told = [(one.gold.id, found) for one in comparisons for found in find_disagreements(one)]
    return "\n".join(f"{name}: {found.what}: {found.detail}: {found.words[:100]}" for name, found in told)


def test_evidence_quotes_the_text(extractions: dict[str, Extraction]) -> None:
    quotes = 0
    for extraction in extractions.values():
        for evidence in all_evidence(extraction):
            assert extraction.document.text[evidence.start : evidence.end] == evidence.quote
            quotes += 1
    assert quotes > 300


def all_evidence(extraction: Extraction) -> list[Evidence]:
    """Every piece of evidence that an extraction's records carry."""
    records = [*extraction.decisions, *extraction.actions]
    single = [*extraction.money, *extraction.dates, *extraction.interests, *extraction.attendance]
    single += [record.due for record in records if record.due]
    votes = [d.vote.evidence for d in extraction.decisions if d.vote and d.vote.evidence]
    return [m for record in records for m in record.mentions] + [found.evidence for found in single] + votes


@pytest.mark.parametrize("name", NO_DECISION)
def test_a_document_without_a_decision_gives_none(name: str, extractions: dict[str, Extraction]) -> None:
    extraction = extractions[name]
    assert extraction.dates
    assert [decision.text for decision in extraction.decisions] == []


def test_an_agenda_sets_no_task(extractions: dict[str, Extraction]) -> None:
    assert extractions["eastmarch-agenda"].money
    assert [action.text for action in extractions["eastmarch-agenda"].actions] == []


def test_contradicting_votes_are_warned_of(extractions: dict[str, Extraction]) -> None:
    codes = [warning["code"] for warning in as_contract(extractions["sallowbay-issue-leisure-repairs"])["warnings"]]
    assert "vote_conflict" in codes


def test_a_cut_page_is_warned_of(extractions: dict[str, Extraction]) -> None:
    codes = [warning["code"] for warning in as_contract(extractions["kestrelford-area-committee"])["warnings"]]
    assert "truncated" in codes
