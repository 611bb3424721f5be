"""Whatever a CMIS site answers, it is read without a crash, alike each time, and only the web is asked."""

from __future__ import annotations

from datetime import date

import pytest
from cmis_site import BASE, ROOT, answer, document, entry, item, label, make_platform, meeting_page, month_page, site
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes_miner.domain.gathering import Occasion, OccasionKind, Request

LISTS = ("calendar", "month", "listing", "committees", "committee", "decisions")
PAGES = (*LISTS, "meeting", "documents", "decision", "document")
HOSTILE = ("<td>", "</td></table>", '"', "http://[", "#2026-13-45", "\0")
WHOLE = (
    month_page(2026, 6, {8: [entry(1, 2, "10:00 Cabinet")], 9: [entry(3, 4, "18:30 Council : Hall")]}),
    meeting_page(items=[item(1, "Mill", "RESOLVED that it be sold.", "a1")], documents=[document("Minutes", "x")]),
    site(label("Decision Maker", "Cabinet") + label("Decision", "<p>Agreed.</p>") + "72 items in 5 pages"),
)


def requested(page: str) -> Request:
    key = "decision/1" if page == "decision" else "meeting/1"
    is_list = page in LISTS
    facts = (("candidate", "0"), ("page", f"{BASE}/Meetings.aspx"), ("root", ROOT), ("module", "397"))
    return Request(f"{BASE}/x", page, None if is_list else key, date(2026, 6, 30), is_list, facts)


@given(st.sampled_from(PAGES), st.sampled_from(WHOLE), st.data())
@settings(max_examples=60)
def test_damaged_pages_are_read_or_refused(page: str, whole: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    put = data.draw(st.text(max_size=30) | st.sampled_from(HOSTILE))
    response = answer(requested(page), whole[:start] + put + whole[end:])
    platform = make_platform()
    found = platform.read(response)
    assert found == platform.read(response)
    assert all(request.url.startswith(("http://", "https://")) for request in found.requests)
    kind = OccasionKind.NOTICE if page == "decision" else OccasionKind.MEETING
    made = platform.compose(Occasion("x/1", kind, day=date(2026, 6, 8)), [response])
    assert made.evidence


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00\x01", b"<", b"%PDF-1.4", "\N{SNOWMAN}".encode()])
def test_what_is_no_page_finds_nothing(page: str, body: bytes) -> None:
    found = make_platform().read(answer(requested(page), body))
    assert found.occasions == ()
    assert found.obstacle is not None or page == "document"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "mailto:clerk@example.org", "file:///etc", "http://[::bad"])
def test_links_that_lead_nowhere_are_left(href: str) -> None:
    page = document("Minutes", "x")
    start = page.index('href="') + 6
    hostile = page[:start] + href + "/Document.ashx" + page[page.index('"', start) :]
    found = make_platform().read(answer(requested("documents"), meeting_page(documents=[hostile])))
    assert found.requests == ()
