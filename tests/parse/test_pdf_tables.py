"""Tables without upright rules are read by their columns; text that only happens to have gaps is not."""

from __future__ import annotations

from collections.abc import Sequence

from paper import LEFT, PITCH, Paper, cells, check_blocks, texts

from minutes_miner.domain.vocabulary import BlockRole

EDGES = (72.0, 200.0, 340.0, 430.0)
EDGES_OF_GRID = [68, 196, 336, 426, 520]


def put_row(paper: Paper, top: float, row: Sequence[str], *, bold: bool = False) -> None:
    """Write one line of a table."""
    for x, text in zip(EDGES, row, strict=False):
        if text:
            paper.put(x, top, text, bold=bold, size=10)


def test_a_wrapped_cell_stays_in_its_row_where_rows_stand_apart() -> None:
    paper = Paper()
    put_row(paper, 100, ("Ref", "Action", "Owner", "Due"), bold=True)
    put_row(paper, 120, ("5/24", "Ask the County Council", "AQ", "4 May"))
    put_row(paper, 132, ("", "to clear the gully"))
    put_row(paper, 152, ("6/24", "Order a wreath", "Clerk", "9 May"))
    document = paper.read()
    assert [cell[3] for cell in cells(document) if cell[0] == 1] == [
        "5/24", "Ask the County Council to clear the gully", "AQ", "4 May",
    ]  # fmt: skip
    assert cells(document)[-1] == (2, 3, "Due", "9 May")
    check_blocks(document)


def test_rows_of_few_cells_keep_their_columns() -> None:
    paper = Paper()
    put_row(paper, 100, ("Member", "For", "Against", "Abstained"), bold=True)
    for at, (name, column) in enumerate((("Ada Quill", 1), ("Ben Ash", 2), ("Cy Birch", 3), ("Di Fell", 1))):
        put_row(paper, 118 + 16 * at, [name if place == 0 else "X" if place == column else "" for place in range(4)])
    paper.lines(205, ["The motion was carried by two votes to one, and the meeting then went on to the next item."])
    document = paper.read()
    assert [cell for cell in cells(document) if cell[3] == "X"] == [
        (1, 1, "For", "X"), (2, 2, "Against", "X"), (3, 3, "Abstained", "X"), (4, 1, "For", "X"),
    ]  # fmt: skip
    assert texts(document)[-1].startswith("The motion was carried")


def test_level_rules_part_rows_and_end_the_table() -> None:
    paper = Paper()
    head = ("Payee", "Detail", "Net", "Total")
    rows = [head, ("Fell", "Grass cutting", "30.00", "36.00"), ("Quill", "Pay", "", "412.36")]
    for at, row in enumerate(rows):
        put_row(paper, 114 + 32 * at, row)
        put_row(paper, 126 + 32 * at, ("", "in the yard") if at == 1 else ())
        paper.canvas.line(72, paper.height - (132 + 32 * at), 480, paper.height - (132 + 32 * at))
    paper.lines(212, ["Agreed."])
    document = paper.read()
    assert (1, 1, "Detail", "Grass cutting in the yard") in cells(document)
    assert (2, 3, "Total", "412.36") in cells(document) and len(cells(document)) == 11
    assert texts(document, BlockRole.TABLE_CELL)[-1] == "412.36" and texts(document)[-1] == "Agreed."


def test_a_table_without_upright_rules_goes_on_over_the_page() -> None:
    paper = Paper()
    put_row(paper, 740, ("Payee", "Detail", "Date", "Total"), bold=True)
    put_row(paper, 760, ("Fell Ltd", "Grass cutting", "4 May", "36.00"))
    put_row(paper, 780, ("A Quill", "Salary", "5 May", "412.36"))
    paper.turn_page()
    put_row(paper, 80, ("Lamp Co", "Bulbs", "6 May", "9.62"))
    put_row(paper, 100, ("B Ash", "Postage", "7 May", "3.10"))
    found = cells(paper.read())
    assert found[-5:] == [
        (3, 3, "Total", "9.62"),
        (4, 0, "Payee", "B Ash"), (4, 1, "Detail", "Postage"), (4, 2, "Date", "7 May"), (4, 3, "Total", "3.10"),
    ]  # fmt: skip


def test_aligned_points_without_a_head_are_lines_of_text() -> None:
    paper = Paper()
    for at, ref in enumerate(("24/01", "24/02", "24/03")):
        put_row(paper, 100 + PITCH * at, (ref, "Forge Lane", "Extension - no objection"))
    document = paper.read()
    assert cells(document) == []
    assert texts(document)[1] == "24/02 Forge Lane Extension - no objection"


