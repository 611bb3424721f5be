"""The tracker's report as a PDF: every action, told filters, pages, tags, and letters of many origins."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from served import serve

from minutes_miner.domain.record import Action, DateRange, Evidence, Extraction, Party
from minutes_miner.domain.source import Document, DocumentRef, Page
from minutes_miner.domain.vocabulary import Precision, Status
from minutes_miner.store import open_store
from minutes_miner.store.search import ActionFilter, ActionRow, find_actions, open_reader
from minutes_miner.web.linebreaking import clean, width, wrap
from minutes_miner.web.looks import BODY, COLUMNS
from minutes_miner.web.pages.report import ROWS
from minutes_miner.web.report import MOST_WORDS, Entry, Group, Report
from minutes_miner.web.typesetting import typeset

ON = "2024-07-01"
NAMES = (
    "Cynghorydd Siân Ŵyn ap Ŷnyr",
    "Łukasz Żółć",
    "Nguyễn Thị Hương",
    "Ẹniọlá Ọbáfẹ́mi",
    "İpek Şahin-Ğ",
    "Đorđe Čović",
    "Ελένη Παππά",
    "Софія Їжак",
    "Seán Ó hÉalaí & Sons <b>(1 ½)</b>",
)


def read(answer: httpx2.Response | bytes) -> list[str]:
    """Read the words of each page."""
    data = answer if isinstance(answer, bytes) else answer.content
    assert data.startswith(b"%PDF-1.7")
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def ask(client: httpx2.Client, query: str) -> list[str]:
    answer = client.get(f"/actions.pdf?{query}")
    assert answer.status_code == 200, answer.text
    return read(answer)


@pytest.fixture(scope="module")
def rows(database: str) -> list[ActionRow]:
    """All actions there are."""
    with open_reader(database, max_seconds=60) as store:
        return find_actions(store, ActionFilter())


def test_a_report_holds_every_action_with_its_deadline_owner_and_address(
    client: httpx2.Client, rows: list[ActionRow]
) -> None:
    told = " ".join(ask(client, f"show=all&on={ON}"))
    assert len(rows) > 10
    for row in rows:
        assert " ".join(clean(row.text).split()) in told
        assert f"{client.base_url}/actions/{row.id}".replace("//actions", "/actions") in told
        assert (row.owners or "nobody is named") in told
    assert "/papers/" not in told
    for pattern in (r"All, as of 1 July 2024\.", r"Made on \d+ \w+ 20\d\d\.", r"30 Jun 2024 1 the Clerk"):
        assert re.search(pattern, told), pattern


def test_what_is_counted_is_what_the_lists_hold(client: httpx2.Client, rows: list[ActionRow]) -> None:
    first = ask(client, f"on={ON}")[0]
    day = date.fromisoformat(ON)
    open_rows = [row for row in rows if row.status == Status.OPEN]
    wanted = {
        "open in all": len(open_rows),
        "overdue": sum(1 for row in open_rows if row.due_to and row.due_to < day),
        "due on the day or later": sum(1 for row in open_rows if row.due_to and row.due_to >= day),
        "open, no date told": sum(1 for row in open_rows if not row.due_to),
        "done": len(rows) - len(open_rows),
    }
    assert {label: f"{count} {label}" in first for label, count in wanted.items()} == dict.fromkeys(wanted, True)
    assert first.count("/actions/") == wanted["overdue"] > 0


def test_groups_stand_in_the_order_of_councils_and_committees(client: httpx2.Client, rows: list[ActionRow]) -> None:
    told = " ".join(ask(client, f"show=all&on={ON}"))
    names = sorted({(row.authority or "", row.committee or "") for row in rows})
    places = [told.index(" – ".join(filter(None, place))) for place in names]
    assert len(places) >= 4
    assert places == sorted(places)


def test_a_filtered_report_tells_its_filters_and_holds_nothing_else(client: httpx2.Client) -> None:
    answer = client.get(f"/actions.pdf?show=all&on={ON}&authority=vexley&owner=clerk&from=2024-06-01&to=31/12/2024")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'attachment; filename="actions-all-{ON}.pdf"'
    (told,) = read(answer)
    assert "council: vexley; who must act: clerk; deadline from 1 June 2024 up to" in told
    assert '<iframe src="javascript:alert(6)"></iframe> Mr Oddie' in told
    assert "Vexley Parish Council" in told
    assert "Lindenshire" not in told
    assert "Page 1 of 1" in told


def test_an_empty_list_says_so(client: httpx2.Client) -> None:
    (told,) = ask(client, "on=2001-01-01")
    assert "No action is in this list." in told
    assert "0 overdue" in told
    assert "Days overdue" not in told


def test_a_bad_day_is_a_problem_and_length_has_a_limit(client: httpx2.Client) -> None:
    answer = client.get("/actions.pdf?on=yesterday")
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert client.get("/actions.pdf?q=" + "x" * 600).status_code == 414


def test_the_tracker_leads_to_the_report_of_the_same_list(client: httpx2.Client) -> None:
    page = client.get(f"/actions?show=coming&on={ON}&print=1").text
    assert f'href="/actions.pdf?show=coming&amp;on={ON}" type="application/pdf"' in page


def entry(**told: Any) -> Entry:
    usual = Entry("30 Jun 2024", "1", "the Clerk", "write", "Meeting of 1 Jan", "a.pdf", None, "https://x.test/a/1")
    return replace(usual, **told)


def report(*groups: Group) -> Report:
    return Report("Minutes", "All.", "Made on 1 July 2024.", (("open", "1"),), "", groups, "https://x.test/actions")


def test_letters_of_all_origins_are_printed_and_others_are_told_of() -> None:
    named = Group("Cyngor Tŷ Ddewi", tuple(entry(owners=name) for name in NAMES))
    told = " ".join(read(typeset(report(named))))
    assert [name for name in NAMES if name not in told] == []
    assert "Cyngor Tŷ Ddewi" in told
    assert "\ufffd" not in told
    other = " ".join(read(typeset(report(Group("Council", (entry(words="to 李娜 \u202e\x00\u200bnow"),))))))
    assert "to �� now" in other
    assert "stands for a letter that this report can’t print" in other


def test_a_word_of_any_length_stays_in_its_column_and_each_row_on_a_page() -> None:
    endless = entry(words="w" * MOST_WORDS, owners="o" * 240, source="https://x.test/" + "ö" * 140, where="i" * 240)
    pages = read(typeset(report(Group("Council " + "g" * 200, (endless,) * 5))))
    assert len(pages) == 5
    assert sum(page.count("w") for page in pages) >= 5 * MOST_WORDS
    assert all(page.count("https://x.test/a/1") == 1 for page in pages)


def test_lines_are_no_wider_than_their_room_and_lose_nothing() -> None:
    words = clean("Fly-tipping at " + "Llanfairpwllgwyngyll" * 9 + " & a\n\nplay   area, ŵ")
    lines = wrap(words, BODY, 90)
    assert len(lines) > 9
    assert "".join(lines) == words
    assert all(width(line.rstrip(), BODY) <= 90 for line in lines)
    assert wrap("", BODY, 90) == []


@pytest.fixture(scope="module")
def long_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Save one committee's actions, more than a report holds, each a day after the one before."""
    url = f"sqlite:///{tmp_path_factory.mktemp('long') / 'long.db'}"
    with open_store(url) as store:
        store.save(many(ROWS + 7), pipeline="rules")
    return url


