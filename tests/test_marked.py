"""The reader of marked text is strict: what it can't read it refuses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from marked import MarkError, read_cases, read_marked

from minutes_miner.domain.vocabulary import Kind, Label, Manner, Outcome


def test_marks_are_taken_out_and_their_offsets_are_those_of_the_bare_text() -> None:
    marked = read_marked("So [Application refused](DECISION kind=refuse). Then [the Clerk](OWNER).")
    assert marked.text == "So Application refused. Then the Clerk."
    assert [marked.text[mark.start : mark.end] for mark in marked.marks] == ["Application refused", "the Clerk"]
    assert [mark.label for mark in marked.marks] == [Label.DECISION, Label.OWNER]
    assert marked.find_marks(Label.DECISION)[0].attributes == {"kind": Kind.REFUSE}


def test_marks_nest_and_the_outer_comes_first() -> None:
    marked = read_marked("[Pay [£5](MONEY amount=5) to [RW](OWNER)](ACTION)!")
    assert marked.text == "Pay £5 to RW!"
    assert [(mark.label, mark.start, mark.end) for mark in marked.marks] == [
        (Label.ACTION, 0, 12),
        (Label.MONEY, 4, 6),
        (Label.OWNER, 10, 12),
    ]


def test_a_mark_may_run_over_lines() -> None:
    marked = read_marked("[one\n\ntwo](ACTION) three")
    assert marked.text[: marked.marks[0].end] == "one\n\ntwo"


def test_attributes_are_read_into_their_types() -> None:
    [decision] = read_marked("[x](DECISION kind=note outcome=lost procedural=yes)").marks
    assert decision.attributes == {"kind": Kind.NOTE, "outcome": Outcome.LOST, "procedural": True}
    [vote] = read_marked("[x](VOTE manner=nem_con for=7 against=0 abstain=2)").marks
    assert vote.attributes == {"manner": Manner.NEM_CON, "for": 7, "against": 0, "abstain": 2}
    [money] = read_marked("[x](MONEY amount=1250.50 currency=EUR)").marks
    assert money.attributes == {"amount": Decimal("1250.50"), "currency": "EUR"}
    [day] = read_marked("[x](DATE first=2024-03-14 last=2024-03-15)").marks
    assert day.attributes == {"first": date(2024, 3, 14), "last": date(2024, 3, 15)}
    [action] = read_marked(
        '[x](ACTION owner="Head of Parks (acting);Cllr Yeo" due_from=2024-03-14 due_to=2024-03-31)'
    ).marks
    assert action.attributes["owner"] == ("Head of Parks (acting)", "Cllr Yeo")
    assert read_marked('[x](ACTION owner="")').marks[0].attributes["owner"] == ()


def test_square_brackets_of_the_text_are_escaped() -> None:
    marked = read_marked(r"Present: A Ash \[Chair\], [Noted](DECISION kind=note)")
    assert marked.text == "Present: A Ash [Chair], Noted"
    assert marked.text[marked.marks[0].start : marked.marks[0].end] == "Noted"


def test_round_brackets_are_the_texts_own() -> None:
    assert read_marked("(a) [Noted (again)](DECISION kind=note) (b)").text == "(a) Noted (again) (b)"


@pytest.mark.parametrize(
    "source",
    [
        "no marks at all",
        "",
        "[not closed",
        "[one](OWNER) [not closed",
        "closed] that was not opened",
        "[one](OWNER) closed](OWNER)",
        "[no label]",
        "[no label]()",
        "[no label] (OWNER)",
        "[unknown](DECISON kind=note)",
        "[small](decision kind=note)",
        "[not expected](AGENDA_ITEM)",
        "[](OWNER)",
        "[no kind](DECISION)",
        "[no such kind](DECISION kind=noting)",
        "[no such outcome](DECISION kind=note outcome=won)",
        "[no such flag](DECISION kind=note procedural=true)",
        "[unknown attribute](DECISION kind=note knd=note)",
        "[not its own](DECISION kind=note amount=5)",
        "[twice](DECISION kind=note kind=note)",
        "[no value](DECISION kind=)",
        "[no name](DECISION kind=note =5)",
        "[bare word](DECISION kind=note procedural)",
        "[comma](DECISION kind=note, outcome=lost)",
        "[no sum](MONEY)",
        "[no number](MONEY amount=5k)",
        "[no currency](MONEY amount=5 currency=£)",
        "[no day](DATE)",
        "[no such day](DATE first=2024-02-30)",
        "[no manner](VOTE for=5)",
        "[no count](VOTE manner=counted for=five)",
        '[open quotes](ACTION owner="Clerk)',
        '[an empty owner](ACTION owner="Clerk;")',
        "[label closed late](OWNER",
    ],
)
def test_what_can_not_be_read_is_refused(source: str) -> None:
    with pytest.raises(MarkError):
        read_marked(source)


def test_the_error_tells_what_and_where() -> None:
    with pytest.raises(MarkError, match=r"DECISION lacks kind.*Application refused"):
        read_marked("It was so: [Application refused](DECISION)")


def test_a_text_said_to_have_no_marks_must_have_none() -> None:
    assert read_marked("The meeting closed.", has_marks=False).text == "The meeting closed."
    with pytest.raises(MarkError):
        read_marked("[Noted](DECISION kind=note)", has_marks=False)


def _write(folder: Path, text: str) -> Path:
    path = folder / "cases.txt"
    path.write_text(text, "utf-8")
    return path


def test_cases_have_names_and_facts(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "--- first\n# meeting: 2024-03-14\n# council: Larkhill\n"
        "[Noted](DECISION kind=note)\n\n[RW](OWNER)\n# known: too hard\n"
        "--- the second\n# none\nThe meeting closed.\n",
    )
    first, second = read_cases(path)
    assert (first.name, first.meeting, first.council, first.known) == (
        "first",
        date(2024, 3, 14),
        "Larkhill",
        "too hard",
    )
    assert first.marked.text == "Noted\n\nRW"
    assert (second.name, second.marked.text, second.marked.marks) == ("the second", "The meeting closed.", ())
    assert (second.meeting, second.council, second.known) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Noted](DECISION kind=note)",
        "--- \n[Noted](DECISION kind=note)",
        "--- empty\n\n--- next\n[RW](OWNER)",
        "--- only facts\n# none\n",
        "--- twice\n[RW](OWNER)\n--- twice\n[RW](OWNER)",
        "--- no marks\nThe meeting closed.",
        "--- marks after all\n# none\n[RW](OWNER)",
        "--- unknown fact\n# metting: 2024-03-14\n[RW](OWNER)",
        "--- no such day\n# meeting: 2024-13-14\n[RW](OWNER)",
        "text before\n--- first\n[RW](OWNER)",
        "--- broken\n[RW](OWNR)",
    ],
)
def test_a_file_that_can_not_be_read_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(MarkError):
        read_cases(_write(tmp_path, text))


def test_the_error_names_the_file_and_the_case(tmp_path: Path) -> None:
    with pytest.raises(MarkError, match=r"cases\.txt.* broken.*OWNR"):
        read_cases(_write(tmp_path, "--- broken\n[RW](OWNR)"))
