"""Check the kinds of clauses by their wording."""

from __future__ import annotations

import pytest

from minutes_miner.annotate.kinds import classify_kind, is_procedural

CLAUSES = [
    ("That the concession at Gull Point be not renewed.", "refuse"),
    ("RESOLVED (5-2) not to let the boathouse", "refuse"),
    ("RESOLVED: That no increase be made.", "refuse"),
    ("take no action", "refuse"),
    ("That the request of the kite club be turned down.", "refuse"),
    ("It was agreed to leave the boathouse until the June meeting", "defer"),
    ("That the bandstand stand over to the next cycle", "defer"),
    ("The Committee agreed to take no decision until the survey was in", "defer"),
    ("to continue the matter to 12 May", "defer"),
    ("That the petition be sent back to the Committee.", "refer"),
    ("RESOLVED to pass it to the Monitoring Officer.", "refer"),
    ("That Cllr Ambrose represent the Council on the harbour trust.", "appoint"),
    ("RESOLVED: That Mr Tull be Vice-Chair.", "appoint"),
    ("That the Clerk be given authority to sign the lease.", "authorise"),
    ("That the Common Seal be affixed to the lease.", "authorise"),
    ("require the Director to report on the pier by May", "request"),
    ("That the Head of Piers report on the gates in June.", "request"),
    ("RESOLVED: To object on the ground of noise", "comment"),
    ("RESOLVED by 3 to 1: That the Council make no objection in principle", "comment"),
    ("24/0112/FUL Boathouse, Gull Point. Support", "comment"),
    ("That the Committee object as the road is too narrow", "comment"),
    ("RESOLVED (4-2) to recommend the Plan to the Board", "recommend"),
    ("It was AGREED to recommend that the Plan be approved", "recommend"),
    ("RESOLVED that the above accounts be paid.", "approve"),
    ("Resolved: payments approved, save for the last.", "approve"),
    ("That debts of £212 be written off.", "approve"),
    ("note the review and approve the plan", "approve"),
    ("That the report of the Pier Master be noted.", "note"),
    ("That the Council write to the Minister to request a reply", "agree"),
    ("That the tender of Tull and Sons be accepted", "agree"),
    ("RESOLVED: Clerk to contact the builder to request a survey", "agree"),
]


@pytest.mark.parametrize(("words", "kind"), CLAUSES)
def test_a_clause_has_the_kind_of_its_operative_verb(words: str, kind: str) -> None:
    assert classify_kind(words, words) == kind


@pytest.mark.parametrize(
    ("words", "context", "kind"),
    [
        ("Agreed.", "The payments on the list: Clerk £212.00, hall £40.00. Agreed.", "approve"),
        ("Agreed.", "Rowan proposed a bench by the pond. Agreed.", "agree"),
        ("It was agreed to support it.", "PA22/06114 Boathouse. It was agreed to support it.", "comment"),
        ("Carried, 4 to 3.", "Cllr Tull proposed that the Committee object as narrow. Carried, 4 to 3.", "comment"),
    ],
)
def test_a_bare_answer_has_the_kind_of_what_it_answers(words: str, context: str, kind: str) -> None:
    assert classify_kind(words, context) == kind


@pytest.mark.parametrize(
    ("words", "routine"),
    [
        ("The minute of 9 March was approved.", True),
        ("RESOLVED: To approve the reasons for absence.", True),
        ("That Cllr Ambrose take the chair.", True),
        ("That item 6 be taken after item 2.", True),
        ("That the pier be painted.", False),
        ("That the chairlift be mended.", False),
    ],
)
def test_routine_business_is_told_from_the_rest(words: str, routine: bool) -> None:
    assert is_procedural(words, words, "agree") is routine
