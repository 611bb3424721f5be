"""Posts and bodies are one only up to capitals, punctuation and articles."""

from __future__ import annotations

import pytest

from minutes_miner.domain.office import read_offices
from minutes_miner.domain.vocabulary import PartyKind


def keys(text: str, body: str | None = None) -> list[str]:
    return [office.key for office in read_offices(text, body)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director of Finance", "the Director of Finance"),
        ("Director of Finance & Resources (S151)", "The Director of Finance and Resources, S151"),
        ("Town Clerk", "town clerk."),
        ("Leader of the Council", "the Leader of Council"),
        ("Planning Committee", "the planning committee"),
    ],
)
def test_what_is_alike_is_one(one: str, other: str) -> None:
    assert keys(one) == keys(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director of Finance", "Director of Finance and Resources"),
        ("Head of Planning", "Interim Head of Planning"),
        ("Clerk", "Town Clerk"),
        ("Planning Committee", "Planning Sub-Committee"),
    ],
)
def test_what_differs_is_not(one: str, other: str) -> None:
    assert keys(one) and keys(other) and keys(one) != keys(other)


def test_the_chair_is_the_chair_of_a_body() -> None:
    planning, cabinet = read_offices("the Chair", "Planning Committee"), read_offices("Chair", "Cabinet")
    assert planning[0].shown == "Chair, Planning Committee"
    assert planning[0].key != cabinet[0].key and planning[0].is_certain
    assert not read_offices("the Chair")[0].is_certain


def test_several_posts_are_parted_but_not_within_one() -> None:
    assert keys("Head of Legal and Head of Planning") == ["head of legal", "head of planning"]
    assert keys("Director of Finance and Resources") == ["director of finance and resources"]


def test_the_committee_is_the_one_that_met() -> None:
    (office,) = read_offices("the Committee", "Planning Committee")
    assert (office.kind, office.shown) == (PartyKind.BODY, "Planning Committee")
    assert read_offices("the Committee", "Cabinet") == ()


@pytest.mark.parametrize(
    "text", ["officers", "all members", "Members", "volunteers", "residents", "the objectors", "2", ""]
)
def test_what_is_neither_post_nor_body_is_nothing(text: str) -> None:
    assert read_offices(text) == ()
