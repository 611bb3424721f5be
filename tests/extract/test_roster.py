"""Whom a party's words mean is told by the document's own lists, and never guessed."""

from __future__ import annotations

import re

import pytest

from minutes_miner.domain.record import Attendance, Evidence, Party
from minutes_miner.domain.vocabulary import Presence
from minutes_miner.extract.names import read_party
from minutes_miner.extract.pronouns import find_antecedent
from minutes_miner.extract.roster import Roster

PEOPLE = (
    ("Cllr Hari Prendergast", "HP"),
    ("Councillor Jean Sibbald", "Chair"),
    ("Cllr John Sibbald", None),
    ("Cllr Mo Farrington", None),
    ("Meena Rowlatt", "Director of Place"),
    ("Tom Ashby", "Director of Finance"),
    ("Kit Dwyer", "Clerk"),
)


@pytest.fixture
def roster() -> Roster:
    return Roster(Attendance(name, role, Presence.PRESENT, Evidence(0, len(name), name)) for name, role in PEOPLE)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("HP", "Hari Prendergast"),
        ("MF", "Mo Farrington"),
        ("Cllr Farrington", "Mo Farrington"),
        ("Cllr M. Farrington", "Mo Farrington"),
        ("the Clerk", "Kit Dwyer"),
        ("the Director of Place", "Meena Rowlatt"),
        ("the Chair", "Jean Sibbald"),
    ],
)
def test_a_party_that_fits_one_person_is_that_person(roster: Roster, words: str, name: str) -> None:
    assert roster.resolve(read_party(words)).name == name


@pytest.mark.parametrize("words", ["JS", "the Director", "officers", "She", "XY"])
def test_a_party_that_fits_several_people_or_none_stays_as_it_is(roster: Roster, words: str) -> None:
    assert roster.resolve(read_party(words)) == read_party(words)


def test_a_surname_that_two_people_share_stays_unresolved(roster: Roster) -> None:
    assert roster.resolve(read_party("Cllr Sibbald")) == Party("Cllr Sibbald", name="Sibbald")


def test_a_person_is_given_the_post_that_the_list_gives(roster: Roster) -> None:
    assert roster.resolve(read_party("Kit Dwyer")) == Party("Kit Dwyer", name="Kit Dwyer", role="Clerk")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Mr Gilliver said that he would bring the deeds.", "Mr Gilliver"),
        ("The Head of Parks spoke of the swings. She would cost them.", "The Head of Parks"),
        ("Cllr Otway thanked Cllr Prowse and said she would write.", None),
        ("The wall is unsafe. He would look at it.", None),
    ],
)
def test_a_pronoun_means_the_only_person_named_before_it(text: str, person: str | None) -> None:
    pronoun = next(match for match in re.finditer(r"\b(?:he|she)\b", text, re.IGNORECASE))
    assert find_antecedent(text, pronoun.start()) == person
