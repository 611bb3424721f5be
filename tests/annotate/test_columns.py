"""Tasks from action tables and from the Action column beside the text."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate import annotate
from minutes_miner.annotate.alignment import get_findings
from minutes_miner.domain.finding import Resolution, Sum, Task
from minutes_miner.domain.source import Block, Cell, Document, DocumentRef
from minutes_miner.domain.vocabulary import BlockRole, SpanKey


@dataclass
class Sheet:
    """Lay out a document block by block."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)

    def add(
        self, words: str, role: BlockRole = BlockRole.PARAGRAPH, *, cell: Cell | None = None, beside: int | None = None
    ) -> int:
        """Add a block; give its index."""
        start = len(self.text)
        self.text += words + "\n"
        self.blocks.append(Block(start, start + len(words), role, cell=cell, beside=beside))
        return len(self.blocks) - 1

    def add_table(self, rows: list[list[str]], *, has_header: bool = True) -> None:
        """Add a table whose first row is its header."""
        header = rows[0] if has_header else [None] * len(rows[0])
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                head = header[column] if number else None
                self.add(words, BlockRole.TABLE_CELL, cell=Cell(0, number, column, head))

    def annotate(self, nlp: Language) -> Doc:
        """Run the pipeline over it."""
        ref = DocumentRef("sheet.docx", "0" * 64, len(self.text), "application/octet-stream")
        doc: Doc = annotate(nlp, Document(ref, self.text, tuple(self.blocks)))
        return doc


def find_tasks(nlp: Language, sheet: Sheet) -> list[tuple[str, list[str]]]:
    """Give the words and owners of each task."""
    doc = sheet.annotate(nlp)
    tasks: list[Task] = get_findings(doc, SpanKey.ACTIONS)
    return [(doc.text[task.start : task.end], [doc.text[slice(*spot)] for spot in task.owners]) for task in tasks]


@pytest.mark.parametrize(
    "header",
    [
        ["No", "Action", "Owner", "Status"],
        ["Ref", "Action required", "Lead officer", "Progress"],
        ["Item", "Action agreed", "By whom", "Update"],
        ["#", "Task", "Responsible", "Comments"],
    ],
)
def test_each_open_row_of_an_action_table_is_a_task(nlp: Language, header: list[str]) -> None:
    sheet = Sheet()
    sheet.add_table(
        [
            header,
            ["1", "Ask three firms for prices for the roof", "Clerk", "Ongoing"],
            ["2", "Repaint the bus shelter", "RW/KP", ""],
            ["3", "Send the audit papers", "Treasurer", "Completed"],
            ["4", "", "", ""],
        ]
    )
    assert find_tasks(nlp, sheet) == [
        ("Ask three firms for prices for the roof", ["Clerk"]),
        ("Repaint the bus shelter", ["RW", "KP"]),
    ]


@pytest.mark.parametrize("status", ["Completed", "Complete", "Done", "Closed 4 May", "Actioned", "DONE"])
def test_a_row_told_as_done_is_no_task(nlp: Language, status: str) -> None:
    sheet = Sheet()
    sheet.add_table(
        [
            ["Action", "Owner", "Status"],
            ["Send the audit papers", "Clerk", status],
            ["Repaint the shelter", "RW", "Open"],
        ]
    )
    assert find_tasks(nlp, sheet) == [("Repaint the shelter", ["RW"])]


def test_the_due_column_is_kept_with_the_task(nlp: Language) -> None:
    sheet = Sheet()
    sheet.add_table(
        [
            ["Action", "Owner", "Due"],
            ["Repaint the shelter", "RW", "31 May 2024"],
            ["Renew the lease", "Clerk", "June meeting"],
        ]
    )
    doc = sheet.annotate(nlp)
    tasks: list[Task] = get_findings(doc, SpanKey.ACTIONS)
    assert [doc.text[slice(*task.due)] if task.due else None for task in tasks] == ["31 May 2024", "June meeting"]


def test_a_table_of_payments_gives_sums_and_no_tasks(nlp: Language) -> None:
    sheet = Sheet()
    sheet.add_table(
        [
            ["Payee", "For", "Amount"],
            ["Marsh Electrical", "Lamp repair", "145.20"],
            ["Fenland Signs", "Notice board", "1,080.00"],
        ]
    )
    assert find_tasks(nlp, sheet) == []
    doc = sheet.annotate(nlp)
    sums: list[Sum] = get_findings(doc, SpanKey.MONEY)
    assert [(doc.text[item.start : item.end], str(item.amount)) for item in sums] == [
        ("145.20", "145.20"),
        ("1,080.00", "1080.00"),
    ]


