"""Packs of minutes: parted meeting by meeting, while all that only looks like one stays whole."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from packs import MEETINGS, meeting, pack, print_docx, print_pdf
from workflow_cases import dump

from minutes_miner.domain.record import Extraction
from minutes_miner.domain.source import Document, part_digest
from minutes_miner.parse import identify, parse
from minutes_miner.parse.pack import split_pack
from minutes_miner.store import open_store
from minutes_miner.workflow import extract_files, mine

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def read(data: bytes, name: str = "pack.pdf") -> Document:
    return parse(data, identify(data, name))


@pytest.mark.parametrize("name", ["pack.pdf", "pack.docx"])
def test_a_pack_is_one_document_a_meeting(name: str) -> None:
    whole = read(print_pdf(pack()) if name.endswith("pdf") else print_docx(pack()), name)
    parts = split_pack(whole)
    assert [part.ref.source for part in parts] == [name, f"{name}!/meeting-2", f"{name}!/meeting-3"]
    assert [part.meeting_date for part in parts] == [date(2024, 6, 4), date(2024, 6, 11), date(2024, 7, 2)]
    assert [part.committee for part in parts] == [body for body, _ in MEETINGS]
    assert [part.ref.sha256 for part in parts] == [part_digest(whole.ref.sha256, number) for number in (1, 2, 3)]
    for number, part in enumerate(parts, 1):
        assert part.text.startswith("ELDERBROOK ") and part.text.endswith(f"The meeting closed at 9.0{number}pm.")
        assert [item.title for item in part.items if item.number == "2"] == ["Fence"]
        assert [block.start for block in part.blocks] == sorted(block.start for block in part.blocks)
        assert all(part.text[block.start : block.end].strip() for block in part.blocks)
        assert part.blocks[-1].end == len(part.text)
    assert "\n\n".join(part.text for part in parts) == whole.text


def test_pages_keep_their_numbers_in_the_file() -> None:
    whole = read(print_pdf([meeting(body, day, 1, length=14) for body, day in MEETINGS]))
    parts = split_pack(whole)
    numbers = [[page.number for page in part.pages] for part in parts]
    assert numbers == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    for part in parts:
        assert {block.page_number for block in part.blocks} == {page.number for page in part.pages}
        assert all(part.find_page(block.start) == block.page_number for block in part.blocks)
        assert part.pages[0].start == 0 and part.pages[-1].end == len(part.text)


AGENDA = [
    ("ELDERBROOK PLANNING COMMITTEE", True),
    ("Agenda for the meeting of the Planning Committee on 6 August 2024", True),
    ("1. Apologies", True),
    ("2. Minutes of the last meetings", True),
    ("3. Report on the fence", True),
    ("To consider the report of the Clerk, which is enclosed. " * 12, False),
]
REPORT = [
    ("REPORT OF THE CLERK", True),
    ("Report to the Planning Committee of 6 August 2024", True),
    ("1. Summary", True),
    ("The fence should be mended before the winter. " * 20, False),
]


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("one meeting", pack(MEETINGS[:1])),
        ("a meeting of many pages", [meeting(*MEETINGS[0], 1, length=40)]),
        ("an agenda with the last minutes", [AGENDA, *pack(), REPORT]),
        ("an agenda and reports", [AGENDA, REPORT, REPORT]),
        ("minutes with a report", [*pack(MEETINGS[:1]), REPORT]),
        ("the same meeting twice", [*pack(MEETINGS[:1]), *pack(MEETINGS[:1])]),
        ("minutes that are quoted", [[*meeting(*MEETINGS[0], 1)[:-1], *meeting(*MEETINGS[1], 2)[1:]]]),
        ("a title without those present", [*pack(MEETINGS[:1]), [*meeting(*MEETINGS[1], 2)[:2], *REPORT]]),
        ("two titles on one page", [[*meeting(*MEETINGS[0], 1, length=1), *meeting(*MEETINGS[1], 2, length=1)]]),
        ("a scrap", [*pack(MEETINGS[:1]), meeting(*MEETINGS[1], 2)[:3]]),
    ],
)
def test_what_only_looks_like_a_pack_stays_whole(what: str, parts: list[list[tuple[str, bool]]]) -> None:
    whole = read(print_pdf(parts))
    assert len(whole.text) > 700
    assert split_pack(whole) == (whole,)


def test_where_no_page_tells_a_new_meeting_the_one_before_must_have_closed() -> None:
    parts = [meeting(body, day, number, closes=False, length=9) for number, (body, day) in enumerate(MEETINGS, 1)]
    assert len(split_pack(read(print_pdf(parts)))) == 3
    assert len(split_pack(read(print_docx(parts), "pack.docx"))) == 1


def test_a_title_that_runs_on_every_page_begins_no_meeting() -> None:
    header = "Minutes of the meeting of the Planning Committee held on 4 June 2024"
    whole = read(print_pdf([meeting(*MEETINGS[0], 1, length=40)], header=header))
    assert len(whole.pages) > 3 and split_pack(whole) == (whole,)


def test_no_sample_is_parted() -> None:
    paths = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in {".pdf", ".docx", ".html", ".md", ".txt"}]
    assert len(paths) > 10
    for path in paths:
        document = read(path.read_bytes(), path.name)
        printed = dataclasses.replace(document, ref=dataclasses.replace(document.ref, media_type="application/pdf"))
        assert split_pack(printed) == (printed,), path.name


def mined(path: Path) -> dict[str, tuple[object, ...]]:
    """Give the current documents by their source."""
    tables = dump(path)
    documents = {str(row[0]): row for row in tables["documents"]}
    return {str(row[0]): documents[str(row[1])] for row in tables["sources"] if row[1]}


def test_a_pack_is_mined_once_and_its_quotes_are_in_its_own_text(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(print_pdf(pack()))
    database = f"sqlite:///{tmp_path / 'x.db'}"
    report = mine([tmp_path / "pack.pdf"], database, jobs=0)
    assert (report.mined, report.found, report.failed) == (3, 3, [])
    again = mine([tmp_path / "pack.pdf"], database, jobs=0)
    assert (again.mined, again.unchanged) == (0, 1)
    with open_store(database) as store:
        assert store.check() == []
    found = [one for one in extract_files([tmp_path / "pack.pdf"], jobs=1) if isinstance(one, Extraction)]
    amounts = [sorted(int(money.amount) for money in one.money) for one in found]
    assert amounts == [[51, 1001], [52, 1002], [53, 1003]]
    for one in found:
        for decision in one.decisions:
            mention = decision.mentions[0]
            assert one.document.text[mention.start : mention.end] == mention.quote
    pages = [{decision.mentions[0].page_number for decision in one.decisions} for one in found]
    assert all(pages) and max(pages[0]) < min(pages[1]) <= max(pages[1]) < min(pages[2])


def test_a_pack_that_loses_a_meeting_lets_go_of_its_document(tmp_path: Path) -> None:
    path, database = tmp_path / "pack.pdf", f"sqlite:///{tmp_path / 'x.db'}"
    for count, sources in ((3, 3), (2, 2), (1, 1), (3, 3)):
        path.write_bytes(print_pdf(pack(MEETINGS[:count])))
        mine([path], database, jobs=0)
        assert len(mined(tmp_path / "x.db")) == sources
        with open_store(database) as store:
            assert store.check() == []


def test_one_answer_a_file_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(print_pdf(pack()))
    (found,) = extract_files([tmp_path / "pack.pdf"], jobs=0, is_whole=True)
    assert isinstance(found, Extraction) and {int(money.amount) for money in found.money} >= {51, 52, 53}