def many(count: int) -> Extraction:
    words = [f"that task {number} of the long list be done" for number in range(count)]
    text = "\n".join(words)
    ref = DocumentRef("long.txt", hashlib.sha256(text.encode()).hexdigest(), len(text), "text/plain")
    paper = Document(
        ref,
        text,
        (),
        (Page(1, 0, len(text), 595, 842),),
        authority="Longmoor Town Council",
        committee="Works",
        meeting_date=date(2024, 1, 1),
    )
    made = []
    for number, told in enumerate(words):
        at = Evidence(text.index(told), text.index(told) + len(told), told, 1)
        day = date(2024, 1, 2) + timedelta(days=number)
        due = DateRange(at, day, day, Precision.DAY)
        made.append(Action(f"{number:016x}", told, (at,), 0.9, (Party("the Clerk"),), due))
    return Extraction(paper, actions=tuple(made))


@pytest.fixture(scope="module")
def long_client(long_database: str) -> Iterator[httpx2.Client]:
    with serve(long_database, rate=0) as address, httpx2.Client(base_url=address, timeout=60) as opened:
        yield opened


def test_a_long_list_is_cut_and_says_so_and_its_heads_stand_on_each_page(long_client: httpx2.Client) -> None:
    pages = ask(long_client, "show=coming&on=2024-01-01")
    told = " ".join(pages)
    assert len(pages) > 20
    assert f"The list holds {ROWS + 7} actions; the first {ROWS} of them by deadline are here." in pages[0]
    assert re.findall(r"that task (\d+) of", told) == [str(number) for number in range(ROWS)]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Who must act What, and where it was asked" in page
    assert all("Longmoor Town Council – Works (continued)" in page for page in pages[1:])


def word(call: Any, *asked: Any) -> str:
    """Read a text that pdfium gives in UTF-16."""
    held = ctypes.create_string_buffer(call(*asked, None, 0))
    call(*asked, ctypes.cast(held, call.argtypes[-2]), len(held))
    return held.raw.decode("utf-16-le").rstrip("\0")


def walk(element: Any, above: str = "") -> Iterator[str]:
    """Give the way to each part of a page's structure."""
    way = f"{above}/{word(pdfium.FPDF_StructElement_GetType, element)}"
    yield way
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            yield from walk(child, way)


def test_readers_of_screens_are_told_what_is_what() -> None:
    public = entry(source="https://x.test/ö", source_address="https://x.test/ö")
    made = typeset(report(Group("A", (entry(),)), Group("B", (public, entry()))))
    with pypdfium2.PdfDocument(made) as document:
        assert pdfium.FPDFCatalog_IsTagged(document)
        assert word(pdfium.FPDFCatalog_GetLanguage, document) == "en-GB"
        assert document.get_metadata_value("Title") == "Who must act, and by when – Minutes"
        page = document[0]
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        ways = list(walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, 0)))
        pdfium.FPDF_StructTree_Close(tree)
        links = [data for data in re.findall(rb"/URI \((.*?)\)", made)]
        page.close()
    counted = {way: ways.count(way) for way in ways}
    table = "/Document/Table"
    assert counted[f"{table}/THead/TR/TH"] == len(COLUMNS)
    assert counted[f"{table}/TBody"] == 2
    assert counted[f"{table}/TBody/TR/TH"] == 2
    assert counted[f"{table}/TBody/TR/TD"] == 3 * len(COLUMNS)
    assert counted[f"{table}/TBody/TR/TD/Link"] == 4
    assert counted["/Document/H1"] == counted["/Document/P/Link"] == 1
    assert b"https://x.test/%C3%B6" in links
    assert len(links) == 5


def test_the_typefaces_come_with_their_licence() -> None:
    fonts = Path(__file__).parents[2] / "minutes_miner" / "web" / "fonts"
    assert {path.suffix for path in fonts.iterdir()} == {".ttf", ""}
    assert "Permission is hereby granted" in (fonts / "NOTICE").read_text("utf-8")
    assert sum(path.stat().st_size for path in fonts.iterdir()) < 120_000
