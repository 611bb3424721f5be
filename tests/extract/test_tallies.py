"""Votes belong to their decisions; what contradicts itself is told, not mended."""

from __future__ import annotations

import pytest
from building import mine
from spacy.language import Language

from minutes_miner.domain.vocabulary import Ballot, Manner, WarningCode
from minutes_miner.workflow import extract_bytes

_PLAIN = """7. Quay Lighting

RESOLVED – That new lamps be fitted along the east quay for £14,000.
"""


def test_a_vote_after_the_clauses_belongs_to_each_of_them(nlp: Language) -> None:
    extraction = mine(
        nlp,
        """7. Quay Lighting

RESOLVED:

1. That new lamps be fitted along the east quay;

2. That the harbour master be informed of the dates.

(Voting: 9 for, 2 against, 1 abstention)
""",
    )
    assert len(extraction.decisions) == 2
    for decision in extraction.decisions:
        assert decision.vote is not None
        vote = decision.vote
        assert (vote.manner, vote.votes_for, vote.votes_against, vote.abstentions) == (Manner.COUNTED, 9, 2, 1)


def test_a_vote_inside_the_sentence_is_its_own(nlp: Language) -> None:
    extraction = mine(
        nlp,
        "3. Hedge\n\nRESOLVED unanimously that the hedge be laid.\n\n4. Gate\n\nRESOLVED that the gate be painted.\n",
    )
    votes = [decision.vote.manner if decision.vote else None for decision in extraction.decisions]
    assert votes == [Manner.UNANIMOUS, None]


def test_a_decision_without_a_told_vote_has_none(nlp: Language) -> None:
    [decision] = mine(nlp, _PLAIN).decisions
    assert decision.vote is None


def test_counts_that_are_not_told_are_unknown(nlp: Language) -> None:
    [decision] = mine(nlp, "3. Hedge\n\nRESOLVED nem con that the hedge be laid.\n").decisions
    assert decision.vote is not None
    assert (decision.vote.votes_for, decision.vote.votes_against, decision.vote.abstentions) == (None, None, None)


def test_statements_that_give_different_votes_are_a_conflict(nlp: Language) -> None:
    clause = "That new lamps be fitted along the east quay for £14,000"
    text = f"7. Quay Lighting\n\nDecision:\n\n{clause}. (Unanimous)\n\nMinutes:\n\nRESOLVED – {clause}. (Nem. con.)\n"
    extraction = mine(nlp, text)
    [decision] = extraction.decisions
    [notice] = [notice for notice in extraction.notices if notice.code is WarningCode.VOTE_CONFLICT]
    assert "unanimous" in notice.message and "nem con" in notice.message
    [plain] = mine(nlp, _PLAIN).decisions
    assert decision.confidence < plain.confidence


def test_statements_that_give_different_counts_are_a_conflict(nlp: Language) -> None:
    clause = "That new lamps be fitted along the east quay for £14,000"
    text = f"""7. Quay Lighting

Decision:

{clause}. (8 for, 3 against)

Minutes:

RESOLVED – {clause}. (7 for, 3 against)
"""
    extraction = mine(nlp, text)
    assert [notice.code for notice in extraction.notices] == [WarningCode.VOTE_CONFLICT]


def test_statements_that_agree_are_no_conflict(nlp: Language) -> None:
    clause = "That new lamps be fitted along the east quay for £14,000"
    text = f"""7. Quay Lighting

Decision:

{clause}. (8 for, 3 against)

Minutes:

RESOLVED – {clause}. (8 for, 3 against)
"""
    extraction = mine(nlp, text)
    [decision] = extraction.decisions
    assert extraction.notices == ()
    assert decision.vote is not None and decision.vote.votes_for == 8


_RECORDED = """7. Quay Lighting

Councillor Dray moved and Councillor Okoye seconded that new lamps be fitted along the east quay.

A recorded vote was taken:

For ({count}): Councillors Abbott, Birch, Coyle, Dray and Okoye

Against (2): Councillors Dene and Eves

The motion was carried.
"""


def test_a_recorded_vote_gives_each_name(nlp: Language) -> None:
    extraction = mine(nlp, _RECORDED.format(count=5))
    [decision] = extraction.decisions
    assert decision.vote is not None
    assert decision.vote.manner is Manner.NAMED
    names = [(item.person, item.ballot) for item in decision.vote.named]
    assert names == [(name, Ballot.FOR) for name in ("Abbott", "Birch", "Coyle", "Dray", "Okoye")] + [
        (name, Ballot.AGAINST) for name in ("Dene", "Eves")
    ]
    assert extraction.notices == ()


