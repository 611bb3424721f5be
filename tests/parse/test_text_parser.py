"""Plain text and Markdown are cleaned and cut into whole paragraphs."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from paper import check_blocks, read, texts

from minutes_miner.domain.vocabulary import BlockRole, WarningCode
from minutes_miner.errors import ParseError


def test_stray_tags_and_entities_become_line_breaks_and_characters() -> None:
    document = read(
        b"41.Police Report:  Received.<br /><br />42.Finance:  Rent of &pound;1,250 &amp;amp; rates.<br />"
        b"Merlin Lamps - &pound;65.00<br /><br />43.Planning:  No comment.",
        "minutes.txt",
    )
    assert "\u00a31,250 & rates" in document.text
    assert "<" not in document.text and "&amp;" not in document.text
    assert texts(document, BlockRole.HEADING) == ["41. Police Report:", "42. Finance:", "43. Planning:"]
    assert "Merlin Lamps - \u00a365.00" in texts(document, BlockRole.PARAGRAPH)
    check_blocks(document)


def test_hard_wrapped_lines_make_one_paragraph() -> None:
    lines = (
        b"The Clerk reported that the lamps on Sheepwash Lane had been out of order since\n"
        b"the autumn, and that the contractor had promised to mend them before the end of\n"
        b"the month.\n\nIt was agreed to write again.\n"
    )
    assert [len(text.split()) for text in texts(read(lines, "x.txt"))] == [32, 6]


def test_lines_each_followed_by_an_empty_one_make_one_paragraph() -> None:
    paragraph = [
        "The Members considered the report that had been circulated before the",
        "meeting, and asked whether the works at the harbour could be brought",
        "forward. The Engineer said that this would depend upon the weather and",
        "upon the grant.",
    ]
    second = [
        "It was agreed, on the proposal of Councillor Quill, that the matter be",
        "taken up again in the spring, once the tenders have been opened and the",
        "bank has answered.",
    ]
    document = read("\n\n".join(paragraph + second).encode(), "x.txt")
    assert texts(document) == [" ".join(paragraph), " ".join(second)]


def test_a_number_on_a_line_of_its_own_belongs_to_the_next_line() -> None:
    document = read(
        b"1.\n\nAdoption of Minutes\n\nThe minutes were adopted.\n\n2.\n\nVotes of Sympathy\n\nNone.\n", "x.txt"
    )
    assert texts(document, BlockRole.HEADING) == ["1. Adoption of Minutes", "2. Votes of Sympathy"]
    assert [item.number for item in document.items] == ["1", "2"]


def test_markdown_is_reduced_to_its_words() -> None:
    document = read(
        b"---\ntitle: 'Fenmarch Minutes, May'\ndate: 2024-06-30\n---\n\n"
        b"**Fenmarch Town Council**  \n**Minutes of the meeting held on 7th May 2024**\n\n---\n2\n\n"
        b"1. **Finance**  \n   The [accounts](https://example.org/a_b.pdf) were _approved_ at 5\\.2 per cent\\*.\n\n"
        b"   1. **Reserves**  \n      Noted.\n\n2. **Planning**  \n   No objection to **24/0113**.\n",
        "may.md",
    )
    assert document.ref.media_type == "text/markdown"
    assert document.title == "Fenmarch Minutes, May"
    assert document.meeting_date == date(2024, 5, 7)
    assert "The accounts were approved at 5.2 per cent*." in texts(document)
    assert "2024-06-30" not in document.text and "[" not in document.text and "**" not in document.text
    heads = [
        (document.text[b.start : b.end], b.depth) for b in document.blocks if b.role is BlockRole.HEADING and b.number
    ]
    assert heads == [("1. Finance", 0), ("1. Reserves", 1), ("2. Planning", 0)]


def test_levels_of_markdown_headings_are_kept() -> None:
    document = read(b"# Minutes\n\n## Roads\n\nText.\n\n### Lighting\n\nText.\n\n## Parks\n\nText.\n", "x.md")
    heads = [(document.text[b.start : b.end], b.depth) for b in document.blocks if b.role is BlockRole.HEADING]
    assert heads == [("Minutes", 0), ("Roads", 0), ("Lighting", 1), ("Parks", 0)]


def test_lists_nest_by_their_styles() -> None:
    document = read(
        b"RESOLVED that:\n\n1. the plan be approved;\n\n(a) in part; and\n\n(i) at once\n\n(b) in full\n\n"
        b"2. the cost be met.\n",
        "x.txt",
    )
    depths = [(block.number, block.depth) for block in document.blocks if block.role is BlockRole.LIST_ITEM]
    assert depths == [("1.", 0), ("(a)", 1), ("(i)", 2), ("(b)", 1), ("2.", 0)]


def test_other_encodings_are_read_and_broken_bytes_noticed() -> None:
    assert "\u00a350 \u2013 agreed" in read("Grant of \u00a350 \u2013 agreed".encode("cp1252"), "x.txt").text
    assert "\u00a350" in read("Grant of \u00a350 agreed".encode("utf-16"), "x.txt").text
    broken = read("Caf\u00e9 \u2013 \u00a350 na\u00efve \u20ac9 \u00e9t\u00e9".encode() + b"\xff agreed", "x.txt")
    assert [notice.code for notice in broken.notices] == [WarningCode.ENCODING]
    assert not read("Caf\u00e9".encode(), "x.txt").notices


@settings(max_examples=150)
@given(st.text(max_size=400), st.sampled_from(["x.txt", "x.md"]))
def test_blocks_of_any_text_are_ordered_whole_and_not_empty(text: str, source: str) -> None:
    try:
        document = read(text.encode("utf-8", "ignore"), source)
    except ParseError:
        return
    check_blocks(document)


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from(
            ["1. ", "(a) ", "RESOLVED that", "the Clerk will write.", "\n", "\n\n", " ", "ITEM", "**x**", "- ", "# "]
        )
    )
)
def test_blocks_of_minutes_like_text_hold_every_word(parts: list[str]) -> None:
    text = "".join(parts)
    if not any(ch.isalnum() for ch in text):
        return
    document = read(text.encode(), "x.txt")
    check_blocks(document)
    assert "".join(document.text.split()) == "".join(text.split())


def test_bare_numbers_that_count_through_a_document_number_its_items() -> None:
    text = "\n\n".join(
        ["Quay Forum", "1  Apologies", "None were sent.", "2  Minutes", "They were agreed.", "3  Roof repairs"]
        + ["14 Slates fell in the storm.", "4  Any other business", "There was none."]
    )
    document = read(text.encode(), "forum.txt")
    check_blocks(document)
    numbers = [block.number for block in document.blocks if block.number]
    assert numbers == ["1", "2", "3", "4"]
    assert [item.title for item in document.items if item.number] == [
        "Apologies", "Minutes", "Roof repairs", "Any other business",
    ]  # fmt: skip


def test_a_markdown_table_gives_cells_under_their_headers() -> None:
    rows = ["| What | Who | When |", "|---|---|---|", "| Mend the gate | Ann | May |", "| Paint it | | June |"]
    text = "\n".join(["# Quay Forum", "", *rows, ""])
    document = read(text.encode(), "forum.md")
    check_blocks(document)
    found = {
        (block.cell.row, block.cell.header): document.text[block.start : block.end]
        for block in document.blocks
        if block.cell and block.cell.row
    }
    assert found == {
        (1, "What"): "Mend the gate", (1, "Who"): "Ann", (1, "When"): "May",
        (2, "What"): "Paint it", (2, "When"): "June",
    }  # fmt: skip
