"""Score the pipeline on the sample minutes, one test a field."""

from __future__ import annotations

import pytest
from evaluate import read_gold
from make_corpus import CORPUS
from scoring import Object, Score, score_documents

from minutes_miner.domain.record import Evidence, Extraction
from minutes_miner.export.contract import as_contract

SAMPLES = CORPUS / "samples"

# The least that each field must reach: a little under what the pipeline reaches. (precision, recall) where records and
# mentions are counted, the share of right ones where facts of matched records are judged.
LEAST_DECISIONS = (0.90, 0.87)
LEAST_ACTIONS = (0.80, 0.79)
LEAST_OWNERS = (0.95, 0.90)
LEAST_MONEY = (0.99, 0.99)
LEAST_DATES = (0.98, 0.97)
LEAST_KINDS = 0.88
LEAST_OUTCOMES = 0.97
LEAST_VOTES = 0.50
LEAST_DUE = 0.80

NO_DECISION = ("eastmarch-agenda", "wexcombe-committee-housing-voids")


@pytest.fixture(scope="module")
def golds() -> dict[str, Object]:
    """Every sample's gold annotation by its name."""
    return {path.stem: gold for path, gold in read_gold(SAMPLES / "gold.jsonl")}


@pytest.fixture(scope="module")
def scores(golds: dict[str, Object], extractions: dict[str, Extraction]) -> dict[str, Score]:
    """The scores over all samples together."""
    return score_documents((gold, as_contract(extractions[name])) for name, gold in golds.items())


def check_counted(score: Score, least: tuple[float, float]) -> None:
    """Fail with every disagreement where precision or recall is too low, or nothing was found."""
    assert score.right > 0
    assert score.precision >= least[0], "\n".join(score.faults)
    assert score.recall >= least[1], "\n".join(score.faults)


def check_judged(score: Score, least: float) -> None:
    """Fail with every wrong fact where too few are right, or none was judged."""
    assert score.right > 0
    assert score.recall >= least, "\n".join(score.faults)


def test_decisions(scores: dict[str, Score]) -> None:
    check_counted(scores["decisions"], LEAST_DECISIONS)


def test_actions(scores: dict[str, Score]) -> None:
    check_counted(scores["actions"], LEAST_ACTIONS)


def test_owners(scores: dict[str, Score]) -> None:
    check_counted(scores["owners"], LEAST_OWNERS)


def test_money(scores: dict[str, Score]) -> None:
    check_counted(scores["money"], LEAST_MONEY)


def test_dates(scores: dict[str, Score]) -> None:
    check_counted(scores["dates"], LEAST_DATES)


def test_kinds(scores: dict[str, Score]) -> None:
    check_judged(scores["kind"], LEAST_KINDS)


def test_outcomes(scores: dict[str, Score]) -> None:
    check_judged(scores["outcome"], LEAST_OUTCOMES)


def test_votes(scores: dict[str, Score]) -> None:
    check_judged(scores["vote"], LEAST_VOTES)


def test_due(scores: dict[str, Score]) -> None:
    check_judged(scores["due"], LEAST_DUE)


def test_meeting_date(golds: dict[str, Object], extractions: dict[str, Extraction]) -> None:
    wanted = {name: gold["meeting_date"] for name, gold in golds.items() if gold["meeting_date"]}
    assert len(wanted) > 8
    found = {name: as_contract(extractions[name])["meeting_date"] for name in wanted}
    assert found == wanted


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