def test_a_heading_under_a_table_is_no_row_of_it() -> None:
    paper = Paper()
    put_row(paper, 100, ("Payee", "Detail", "Date", "Total"), bold=True)
    put_row(paper, 116, ("Fell Ltd", "Grass", "4 May", "36.00"))
    put_row(paper, 132, ("A Quill", "Salary", "5 May", "412.36"))
    paper.put(LEFT, 148, "Correspondence", bold=True, size=10)
    document = paper.read()
    assert len(cells(document)) == 12
    assert document.blocks[-1].role is BlockRole.HEADING


def test_the_rest_of_a_cell_on_the_next_page_stays_with_its_row() -> None:
    paper = Paper()
    put_row(paper, 740, ("Payee", "Detail", "Date", "Total"), bold=True)
    put_row(paper, 760, ("Fell Ltd", "Grass cutting", "4 May", "36.00"))
    put_row(paper, 780, ("A Quill", "Postage of the", "5 May", "412.36"))
    paper.turn_page()
    put_row(paper, 80, ("", "summer letters"))
    put_row(paper, 100, ("Lamp Co", "Bulbs", "6 May", "9.62"))
    found = cells(paper.read())
    assert (2, 1, "Detail", "Postage of the summer letters") in found
    assert found[-1] == (3, 3, "Total", "9.62")


HEAD = ("Payee", "Detail", "Net", "Total")
PAYMENTS = [("Fell Ltd", "Grass cutting", "30.00", "36.00"), ("Quill", "Pay", "412.36", "412.36")]


def test_the_rest_of_a_row_under_the_header_on_the_next_page_stays_with_its_row() -> None:
    paper = Paper()
    for at, row in enumerate((HEAD, *PAYMENTS, ("Ash and Birch", "Mending the", "10.00", "12.00"))):
        put_row(paper, 714 + 18 * at, row, bold=at == 0)
    paper.turn_page()
    for at, row in enumerate((HEAD, ("Joinery Ltd", "seat"), ("Di Fell", "Stamps", "8.00", "8.00"))):
        put_row(paper, 80 + 18 * at, row, bold=at == 0)
    found = cells(paper.read())
    assert (3, 0, "Payee", "Ash and Birch Joinery Ltd") in found and (3, 1, "Detail", "Mending the seat") in found
    assert (4, 3, "Total", "8.00") in found and len(found) == 20


def test_the_rest_of_one_cell_under_the_header_on_the_next_page_stays_with_its_row() -> None:
    paper = Paper()
    for at, row in enumerate((HEAD, *PAYMENTS, ("Ash and Birch", "A seat", "10.00", "12.00"))):
        put_row(paper, 714 + 18 * at, row, bold=at == 0)
    paper.turn_page()
    for at, row in enumerate((HEAD, ("Ltd",), ("Di Fell", "Stamps", "8.00", "8.00"))):
        put_row(paper, 80 + 18 * at, row, bold=at == 0)
    found = cells(paper.read())
    assert (3, 0, "Payee", "Ash and Birch Ltd") in found and len(found) == 20


def test_a_row_of_totals_at_the_top_of_a_page_is_a_row() -> None:
    paper = Paper()
    paper.grid(EDGES_OF_GRID, [700, 720, 740, 760])
    for at, row in enumerate((HEAD, *PAYMENTS)):
        put_row(paper, 714 + 20 * at, row, bold=at == 0)
    paper.turn_page()
    paper.grid(EDGES_OF_GRID, [60, 80, 100])
    for at, row in enumerate((("", "Total", "442.36", "448.36"), ("", "Last year", "400.00", "410.00"))):
        put_row(paper, 74 + 20 * at, row)
    found = cells(paper.read())
    assert (3, 3, "Total", "448.36") in found and (4, 2, "Net", "400.00") in found and len(found) == 18


def test_a_header_alone_at_the_foot_of_a_page_heads_the_rows_over_it() -> None:
    for ruled in (True, False):
        paper = Paper()
        paper.lines(80, ["The accounts were laid before the meeting, and the payments were agreed to as they stood."])
        put_row(paper, 774, HEAD, bold=True)
        if ruled:
            paper.grid(EDGES_OF_GRID, [760, 780])
        paper.turn_page()
        for at, row in enumerate(PAYMENTS):
            put_row(paper, 74 + 20 * at, row)
        if ruled:
            paper.grid(EDGES_OF_GRID, [60, 80, 100])
        assert cells(paper.read())[-1] == (2, 3, "Total", "412.36")
