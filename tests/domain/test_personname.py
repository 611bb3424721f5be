"""Names are read as minutes write them, and what is no name is none."""

from __future__ import annotations

import pytest

from minutes_miner.domain.personname import PersonName, codes_of, part_post, read_code, read_name, split_names


@pytest.mark.parametrize(
    ("text", "surname", "forenames"),
    [
        ("Cllr J. Howson", "howson", ("j",)),
        ("Councillor John Howson", "howson", ("john",)),
        ("Howson, J.", "howson", ("j",)),
        ("HOWSON, John", "howson", ("john",)),
        ("HOWSON J", "howson", ("j",)),
        ("Sheehan (J)", "sheehan", ("j",)),
        ("JR Howson", "howson", ("j", "r")),
        ("J.R.Howson", "howson", ("j", "r")),
        ("Howson JR", "howson", ("j", "r")),
        ("Cllr Mrs J Howson MBE", "howson", ("j",)),
        ("Cllr A. Smith-Jones OBE, JP", "smithjones", ("a",)),
        ("Councillor L Kennedy- Dale", "kennedydale", ("l",)),
        ("Rt Hon Cllr Sir John Howson KBE", "howson", ("john",)),
        ("Councillor Howson (Chair)", "howson", ()),
        ("the Leader (Cllr Howson)", "howson", ()),
        ("Lord Mayor, Cllr Howson", "howson", ()),
        ("Chairman Cllr Howson", "howson", ()),
        ("Cllr Howson (substitute for Cllr Patel)", "howson", ()),
        ("Cllr O’Neill", "oneill", ()),
        ("O'Neill, P.", "oneill", ("p",)),
        ("Cmhlr. Ó Ceallaigh", "oceallaigh", ()),
        ("Sorcha Novak Uí Chonchúir", "uichonchuir", ("sorcha", "novak")),
        ("Cllr Maria de Souza", "desouza", ("maria",)),
        ("Cllr De Souza", "desouza", ()),
        ("Cyng. Siân ap Gwyn", "apgwyn", ("sian",)),
        ("Mc Donald", "mcdonald", ()),
        ("M Y Ali", "ali", ("m", "y")),
        ("Jane Smith (née Jones)", "smith", ("jane",)),
        ("Cllr Robert 'Bob' Howson", "howson", ("robert",)),
        ("Cllr Howson (LD)", "howson", ()),
        ("Cllr Ward", "ward", ()),
        ("Patrick Hall", "hall", ("patrick",)),
        ("Cllr Richards.", "richards", ()),
    ],
)
def test_a_name_is_read(text: str, surname: str, forenames: tuple[str, ...]) -> None:
    read = read_name(text)
    assert read is not None
    assert (read.name.surname, read.name.forenames) == (surname, forenames)


@pytest.mark.parametrize(
    "text",
    [
        "Cllr",
        "Councillor S",
        "Councillors",
        "Mayor.",
        "Chief Executive",
        "Business Improvement",
        "Experimental Traffic Management",
        "Rowe Substantive Motion carried",
        "Teale. (26) There were no abstentions",
        "Cllr Sue Lane Chair Cllr Jan",
        "West Norley Cllr Martin Stone",
        "Rob Boyle RB Mary Carr",
        "Ward",
        "the Leader",
        "three members of the public",
        "",
    ],
)
def test_what_is_no_name_of_one_person_is_none(text: str) -> None:
    assert read_name(text) is None


def test_titles_tell_sex_membership_and_post() -> None:
    read = read_name("Cllr Mrs T Oddie MBE (Vice-Chair)")
    assert read is not None
    assert (read.name.sex, read.is_member, read.role, read.shown) == ("f", True, "Vice-Chair", "T Oddie")
    other = read_name("Mr P V Barrow-King")
    assert other is not None
    assert (other.name.sex, other.is_member, other.role, other.shown) == ("m", False, None, "P V Barrow-King")


def test_a_plural_title_announces_more_names() -> None:
    assert [read.is_plural for text in ("Cllrs Ash", "Councillors A Ash", "Cllr Ash") if (read := read_name(text))] == [
        True,
        True,
        False,
    ]


def test_juniors_and_seniors_are_told() -> None:
    assert [read.name.suffix for text in ("E Vale Jnr", "E Vale Senior") if (read := read_name(text))] == ["jr", "sr"]


def test_a_surname_of_two_words_is_known_by_its_hyphen_elsewhere() -> None:
    alone, told = read_name("Anne Smith Jones"), read_name("Anne Smith Jones", frozenset({"smithjones"}))
    assert alone and alone.name == PersonName("jones", ("anne", "smith"))
    assert told and told.name == PersonName("smithjones", ("anne",))


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("J Howson", "John Howson", True),
        ("Howson", "John Howson", True),
        ("John R Howson", "John Howson", True),
        ("J P Howson", "John R Howson", False),
        ("John Howson", "Jon Howson", False),
        ("Mr J Howson", "Mrs J Howson", False),
        ("Mrs J Howson", "J Howson", True),
        ("E Vale Jnr", "E Vale Snr", False),
        ("E Vale Jnr", "E Vale", False),
        ("Chris Howson", "Christopher Howson", False),
        ("Smith-Jones", "Jones", False),
    ],
)
def test_which_names_can_be_of_one_person(one: str, other: str, fits: bool) -> None:
    first, second = read_name(one), read_name(other)
    assert first and second
    assert first.name.can_be(second.name) is second.name.can_be(first.name) is fits


def test_several_names_are_parted() -> None:
    assert split_names("Cllrs Ash and Birch") == ["Cllrs Ash", "Cllrs Birch"]
    assert split_names("Cllrs A Ash, B Birch & C Cole") == ["Cllrs A Ash", "Cllrs B Birch", "Cllrs C Cole"]
    assert split_names("Cllr Ash and Cllr Birch") == ["Cllr Ash", "Cllr Birch"]
    assert split_names("Cllr Ash and the Clerk") == ["Cllr Ash and the Clerk"]


def test_initials_stand_for_names() -> None:
    assert [read_code(text) for text in ("AS", "(MCa)", "Ash", "NB.", "Li")] == ["AS", "MCa", None, "NB", None]
    read = read_name("Alan Peter Storrie")
    assert read is not None and codes_of(read) == {"APS", "AS"}


def test_a_post_before_a_name_is_parted() -> None:
    assert part_post("Secretary Moira Tait") == ("Secretary", "Moira Tait")
    assert part_post("Director of Finance") == ("", "Director of Finance")