def test_a_tally_that_its_names_do_not_bear_out_is_told(nlp: Language) -> None:
    extraction = mine(nlp, _RECORDED.format(count=6))
    [decision] = extraction.decisions
    assert decision.vote is not None
    assert decision.vote.votes_for == 6
    [notice] = extraction.notices
    assert notice.code is WarningCode.VOTE_MISMATCH
    assert "6 for but 5 names" in notice.message
    [sound] = mine(nlp, _RECORDED.format(count=5)).decisions
    assert decision.confidence < sound.confidence


def test_the_vote_on_an_amendment_is_not_that_of_the_motion(nlp: Language) -> None:
    extraction = mine(
        nlp,
        """8. Ferry Fares

Councillor Dray moved, seconded by Councillor Okoye, that ferry fares be frozen for the coming year.

Councillor Finch moved an amendment, seconded by Councillor Hale, that pensioners travel free.

The amendment was lost by 4 votes to 9.

The motion was then put to the vote and carried by 10 votes to 3.
""",
    )
    counts = {
        str(decision.outcome): (decision.vote.votes_for, decision.vote.votes_against)
        for decision in extraction.decisions
        if decision.vote
    }
    assert counts == {"lost": (4, 9), "carried": (10, 3)}


def _votes_of(nlp: Language, text: str) -> list[tuple[str, object]]:
    return [
        (d.outcome.value, (d.vote.manner.value, d.vote.votes_for, d.vote.votes_against) if d.vote else None)
        for d in mine(nlp, text).decisions
    ]


def test_a_lost_vote_is_not_that_of_the_resolution_after_it(nlp: Language) -> None:
    text = """7. Quay Lighting

Councillor Dray moved that the lamps be taken down. 2 for, 5 against.

RESOLVED – That the report on the lamps be noted.
"""
    assert _votes_of(nlp, text) == [("lost", ("counted", 2, 5)), ("carried", None)]


def test_figures_without_sides_are_told_from_each_side(nlp: Language) -> None:
    text = """7. Quay Lighting

Councillor Dray, seconded by Councillor Okoye, moved that the lamps be fitted.

Councillor Bell, seconded by Councillor Roe, moved as an amendment that the lamps be refused.

On a division there voted for the motion 6, for the amendment 4.
"""
    assert _votes_of(nlp, text) == [("carried", ("counted", 6, 4)), ("lost", ("counted", 4, 6))]


def test_a_vote_in_the_lead_in_is_that_of_every_clause(nlp: Language) -> None:
    text = "7. Quay Lighting\n\nRESOLVED (6 for, 2 against):\n\n1. That lamps be fitted.\n\n2. That a plan be drawn.\n"
    assert _votes_of(nlp, text) == [("carried", ("counted", 6, 2))] * 2


def test_a_vote_in_a_clause_is_its_own(nlp: Language) -> None:
    text = """7. Quay Lighting

RESOLVED:

1. That lamps be fitted (unanimous);

2. That the quay be painted (5 for, 2 against).
"""
    assert _votes_of(nlp, text) == [("carried", ("unanimous", None, None)), ("carried", ("counted", 5, 2))]


def test_a_vote_on_something_else_is_not_taken(nlp: Language) -> None:
    text = """7. Quay Lighting

RESOLVED – That lamps be fitted.

The District granted permission for the mast by 7 votes to 5.
"""
    assert _votes_of(nlp, text) == [("carried", None)]


def test_a_casting_vote_against_loses_a_motion(nlp: Language) -> None:
    text = """7. Quay Lighting

Councillor Dray moved that the lamps be taken down. For 3, against 3. The Chair gave her casting vote against.
"""
    assert _votes_of(nlp, text) == [("lost", ("casting_vote", 3, 3))]


def test_a_motion_that_is_withdrawn_or_finds_no_seconder(nlp: Language) -> None:
    text = """7. Quay Lighting

Councillor Dray moved that the lamps be taken down. On hearing the cost she withdrew it.

8. Quay Paving

Councillor Dray moved that the setts be lifted, but found no seconder. Noted.
"""
    assert [outcome for outcome, _ in _votes_of(nlp, text) if outcome != "carried"] == ["withdrawn"]


def test_a_vote_after_each_clause_is_that_clause_s(nlp: Language) -> None:
    text = """7. Quay Lighting

RESOLVED that:

1. lamps be fitted along the quay; and

Voting: unanimous

2. the quay be painted in the spring.

Voting: 5 for, 2 against
"""
    assert _votes_of(nlp, text) == [("carried", ("unanimous", None, None)), ("carried", ("counted", 5, 2))]


