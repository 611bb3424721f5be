"""Names become parties: those present decide, private persons are none, and order does not matter."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from minutes_miner.domain.party import KnownParty, Mention, NamedPaper, Resolution
from minutes_miner.domain.resolution import resolve
from minutes_miner.domain.vocabulary import Part, PartyKind

SCRIPT = Path(__file__).parents[2] / "scripts" / "evaluate_parties.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """Load the script that measures."""
    spec = importlib.util.spec_from_file_location("evaluate_parties", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["evaluate_parties"] = module
    spec.loader.exec_module(module)
    return module


def paper(number: int, *mentions: Mention, body: str | None = "Cabinet") -> NamedPaper:
    return NamedPaper(f"{number:04}", body, mentions)


def there(*names: str, status: str = "present") -> tuple[Mention, ...]:
    found, start = [], 0
    for name in names:
        text, _, role = name.partition(" | ")
        found.append(Mention(Part.ATTENDED, text, role or None, status=status, start=start, end=start + len(text)))
        start += len(text) + 2
    return tuple(found)


def vote(name: str, ballot: str = "for") -> Mention:
    return Mention(Part.VOTED, name, decision_id="d", ballot=ballot)


def owner(name: str) -> Mention:
    return Mention(Part.OWNS, name, action_id="a")


def told(resolution: Resolution, text: str) -> list[KnownParty]:
    """Give the parties that a name was resolved into, one for each place."""
    by_id = {party.id: party for party in resolution.parties}
    return [by_id[one.party_id] for one in resolution.appearances if one.mention.text == text]


def names(resolution: Resolution, kind: PartyKind = PartyKind.PERSON) -> set[str]:
    return {party.name for party in resolution.parties if party.kind is kind}


def test_who_is_present_decides() -> None:
    both = paper(1, *there("Cllr A Patel", "Cllr B Patel"), vote("Patel"))
    alone = paper(2, *there("Cllr A Patel", "Cllr P Quill"), vote("Patel"))
    one = told(resolve("ashcombe", [alone, both]), "Patel")
    assert [(party.name, party.is_resolved, party.may_be) for party in one] == [
        ("Patel", False, "A Patel; B Patel"),
        ("A Patel", True, None),
    ]


def test_who_sent_apologies_does_not_decide() -> None:
    found = resolve(
        "ashcombe", [paper(1, *there("Cllr B Patel"), *there("Cllr A Patel", status="apologies"), vote("Patel"))]
    )
    assert [party.name for party in told(found, "Patel")] == ["B Patel"]


def test_the_fullest_name_is_shown() -> None:
    found = resolve(
        "ashcombe", [paper(1, vote("HOWSON J")), paper(2, vote("Cllr John Howson MBE")), paper(3, vote("Howson"))]
    )
    assert names(found) == {"John Howson"}


def test_private_persons_and_staff_are_no_parties() -> None:
    listed = there("Cllr J Howson", "M Doe | resident", "K Hart | Planning Officer", "Ron Mould")
    found = resolve("ashcombe", [paper(1, *listed, owner("Mr Mould"), owner("residents"), owner("Ron Mould"))])
    assert names(found) == {"J Howson"}
    assert len(found.parties) == 2  # and the body that met


def test_staff_do_not_take_a_members_name() -> None:
    listed = there("Cllr John Smith", "Cllr Quill", "J Smith | Planning Officer")
    found = resolve("ashcombe", [paper(1, *listed, vote("Smith"))])
    assert [party.name for party in told(found, "Smith")] == ["John Smith"]
    assert told(found, "J Smith") == []


def test_councillors_before_the_first_name_counts_for_the_others() -> None:
    found = resolve("ashcombe", [paper(1, *there("Councillors Ash", "Birch", "Cole.", "Dean"))])
    assert names(found) == {"Ash", "Birch", "Cole"}


def test_initials_and_the_chair_are_looked_for_in_the_list() -> None:
    moved = Mention(Part.MOVED, "the Chair", decision_id="d")
    found = resolve(
        "glenshee", [paper(1, *there("Alan Storrie | Chair", "Neil Shand | NS"), moved, vote("NS"), vote("QX"))]
    )
    assert [party.name for text in ("the Chair", "NS") for party in told(found, text)] == ["Alan Storrie", "Neil Shand"]
    assert told(found, "QX") == []


def test_several_owners_in_one_place_are_each_told() -> None:
    found = resolve("ashcombe", [paper(1, *there("Cllr A Ash", "Cllr B Birch"), owner("Cllrs Ash and Birch"))])
    assert [party.name for party in told(found, "Cllrs Ash and Birch")] == ["A Ash", "B Birch"]


def test_posts_and_bodies_are_parties_of_their_own() -> None:
    found = resolve("ashcombe", [paper(1, owner("the Town Clerk"), owner("Town Clerk"), owner("Finance Committee"))])
    assert names(found, PartyKind.POST) == {"Town Clerk"}
    assert names(found, PartyKind.BODY) == {"Cabinet", "Finance Committee"}


def test_ids_differ_between_authorities_and_hold_within_one() -> None:
    papers = [paper(1, vote("Cllr John Smith"))]
    here, elsewhere = resolve("ashcombe", papers), resolve("northmere", papers)
    assert {party.id for party in here.parties}.isdisjoint(party.id for party in elsewhere.parties)
    assert [party.id for party in resolve("ashcombe", [*papers, paper(2, vote("J Smith"))]).parties] == [
        party.id for party in here.parties
    ]
    assert [party.id for party in here.parties if party.name == "John Smith"] == ["3680a08efc546cae"]


def test_the_order_of_papers_does_not_matter(script: ModuleType) -> None:
    judged = script.read_judged(script.FOLDER / "southwick.txt")
    found = resolve("southwick", judged.papers)
    assert len(found.parties) > 12
    assert resolve("southwick", list(reversed(judged.papers))) == found


def test_the_judged_names_are_told_apart(script: ModuleType) -> None:
    every = script.Score()
    for path in sorted(script.FOLDER.glob("*.txt")):
        every.add(script.score(script.read_judged(path)))
    assert every.meant > 800 and every.nobody > 30
    assert every.right / every.tied >= 0.99
    assert every.right / every.meant >= 0.95
    assert every.made == 0


def test_a_judged_file_that_is_malformed_is_refused(script: ModuleType, tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text("# Ashcombe\n== Cabinet\nfor: Howson\n", "utf-8")
    with pytest.raises(ValueError, match="line 3"):
        script.read_judged(broken)


def test_an_empty_authority_has_no_parties() -> None:
    assert resolve("ashcombe", []) == Resolution((), ())
    assert resolve("ashcombe", [replace(paper(1), body=None)]) == Resolution((), ())
