"""Furniture is told by where it stands, by its page's number and by its type."""

from __future__ import annotations

import pytest
from paper import LEFT, Paper, texts

BODY = "The Clerk of letter {} reported that the lamps had been out of order since the autumn of that year."


def write(feet: list[list[tuple[float, float, str]]]) -> list[str]:
    """Write pages with a line of text each and their furniture, and read them."""
    paper = Paper()
    for at, pieces in enumerate(feet):
        for top in range(100, 700, 100):
            paper.put(LEFT, top, BODY.format("abcdef"[at] + str(top)))
        for x, top, text in pieces:
            paper.put(x, top, text, size=9)
        paper.turn_page()
    return texts(paper.read())


def expect(pages: int) -> list[str]:
    """Give the text alone."""
    return [BODY.format("abcdef"[at] + str(top)) for at in range(pages) for top in range(100, 700, 100)]


@pytest.mark.parametrize("form", ["2|Page", "Page | 2", "- 2 -", "ii", "P a g e | 2", "Page 2 of 3"])
def test_forms_of_page_numbers(form: str) -> None:
    feet = [[(500.0, 805.0, form.replace("ii", "i" * page).replace("2", str(page)))] for page in (1, 2, 3)]
    assert write(feet) == expect(3)


def test_left_and_right_are_swapped_on_even_pages() -> None:
    here, there = "Fenmarch Town Council", "Minutes of 7 May"
    feet = [[(72.0, 40.0, (here, there)[page % 2]), (450.0, 40.0, (there, here)[page % 2])] for page in range(4)]
    assert write(feet) == expect(4)


def test_a_line_above_the_page_number_is_furniture_too() -> None:
    signed = "Signed .................... Date ............"
    assert write([[(72.0, 780.0, signed), (290.0, 800.0, str(page))] for page in (1, 2, 3)]) == expect(3)


def test_furniture_that_begins_on_the_second_page() -> None:
    foot = [(72.0, 800.0, "Fenmarch Town Council"), (490.0, 800.0, "Page 2")]
    assert write([[], foot]) == expect(2)


def test_small_type_within_the_text_is_text() -> None:
    paper = Paper()
    paper.lines(100, [BODY.format("a")])
    paper.put(LEFT, 130, "A note in small type.", size=8)
    paper.lines(160, [BODY.format("b")])
    assert "A note in small type." in texts(paper.read())


def test_a_lead_in_that_ends_two_pages_is_no_foot() -> None:
    paper = Paper()
    for letter in "ab":
        for top in range(100, 700, 100):
            paper.put(LEFT, top, BODY.format(letter + str(top)))
        paper.put(LEFT, 770, "It was RESOLVED that:")
        paper.put(LEFT, 800, f"Page {'ab'.index(letter) + 1}")
        paper.turn_page()
    paper.put(LEFT, 100, "(a) the report be noted.")
    assert texts(paper.read()).count("It was RESOLVED that:") == 2


def test_a_sentence_that_ends_two_pages_is_text() -> None:
    paper = Paper()
    for letter in "ab":
        for top in range(100, 700, 100):
            paper.put(LEFT, top, BODY.format(letter + str(top)))
        paper.put(LEFT, 760, f"Councillor {letter.upper()}dair asked how many households near the quay had answered")
        paper.put(LEFT, 773, "and why the figures differed from those of the year before that one.")
        paper.turn_page()
    paper.put(LEFT, 100, "The report was noted.")
    assert " ".join(texts(paper.read())).count("of the year before that one.") == 2
