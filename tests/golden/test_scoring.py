"""Check the scorer by documents whose scores can be told by hand."""

from __future__ import annotations

from scoring import Object, match_records, score_documents, token_f1


def record(text: str, **facts: object) -> Object:
    return {"text": text, "mentions": [], "owners": [], "due": None, **facts}


def gold_document(**parts: object) -> Object:
    optional = {"decisions": [], "actions": [], "money": [], "dates": []}
    empty = {"decisions": [], "actions": [], "money": [], "dates": [], "optional": optional}
    return {"id": "x", "meeting_date": None, **empty, **parts}


def found_document(**parts: object) -> Object:
    return {"decisions": [], "actions": [], "money": [], "dates": [], "meeting_date": None, **parts}


def test_token_f1_ignores_case_and_kind_of_apostrophe() -> None:
    assert token_f1("The Clerk’s report", "the clerk's REPORT") == 1.0
    assert token_f1("a b c d", "a b x y") == 0.5
    assert token_f1("", "a") == 0.0


def test_records_match_one_to_one_best_first() -> None:
    gold = [{"quotes": ["approve the budget for parks"]}, {"quotes": ["approve the budget for roads"]}]
    found = [record("approve the budget for roads"), record("approve the budget for parks")]
    assert match_records(gold, found) == {0: 1, 1: 0}


def test_a_second_prediction_of_one_decision_is_spurious() -> None:
    decision = {"quotes": ["That the report be noted."], "kind": "note", "outcome": "carried"}
    twice = [record("the report be noted", kind="note", outcome="carried")] * 2
    score = score_documents([(gold_document(decisions=[decision]), found_document(decisions=twice))])["decisions"]
    assert (score.right, score.spurious, score.missed) == (1, 1, 0)
    assert (score.precision, score.recall) == (0.5, 1.0)


def test_optional_records_and_values_count_neither_way() -> None:
    optional = {"decisions": ["It was noted that rain had fallen"], "actions": [], "money": ["£5"], "dates": []}
    sums = [{"text": "£5", "amount": "5.00", "currency": "GBP"}, {"text": "£6", "amount": "6", "currency": "GBP"}]
    found = found_document(decisions=[record("It was noted that rain had fallen")], money=sums)
    scores = score_documents([(gold_document(optional=optional), found)])
    assert scores["decisions"].spurious == 0
    assert (scores["money"].right, scores["money"].spurious) == (0, 1)


def test_values_are_multisets() -> None:
    day = {"from": "2024-01-01", "to": "2024-01-01"}
    gold = gold_document(dates=[{"quote": "1 January 2024", **day}] * 2)
    score = score_documents([(gold, found_document(dates=[{"text": "1.1.24", **day}] * 3))])["dates"]
    assert (score.right, score.spurious, score.missed) == (2, 1, 0)


def test_votes_compare_only_the_counts_that_gold_states() -> None:
    vote = {"manner": "counted", "for": 5, "against": None, "abstain": 1}
    decision = {"quotes": ["the grant be refused"], "kind": "refuse", "outcome": "carried", "vote": vote}
    for against, right in ((0, 1), (None, 1)):
        have = record("the grant be refused", kind="refuse", outcome="carried", vote={**vote, "against": against})
        scores = score_documents([(gold_document(decisions=[decision]), found_document(decisions=[have]))])
        assert scores["vote"].right == right
    have = record("the grant be refused", kind="approve", outcome="lost", vote={**vote, "for": 4})
    scores = score_documents([(gold_document(decisions=[decision]), found_document(decisions=[have]))])
    assert [scores[name].missed for name in ("vote", "kind", "outcome")] == [1, 1, 1]


def test_owners_and_due_of_matched_actions() -> None:
    due = {"quote": "by March 2024", "from": "2024-03-01", "to": "2024-03-31"}
    action = {"quotes": ["Clerk to write to the county"], "owners": ["Clerk", "Chair"], "due": due}
    owners = [{"text": "the Clerk", "name": None, "role": "Clerk"}, {"text": "Treasurer", "name": None, "role": None}]
    have = record("Clerk to write to the county", owners=owners, due={"text": "March", **due})
    scores = score_documents([(gold_document(actions=[action]), found_document(actions=[have]))])
    owners_score = scores["owners"]
    assert (owners_score.right, owners_score.spurious, owners_score.missed) == (1, 1, 1)
    assert scores["due"].recall == 1.0


def test_a_due_that_gold_can_not_resolve_is_compared_by_its_words() -> None:
    action = {"quotes": ["report back"], "owners": [], "due": {"quote": "the next meeting", "from": None, "to": None}}
    for words, right in (("next meeting", 1), ("in May", 0)):
        have = record("report back", due={"text": words, "from": None, "to": None})
        scores = score_documents([(gold_document(actions=[action]), found_document(actions=[have]))])
        assert scores["due"].right == right
