"""Notes of an Action column stand beside the paragraph whose lines they are level with."""

from __future__ import annotations

from paper import PITCH, Paper, check_blocks, notes, texts

from minutes_miner.domain.vocabulary import BlockRole

POINT = [
    "The seat by the pond had been damaged again and Members were sorry to hear of",
    "it. It was agreed that a quote should be had for its repair.",
]


def test_initials_under_a_header_stand_beside_the_last_line_of_their_point() -> None:
    paper = Paper()
    paper.put(72, 100, "ITEMS", bold=True)
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, POINT)
    paper.put(497, 130 + PITCH, "AQ/BA", bold=True)
    paper.lines(
        130 + 2 * PITCH,
        ["Cllr Birch spoke of the buses. He would see the company about them, and report to", "the next meeting."],
    )
    paper.put(505, 130 + 3 * PITCH, "CB", bold=True)
    document = paper.read()
    assert notes(document) == [
        ("AQ/BA", " ".join(POINT)),
        ("CB", "Cllr Birch spoke of the buses. He would see the company about them, and report to the next meeting."),
    ]
    assert "Action" not in document.text and "ITEMS" not in document.text
    check_blocks(document)


def test_a_column_without_a_header_is_told_by_its_initials() -> None:
    paper = Paper()
    for i, initials in enumerate(("AQ", "BA", "CB/AQ")):
        top = 100 + 50 * i
        paper.lines(top, POINT)
        paper.put(510, top + PITCH, initials)
    assert [note for note, _ in notes(paper.read())] == ["AQ", "BA", "CB/AQ"]


def test_close_bold_initials_are_taken_off_a_full_line() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    line = "The list of members is to be set right on the website, whatever their present standing."
    paper.put(72, 130, line)
    paper.put(72 + paper.canvas.stringWidth(line, "Helvetica", 11) + 4, 130, "AQ", bold=True)
    document = paper.read()
    assert notes(document) == [("AQ", line)]


def test_a_ruled_action_column_with_a_wrapped_header() -> None:
    paper = Paper()
    paper.grid([72, 430, 500], [100, 130, 220, 260])
    paper.put(76, 113, "Item")
    paper.put(434, 113, "Action")
    paper.put(434, 126, "Point(s)")
    paper.put(76, 143, "6. Army issues:", bold=True)
    points = [
        ("a.", "The camp road is to be closed for two weeks and a"),
        ("b.", "The farmer has offered to move the stone."),
    ]
    paper.put(80, 156, points[0][0])
    paper.put(100, 156, points[0][1])
    paper.put(100, 169, "notice will be put up.")
    paper.put(80, 182, points[1][0])
    paper.put(100, 182, points[1][1])
    paper.put(434, 182, "CF/AG")
    paper.put(76, 233, "7. Lights", bold=True)
    paper.put(76, 246, "The tree will be lit on 2 December.")
    for i, line in enumerate(("Volunteers", "to raise the", "tree.")):
        paper.put(434, 226 + 12 * i, line, size=9)
    document = paper.read()
    assert notes(document) == [
        ("CF/AG", "b. The farmer has offered to move the stone."),
        ("Volunteers to raise the tree.", "The tree will be lit on 2 December."),
    ]
    assert texts(document, BlockRole.HEADING) == ["6. Army issues:", "7. Lights"]
    assert "Item" not in texts(document)
    check_blocks(document)


def test_the_column_goes_on_over_the_page() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, POINT)
    paper.turn_page()
    paper.lines(80, POINT)
    paper.put(505, 80 + PITCH, "BA", bold=True)
    assert [note for note, _ in notes(paper.read())] == ["BA"]


def test_sums_at_the_right_edge_are_no_notes() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, POINT)
    for i in range(4):
        paper.put(72, 180 + PITCH * i, "Fell Ltd, for cutting the grass")
        paper.put(495, 180 + PITCH * i, f"{i + 3}6.00")
    assert notes(paper.read()) == []


def test_a_table_of_actions_is_no_action_column() -> None:
    paper = Paper()
    paper.grid([72, 130, 420, 500], [100, 120, 140])
    for x, text in ((76, "NO"), (134, "ACTION"), (424, "OWNER")):
        paper.put(x, 114, text, bold=True)
    for x, text in ((76, "05.24"), (134, "Clerk to order a wreath"), (424, "AQ")):
        paper.put(x, 134, text)
    document = paper.read()
    assert notes(document) == []
    assert [block.cell.header for block in document.blocks if block.cell and block.cell.row == 1] == [
        "NO",
        "ACTION",
        "OWNER",
    ]


