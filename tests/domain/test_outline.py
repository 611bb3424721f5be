"""Plain lines become headings, paragraphs and list items, each whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.domain.heading import looks_like_heading
from minutes_miner.domain.numbering import find_number
from minutes_miner.domain.outline import find_items, outline_text
from minutes_miner.domain.vocabulary import BlockRole


@pytest.mark.parametrize(
    ("line", "number", "style"),
    [
        ("4. Minutes", "4.", "1"),
        ("4) Minutes", "4)", "1"),
        ("3127.Police report", "3127.", "1"),
        ("2944Apologies", "2944", "1"),
        ("Item 4: Minutes", "Item 4:", "1"),
        ("7.22.03 Minutes", "7.22.03", "1.1"),
        ("64/20 Minutes", "64/20", "1.1"),
        ("CM 74/23 Minutes", "CM 74/23", "1.1"),
        ("PL.31 Minutes", "PL.31", "1.1"),
        ("(a) that", "(a)", "a("),
        ("(1) that", "(1)", "1("),
        ("(iv) that", "(iv)", "i("),
        ("b) that", "b)", "a"),
        ("B. Roads", "B.", "A"),
        ("\u2022 Lamps", "\u2022", "-"),
        ("\u00b7         Lamps", "\u00b7", "-"),
        ("o Lamps", "o", "-"),
    ],
)
def test_numbers_are_read_with_their_style(line: str, number: str, style: str) -> None:
    found = find_number(line)
    assert found is not None and (found.text, found.style) == (number, style)
    assert line[found.body :][0].isalpha()


@pytest.mark.parametrize(
    "line",
    [
        "14/11/2023 the hall",
        "7.30 pm in the hall",
        "7.30pm",
        "Minutes",
        "20 mph limit",
        "2Agriculture",
        "a seat",
        "o the shame",
        "30/6/21 2614",
        "114.00 |",
    ],
)
def test_dates_times_and_words_are_no_numbers(line: str) -> None:
    assert find_number(line) is None


def test_lines_stay_apart_where_none_goes_on_from_the_one_above() -> None:
    lines = [
        "3. To approve the minutes of the Council Meeting held on 15 July 2023 in the Reading Room",
        "These were approved.",
        "4. To receive reports from the County and District Councillors who attended the meeting",
        "Cllr Orde told the Council of the ferry.",
        "5. Police",
        "There had been no crimes.",
        "6. Finance",
        "It was proposed by Cllr Orde, seconded by Cllr Teale, and\nRESOLVED that a safe be bought.",
        "The Clerk showed the accounts for the quarter and answered a question about the insurance",
        "Cllr Teale thanked her.",
        "7. Litter bin",
    ]
    text = "\n".join(lines)
    assert [text[block.start : block.end] for block in outline_text(text)] == lines


def test_a_title_in_small_letters_is_a_heading_where_it_counts_on() -> None:
    text = "4. Planning Decisions\n\nThese were noted.\n\n5. Tree works\n\nThe oak was felled.\n\n6. Any Business\n"
    roles = [block.role for block in outline_text(text) if block.number]
    assert roles == [BlockRole.HEADING] * 3


def test_years_that_count_on_are_numbers_of_minutes() -> None:
    text = "\n\n".join(f"{1953 + step}  The Council spoke of matter {step}." for step in range(7))
    assert [block.number for block in outline_text(text)] == [str(1953 + step) for step in range(7)]


def test_run_in_titles_become_headings_where_all_items_have_them() -> None:
    text = "11. Police: Not here.\n\n12. Finance: Rent of 5 was paid.\n\n13. Any other business:-\n\nNone.\n"
    blocks = outline_text(text)
    assert [(text[b.start : b.end], b.role.name) for b in blocks] == [
        ("11. Police:", "HEADING"),
        ("Not here.", "PARAGRAPH"),
        ("12. Finance:", "HEADING"),
        ("Rent of 5 was paid.", "PARAGRAPH"),
        ("13. Any other business:-", "HEADING"),
        ("None.", "PARAGRAPH"),
    ]
    assert [(item.number, item.title) for item in find_items(text, blocks)] == [
        ("11", "Police:"), ("12", "Finance:"), ("13", "Any other business:-"),
    ]  # fmt: skip


def test_two_points_with_colons_are_no_items() -> None:
    text = "RESOLVED that:\n\n1. Cost: the cost be met.\n\n2. Time: the work be done.\n"
    assert [block.role for block in outline_text(text)][1:] == [BlockRole.LIST_ITEM] * 2


@pytest.mark.parametrize(
    "words",
    ["Apologies for Absence", "MATTERS ARISING", "Questions for the Council:", "Date of Next Meeting", "Decision:"],
)
def test_headings(words: str) -> None:
    assert looks_like_heading(words, None)


@pytest.mark.parametrize(
    "words",
    [
        "The Cabinet agree to:", "RESOLVED", "Daniel Mudge", "Mr J Prior", "For (14)", "Chair: D Gray", "It was agreed",
        "Ash, Birch, Cole",
        "noted", "That the Plan be Approved.",
    ],
)  # fmt: skip
def test_no_headings(words: str) -> None:
    assert not looks_like_heading(words, None)


def test_bold_lines_in_a_row_are_a_letterhead_not_items() -> None:
    text = "FENMARCH\n\nHELD IN THE HALL\n\nON 6 MAY\n\n1. APOLOGIES\n\nNone.\n"
    blocks = outline_text(text)
    assert [text[b.start : b.end] for b in blocks if b.role is BlockRole.HEADING] == ["1. APOLOGIES"]


@given(st.text(max_size=300))
def test_blocks_are_ordered_and_not_empty(text: str) -> None:
    last = 0
    for block in outline_text(text):
        assert last <= block.start <= block.body < block.end
        assert text[block.start : block.end].strip()
        last = block.end