_APART = """<div id="modgov"><h2 class="mgSubTitleTxt">Quay Committee - 4 March 2024</h2><table class="mgItemTable"><tr>
<td class="mgItemNumberCell"><p class="mgAiTitleTxt">7.</p></td><td><p class="mgAiTitleTxt">Quay Lighting</p>
<p class="mgSubItemTitleTxt">Decision:</p><div><p>RESOLVED that new lamps be fitted along the east quay.</p></div>
<p class="mgSubItemTitleTxt">Minutes:</p><div><p>Members heard that half of the lamps were out.</p>{more}
<p>Voting: 6 for, 1 against, 2 abstentions.</p></div></td></tr></table></div>"""


def test_the_vote_told_in_the_minutes_is_that_of_the_decision_stated_apart(nlp: Language) -> None:
    [decision] = extract_bytes(_APART.format(more="").encode(), "page.html", nlp=nlp).decisions
    assert decision.vote is not None
    assert (decision.vote.votes_for, decision.vote.votes_against, decision.vote.abstentions) == (6, 1, 2)


def test_a_vote_told_beside_another_decision_is_not_that_of_the_one_stated_apart(nlp: Language) -> None:
    more = "<p>RESOLVED that the gate be painted green.</p>"
    lamps, gate = extract_bytes(_APART.format(more=more).encode(), "page.html", nlp=nlp).decisions
    assert "lamps" in lamps.text and lamps.vote is None
    assert "gate" in gate.text and gate.vote is not None


def test_a_vote_on_what_follows_is_not_that_of_the_decision_before_it(nlp: Language) -> None:
    text = (
        "6. Requests\n\nPoppy appeal, in red, from 8 November. Approved. Day of Seafarers, in blue. "
        "On a show of hands there voted 9 for and 3 against. Approved.\n"
    )
    assert _votes_of(nlp, text)[0] == ("carried", None)


def test_a_motion_that_was_withdrawn_has_no_vote(nlp: Language) -> None:
    text = (
        "6. Green bins\n\nCouncillor Marle moved, and Councillor Yeo seconded, that bins be emptied weekly. "
        "An amendment moved by Councillor Ash, and seconded by Councillor Birch, to add the word “all”, was withdrawn. "
        "On being put, the motion was lost, 7 Members voting for it and 13 against, with 2 abstentions.\n"
    )
    assert ("withdrawn", None) in _votes_of(nlp, text)


def test_a_vote_on_an_amendment_is_not_that_of_the_whole(nlp: Language) -> None:
    text = (
        "6. Budget\n\nCllr Marle's proposal that the pool open in June was put to the vote and carried by 5 to 4. "
        "The budget thus became £674,600.\n\nIt was RESOLVED to approve the budget of £674,600.\n"
    )
    assert _votes_of(nlp, text)[-1] == ("carried", None)


def test_a_sentence_that_only_says_that_it_was_carried_is_one_with_the_resolution(nlp: Language) -> None:
    text = (
        "6. Study\n\nThe recommendation was put to the vote and carried, three voting for and two against.\n\n"
        "RESOLVED to recommend that the Board approve a further £6.2m.\n"
    )
    assert _votes_of(nlp, text) == [("carried", ("counted", 3, 2))]


def test_a_proposer_or_a_call_for_nominations_between_a_decision_and_its_vote_is_no_other_matter(nlp: Language) -> None:
    elected = (
        "1. Chair\n\nMr Marle proposed and Mr Yeo seconded that Mr Ash be elected to chair the meeting. "
        "No other nominations were received.\n\nAgreed unanimously.\n"
    )
    assert ("carried", ("unanimous", None, None)) in _votes_of(nlp, elected)


_NUMBERED = """4. Gullies

RESOLVED that

1. the report be received;

2. £120,000 a year be found for gullies;

3. the survey be sought.

{votes}
"""


@pytest.mark.parametrize(
    "votes",
    [
        "Resolutions 1 and 3 were carried unanimously and resolution 2 by 8 votes to 1.",
        "Voting: (1) and (3) – unanimous; (2) – 8 for, 1 against",
        "(Resolution 2: 8 for, 1 against. Resolutions 1 and 3: unanimous)",
    ],
)
def test_a_vote_that_names_its_clauses_is_theirs_alone(nlp: Language, votes: str) -> None:
    assert _votes_of(nlp, _NUMBERED.format(votes=votes)) == [
        ("carried", ("unanimous", None, None)),
        ("carried", ("counted", 8, 1)),
        ("carried", ("unanimous", None, None)),
    ]
