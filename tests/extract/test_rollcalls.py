"""Roll-calls set in columns and tables give each member's vote, and words that tell a result are nobody's name."""

from __future__ import annotations

import pytest
from spacy.language import Language

from minutes_miner.domain.record import Decision
from minutes_miner.domain.vocabulary import Manner
from minutes_miner.workflow import extract_bytes

HEAD = """Tarn Council

Minutes of the meeting of the Council held on 4 March 2024

7. Ferry Slip

"""
COLUMNS = """Motion

To close the slip for the winter.

Moved by Councillor Adair, seconded by Councillor Bewick

Amendment

To keep the slip open at weekends.

Moved by Councillor Corrie, seconded by Councillor Dunne

On a roll-call there voted:

Motion                 Amendment            No vote

Councillor Adair       Councillor Corrie    Councillor Fell
Councillor Bewick      Councillor Dunne
Councillor Eskdale

The Motion was carried by 3 votes to 2.
"""
MARKS = """Councillor Adair moved that the slip be closed. A recorded vote was taken.

| Member | For | Against | Abstained |
|---|---|---|---|
| Adair, J | X | | |
| Bewick, K | X | | |
| Corrie, L | | X | |
| Dunne, M | | | X |
| Total | 2 | 1 | 1 |

The motion was carried.
"""
BESIDE = """Councillor Adair moved that the slip be closed. A recorded vote was taken.

| Councillor | Vote |
|---|---|
| Councillor J Adair | For |
| Councillor K Bewick | For |
| Councillor L Corrie | Against |

The motion was carried.
"""


def _decide(nlp: Language, item: str, source: str = "minutes.txt") -> tuple[Decision, ...]:
    return extract_bytes((HEAD + item).encode(), source, nlp=nlp).decisions


def _votes(decision: Decision) -> dict[str, str]:
    assert decision.vote and decision.vote.manner is Manner.NAMED
    return {named.person: str(named.ballot) for named in decision.vote.named}


def test_names_under_motion_and_amendment_take_the_side_of_each(nlp: Language) -> None:
    motion, amendment = _decide(nlp, COLUMNS)
    assert (str(motion.outcome), str(amendment.outcome)) == ("carried", "lost")
    assert _votes(motion) == {
        "Adair": "for", "Bewick": "for", "Eskdale": "for", "Corrie": "against", "Dunne": "against", "Fell": "abstain",
    }  # fmt: skip
    assert _votes(amendment)["Corrie"] == "for" and _votes(amendment)["Adair"] == "against"
    assert amendment.vote and (amendment.vote.votes_for, amendment.vote.votes_against) == (2, 3)


@pytest.mark.parametrize(("table", "names"), [(MARKS, ["Adair J", "Bewick K"]), (BESIDE, ["J Adair", "K Bewick"])])
def test_a_mark_or_a_side_beside_a_name_is_that_member_s_vote(nlp: Language, table: str, names: list[str]) -> None:
    [closing] = _decide(nlp, table, "minutes.md")
    voted = _votes(closing)
    assert [name for name, side in voted.items() if side == "for"] == names
    assert closing.vote and (closing.vote.votes_for, closing.vote.votes_against) == (2, 1)


def test_a_result_after_the_last_side_is_nobody_s_name(nlp: Language) -> None:
    text = """Councillor Adair moved that the slip be closed. The votes cast were as follows:

For (2)

Councillor Adair, Councillor Bewick

Against (1)

Councillor Corrie

Abstain (0)

Motion carried.
"""
    [closing] = _decide(nlp, text)
    assert _votes(closing) == {"Adair": "for", "Bewick": "for", "Corrie": "against"}


def test_what_a_speaker_says_was_agreed_settles_nothing(nlp: Language) -> None:
    text = """Councillor Adair moved, and Councillor Bewick seconded, that the slip be closed.

Councillor Corrie said that it was agreed on all sides that the slip was loved.

The motion was put to the vote and lost.
"""
    [closing] = _decide(nlp, text)
    assert str(closing.outcome) == "lost"


def test_columns_of_other_words_are_no_roll_call(nlp: Language) -> None:
    text = "RESOLVED that the list be noted.\n\nFor            Payment\nAdair          £20\nBewick         £30\n"
    [noted] = _decide(nlp, text)
    assert noted.vote is None


def test_line_breaks_part_the_names_under_a_side(nlp: Language) -> None:
    page = """<h1>Tarn Council</h1><p>Minutes of the meeting held on 4 March 2024</p><h2>7. Ferry Slip</h2>
    <p>Councillor Adair moved that the slip be closed. A recorded vote was taken.</p>
    <table><tr><th>For</th><th>Against</th></tr><tr><td>Cllr Jo Adair<br>Cllr Kit Bewick<br>Cllr Di Eskdale</td>
    <td><p>Corrie, Dunne</p><p>Fell</p></td></tr></table><p>The motion was carried.</p>"""
    (decision,) = extract_bytes(page.encode(), "minutes.html", nlp=nlp).decisions
    assert _votes(decision) == {
        "Jo Adair": "for", "Kit Bewick": "for", "Di Eskdale": "for", "Corrie": "against", "Dunne": "against",
        "Fell": "against",
    }  # fmt: skip


def test_nobody_under_a_title_is_no_voter(nlp: Language) -> None:
    table = """Councillor Adair moved that the slip be closed for the winter.

| For | Against | Abstain |
|---|---|---|
| Adair, Bewick, Corrie | Dunne, Eskdale | None |

The motion was carried.
"""
    [closing] = _decide(nlp, table, "minutes.md")
    assert closing.vote and (closing.vote.votes_for, closing.vote.votes_against, closing.vote.abstentions) == (3, 2, 0)
