"""Who was there, who was not, and who declared an interest."""

from __future__ import annotations

import pytest
from building import mine
from spacy.language import Language

from minutes_miner.domain.vocabulary import Presence

HEAD = """LARKHILL PARISH COUNCIL

Minutes of the meeting held on 14 March 2024

Present: Cllr A Ashdown (Chair), Cllr B Pryke, Cllr C Maddox

In attendance: Mrs Q Venn (Clerk)

Apologies: Cllr D Teale, Cllr E Orde

Absent: Cllr F Yeo

1. Public Session

Nobody spoke.
"""


def test_statuses_follow_the_lists(nlp: Language) -> None:
    found = {item.person: item.status for item in mine(nlp, HEAD).attendance}
    assert found == {
        "Cllr A Ashdown": Presence.PRESENT,
        "Cllr B Pryke": Presence.PRESENT,
        "Cllr C Maddox": Presence.PRESENT,
        "Mrs Q Venn": Presence.PRESENT,
        "Cllr D Teale": Presence.APOLOGIES,
        "Cllr E Orde": Presence.APOLOGIES,
        "Cllr F Yeo": Presence.ABSENT,
    }


def test_roles_stand_in_brackets(nlp: Language) -> None:
    roles = {item.person: item.role for item in mine(nlp, HEAD).attendance if item.role}
    assert roles == {"Cllr A Ashdown": "Chair", "Mrs Q Venn": "Clerk"}


def test_a_list_of_names_on_lines_of_their_own(nlp: Language) -> None:
    text = "HARBOUR COMMITTEE\n\nPresent:\n"
    text += "Councillor Ann Ashdown\nCouncillor Bea Pryke\nCouncillor Col Maddox\n\n1. Minutes\n\nNone.\n"
    assert [item.person for item in mine(nlp, text).attendance] == [
        "Councillor Ann Ashdown",
        "Councillor Bea Pryke",
        "Councillor Col Maddox",
    ]


def test_apologies_in_a_sentence(nlp: Language) -> None:
    text = "1. Apologies\n\nApologies for absence were received from Councillors Teale and Orde.\n"
    attendance = mine(nlp, text).attendance
    assert [item.status for item in attendance] == [Presence.APOLOGIES, Presence.APOLOGIES]
    assert [item.person.removeprefix("Councillors ") for item in attendance] == ["Teale", "Orde"]


def test_no_apologies_are_nobody(nlp: Language) -> None:
    assert mine(nlp, "1. Apologies\n\nApologies: None\n").attendance == ()


@pytest.mark.parametrize(
    ("words", "withdrew"),
    [
        ("Cllr Pryke declared a pecuniary interest in item 4 and withdrew from the meeting.", True),
        ("Cllr Pryke declared a prejudicial interest in item 4 and left the room while it was discussed.", True),
        ("Cllr Pryke declared an interest in item 4. She took no part in the vote.", True),
        ("Cllr Pryke declared a personal interest in item 4 but remained in the meeting.", False),
        ("Cllr Pryke declared a non-pecuniary interest in item 4 as a trustee of the hall.", None),
        ("Cllr Pryke disclosed an interest in item 4, as her brother is the applicant.", None),
    ],
)
def test_an_interest_tells_whether_the_person_withdrew(nlp: Language, words: str, withdrew: bool | None) -> None:
    [interest] = mine(nlp, f"2. Declarations of Interest\n\n{words}\n").interests
    assert interest.person == "Cllr Pryke"
    assert interest.withdrew is withdrew
    assert "interest in item 4" in interest.evidence.quote


def test_an_interest_told_twice_is_one_record(nlp: Language) -> None:
    text = """2. Declarations of Interest

Cllr Pryke declared a pecuniary interest in item 4.

4. Slipway

Cllr Pryke declared a pecuniary interest and left the meeting.

The slipway was discussed.
"""
    [interest] = mine(nlp, text).interests
    assert interest.withdrew is True


def test_nobody_declares_nothing(nlp: Language) -> None:
    for words in ("There were no declarations of interest.", "No interests were declared.", "None declared."):
        assert mine(nlp, f"2. Declarations of Interest\n\n{words}\n").interests == ()


def test_a_declared_emergency_is_no_interest(nlp: Language) -> None:
    assert mine(nlp, "6. Climate\n\nThe Council declared a climate emergency in 2019.\n").interests == ()
