"""What was written of each page is held against the letters that stand on it."""

from __future__ import annotations

import pytest
from paper import LEFT, Paper, texts

from minutes_miner.domain.vocabulary import WarningCode
from minutes_miner.parse.coverage import count_letters, find_losses

LINES = [
    "The Clerk reported that the lamps on Sheepwash Lane had been out of order since the autumn",
    "and that the contractor had promised to mend them before the end of the month. Members said",
    "that they had heard this before and that the lane was not safe to walk after dark.",
]
HEAD = "Fenmarch Town Council, minutes of the meeting of the whole council"
ASIDE = "Payments of the quarter are set out on this sheet and go to the auditor with the accounts."


def _paper_of_three_pages() -> Paper:
    paper = Paper()
    for page in range(3):
        paper.put(LEFT, 40, HEAD)
        paper.put(290, 810, f"Page {page + 1}")
        for part in range(4):
            paper.lines(120 + 60 * part, LINES)
        if page < 2:
            paper.turn_page()
    return paper


def test_a_page_that_lost_words_is_named_with_the_share_of_them() -> None:
    paper = _paper_of_three_pages()
    paper.canvas.rotate(90)
    paper.put(100, 900, ASIDE)
    document = paper.read()
    assert ASIDE not in document.text
    share = count_letters(ASIDE) / count_letters("".join([ASIDE, *4 * LINES, HEAD, "Page 3"]))
    assert [(notice.code, notice.message) for notice in document.notices] == [
        (WarningCode.WORDS_LOST, f"1 of 3 pages lost more than 2% of their words: page 3 ({share:.0%})")
    ]


def test_furniture_watermarks_and_paragraphs_over_the_page_are_no_loss() -> None:
    paper = _paper_of_three_pages()
    paper.canvas.rotate(45)
    for across in range(300, 800, 100):
        paper.put(across, 500, "NOT YET APPROVED BY THE COUNCIL")
    document = paper.read()
    assert len(texts(document)) > 8
    assert HEAD not in document.text and "NOT YET" not in document.text
    assert document.notices == ()


def test_a_table_over_two_pages_loses_nothing_though_its_header_is_read_once() -> None:
    paper = Paper()
    rows = [["Date", "Payee and purpose of it", "Amount (pounds)"]]
    rows += [[f"{day} May 2024", f"Haddon & Sons, mowing of green {day}", f"{day}1.50"] for day in range(10, 14)]
    for _ in range(2):
        tops = [100 + 20 * i for i in range(len(rows) + 1)]
        paper.grid([60, 150, 400, 530], tops)
        for top, row in zip(tops, rows, strict=False):
            for x, words in zip((64, 154, 404), row, strict=True):
                paper.put(x, top + 14, words, bold=row is rows[0])
        paper.turn_page()
    document = paper.read()
    assert document.text.count("Payee") == 1 and document.text.count("Haddon") == 8
    assert document.notices == ()


@pytest.mark.parametrize(
    ("text", "letters"), [("commit-\ntee", 9), ("(a) \u00a31,200 \u2022 due", 8), ("\u0160koda", 4), ("", 0)]
)
def test_letters_are_those_that_joining_lines_leaves_alone(text: str, letters: int) -> None:
    assert count_letters(text) == letters


def test_a_short_page_may_lose_a_few_letters_and_a_long_one_no_more_than_its_share() -> None:
    seen = [(1, 100), (2, 100), (3, 10_000), (4, 10_000), (5, 40), (6, 0)]
    assert find_losses(seen, {1: 70, 2: 69, 3: 9_800, 4: 9_799}) == {2: 0.31, 4: 0.0201, 5: 1.0}