def test_a_table_of_scores_gives_no_sums(nlp: Language) -> None:
    sheet = Sheet()
    sheet.add_table([["Site", "Score"], ["Quarry Top", "3.75"], ["Mill Lane", "4.10"]])
    assert get_findings(sheet.annotate(nlp), SpanKey.MONEY) == []


def test_a_table_of_attendance_gives_no_tasks(nlp: Language) -> None:
    sheet = Sheet()
    sheet.add_table([["Name", "Present"], ["Cllr Yeo", "Yes"], ["Cllr Onslow to arrive late", "No"]])
    assert find_tasks(nlp, sheet) == []


def test_initials_beside_a_point_make_it_a_task(nlp: Language) -> None:
    sheet = Sheet()
    first = sheet.add("The hinge of the north gate has rusted through.")
    sheet.add("RW", BlockRole.MARGIN_NOTE, beside=first)
    sheet.add("The south gate is sound.")
    assert find_tasks(nlp, sheet) == [("The hinge of the north gate has rusted through.", ["RW"])]


@pytest.mark.parametrize(
    ("note", "owners"),
    [
        ("HP/JS/DN", ["HP", "JS", "DN"]),
        ("Clerk", ["Clerk"]),
        ("RW & KP", ["RW", "KP"]),
        ("ALL", ["ALL"]),
        ("Cllr Yeo", ["Cllr Yeo"]),
    ],
)
def test_owners_of_a_margin_note(nlp: Language, note: str, owners: list[str]) -> None:
    sheet = Sheet()
    point = sheet.add("A price is needed for the gravel.")
    sheet.add(note, BlockRole.MARGIN_NOTE, beside=point)
    assert find_tasks(nlp, sheet) == [("A price is needed for the gravel.", owners)]


def test_a_margin_note_does_not_double_the_task_in_the_text(nlp: Language) -> None:
    sheet = Sheet()
    point = sheet.add("The wall leans. Clerk to obtain a surveyor's report.")
    sheet.add("Clerk", BlockRole.MARGIN_NOTE, beside=point)
    [(words, owners)] = find_tasks(nlp, sheet)
    assert "surveyor's report" in words
    assert owners == ["Clerk"]


@pytest.mark.parametrize("note", ["Action", "ACTION", "Actions", "Done", "Completed"])
def test_the_head_of_the_column_and_what_is_done_are_no_owners(nlp: Language, note: str) -> None:
    sheet = Sheet()
    point = sheet.add("The wall leans towards the lane.")
    sheet.add(note, BlockRole.MARGIN_NOTE, beside=point)
    assert find_tasks(nlp, sheet) == []


def find_decisions(nlp: Language, sheet: Sheet) -> list[str]:
    """Give the words of each decision."""
    found: list[Resolution] = get_findings(sheet.annotate(nlp), SpanKey.RESOLUTIONS)
    return [sheet.text[resolution.start : resolution.end] for resolution in found]


def test_a_column_of_decisions_decides_each_row(nlp: Language) -> None:
    sheet = Sheet()
    sheet.add_table(
        [
            ["Ref", "Application", "Decision"],
            ["24/0101", "Porch, 2 Mill Row", "No objection"],
            ["24/0102", "Barn, Low Farm", "Refused: the lane is too narrow. It floods."],
            ["24/0103", "Shed, 9 Mill Row", "Withdrawn before the meeting"],
            ["24/0104", "Two flats, Quay", "\u2013"],
        ]
    )
    assert find_decisions(nlp, sheet) == ["No objection", "Refused: the lane is too narrow."]


def test_a_forward_plan_decides_nothing(nlp: Language) -> None:
    sheet = Sheet()
    sheet.add_table([["Title", "Decision", "Decision due"], ["Quay dues", "To set the dues", "March 2025"]])
    assert find_decisions(nlp, sheet) == []


def test_notes_tell_deeds_with_owners_and_times_behind_them(nlp: Language) -> None:
    sheet = Sheet()
    point = sheet.add("The bench by the quay is broken. It was agreed to replace it.")
    sheet.add("Order the bench \u2013 Clerk", BlockRole.MARGIN_NOTE, beside=point)
    sheet.add("11 March", BlockRole.MARGIN_NOTE, beside=point)
    sheet.add("Letter to the donor DP", BlockRole.MARGIN_NOTE, beside=point)
    sheet.add("done", BlockRole.MARGIN_NOTE, beside=point)
    found: list[Task] = get_findings(sheet.annotate(nlp), SpanKey.ACTIONS)
    told = {sheet.text[task.start : task.end]: task for task in found if task.trigger == "MARGIN"}
    assert {words: [sheet.text[slice(*o)] for o in task.owners] for words, task in told.items()} == {
        "Order the bench": ["Clerk"],
        "Letter to the donor": ["DP"],
    }
    due = told["Order the bench"].due
    assert due is not None and sheet.text[slice(*due)] == "11 March"