def test_a_column_of_names_without_a_header_is_told_by_its_clear_strip() -> None:
    paper = Paper()
    for i, name in enumerate(("Ada Quill", "Cllr Ash", "Clerk")):
        top = 100 + 50 * i
        paper.lines(top, POINT)
        paper.put(490, top, name)
    assert [note for note, _ in notes(paper.read())] == ["Ada Quill", "Cllr Ash", "Clerk"]


def test_results_beside_text_are_no_owners() -> None:
    paper = Paper()
    for i in range(4):
        top = 100 + 50 * i
        paper.lines(top, POINT)
        paper.put(490, top, "Carried")
    assert notes(paper.read()) == []


def test_a_name_over_two_lines_is_one_note_beside_the_line_it_is_level_with() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, POINT)
    for top, name in ((130, "BA"), (158, "Cllr Quill-"), (158 + PITCH, "Fell")):
        paper.put(490, top, name)
    paper.lines(158 + PITCH, ["The pond is to be cleared."])
    document = paper.read()
    assert notes(document) == [("BA", " ".join(POINT)), ("Cllr Quill-Fell", "The pond is to be cleared.")]


def test_notes_of_neighbouring_points_in_one_cell_stay_apart() -> None:
    paper = Paper()
    paper.grid([72, 480, 560], [100, 120, 260])
    paper.put(484, 114, "Action", bold=True)
    top = 136.0
    for i, name in enumerate(("Ada Quill", "Ben Ash", "Cy Birch")):
        paper.lines(top, ["The seat by the pond was damaged again, and a quote", f"is to be had for part {i}."], x=76)
        paper.put(484, top + PITCH, name)
        top += 2 * PITCH + 8
    assert [note for note, _ in notes(paper.read())] == ["Ada Quill", "Ben Ash", "Cy Birch"]


def test_a_note_under_all_text_of_a_page_belongs_to_the_text_over_the_page() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, POINT)
    paper.put(490, 130, "BA")
    paper.put(490, 190, "AQ")
    paper.turn_page()
    paper.lines(80, ["The pond is to be cleared."])
    assert notes(paper.read()) == [("BA", " ".join(POINT)), ("AQ", "The pond is to be cleared.")]


def test_a_name_parted_by_the_page_is_one_note() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, ["The pond is to be cleared."])
    paper.put(490, 130, "Ada")
    paper.turn_page()
    paper.put(490, 80, "Action", bold=True)
    paper.put(490, 100, "Quill")
    paper.lines(120, POINT)
    paper.put(490, 120 + PITCH, "Cy Birch")
    assert notes(paper.read()) == [("Ada Quill", "The pond is to be cleared."), ("Cy Birch", " ".join(POINT))]


def test_a_name_parted_by_the_page_beside_a_paragraph_that_goes_on() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, POINT[:1])
    paper.put(490, 130, "Ada")
    paper.turn_page()
    paper.lines(80, [POINT[1], "Nothing was said of it."])
    paper.put(490, 80, "Quill")
    assert [note for note, _ in notes(paper.read())] == ["Ada Quill"]


def test_the_end_of_a_title_in_capitals_is_no_note() -> None:
    paper = Paper()
    paper.put(490, 90, "Action", bold=True)
    paper.lines(110, ["3. REPAIR OF THE WALL, THE STEPS AND THE RAILINGS AT THE OLD FERRY", "PIER"], bold=True)
    paper.lines(150, POINT)
    paper.put(490, 150 + PITCH, "BA")
    document = paper.read()
    assert [note for note, _ in notes(document)] == ["BA"]
    assert "FERRY PIER" in document.text


def test_a_note_set_around_the_middle_of_its_line_stands_beside_it() -> None:
    paper = Paper()
    paper.put(490, 100, "Action", bold=True)
    paper.lines(130, [*POINT, *POINT, *POINT])
    paper.lines(230, ["The pond is to be cleared."])
    for top, name in ((230 - PITCH / 2, "Cllr Quill-"), (230 + PITCH / 2, "Fell")):
        paper.put(490, top, name)
    assert notes(paper.read()) == [("Cllr Quill-Fell", "The pond is to be cleared.")]


def test_a_header_once_more_in_the_row_that_goes_on_is_no_note() -> None:
    paper = Paper()
    paper.grid([72, 480, 560], [100, 120, 150, 180])
    paper.put(484, 114, "Action", bold=True)
    paper.put(76, 134, "The pond is to be cleared.")
    paper.put(484, 134, "AQ")
    paper.put(484, 164, "Action", bold=True)
    paper.turn_page()
    paper.grid([72, 480, 560], [60, 110, 140])
    paper.put(484, 74, "Action", bold=True)
    paper.put(76, 94, "The seat was damaged again.")
    paper.put(76, 124, "It will be mended.")
    paper.put(484, 124, "BA")
    assert notes(paper.read()) == [("AQ", "The pond is to be cleared."), ("BA", "It will be mended.")]
