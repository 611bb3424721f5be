"""Words that name clauses are read number by number, and figures of votes are no names of clauses."""

from __future__ import annotations

import pytest

from minutes_miner.domain.clausenumbers import find_named_clauses, read_clause_number


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("(Resolutions 1 and 2: 4 for, 1 against)", [("1", "2")]),
        ("Voting: (1), (3) and (4) – unanimous; (2) – 8 for", [("1", "3", "4"), ("2",)]),
        ("Resolutions 1 to 3 were carried and resolution 4 by 8 votes to 1.", [("1", "2", "3"), ("4",)]),
        ("(a) to (c) were carried", [("a", "b", "c")]),
        ("Recommendation 2 – AGREED by 6 votes to 2", [("2",)]),
        ("(10 for, 2 against, 1 abstention)", []),
        ("RESOLVED (6 votes to 2) that permission be refused", []),
        ("under section 5 of the Act", []),
    ],
)
def test_clauses_are_named(words: str, numbers: list[tuple[str, ...]]) -> None:
    assert [named.numbers for named in find_named_clauses(words)] == numbers


@pytest.mark.parametrize(
    ("text", "clause", "number"),
    [
        ("RESOLVED that\n\n2. the quay be painted;", "the quay", "2"),
        ("(b) That the quay be painted", "That", "b"),
        ("Resolved – (1) That the quay be painted", "Resolved", "1"),
        ("RESOLVED that the quay be painted", "RESOLVED", None),
    ],
)
def test_the_number_of_a_clause_is_read(text: str, clause: str, number: str | None) -> None:
    assert read_clause_number(text, text.index(clause)) == number


def test_a_long_run_of_numbers_ends_soon() -> None:
    assert list(find_named_clauses("((1) and " * 20_000)) == []
