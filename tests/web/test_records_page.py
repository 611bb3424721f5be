"""The pages of decisions, actions, meetings and documents, and their twins for machines."""

from __future__ import annotations

import json
from io import BytesIO

import httpx2
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from served import serve
from sqlalchemy import create_engine, text

from minutes_miner.store.search import ActionFilter, DecisionFilter, find_actions, find_decisions, open_reader


def find_decision(database: str, query: str) -> str:
    with open_reader(database, max_seconds=10) as store:
        return find_decisions(store, DecisionFilter(query=query, include_procedural=True))[0].id


def page_of(client: httpx2.Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


@pytest.fixture(scope="module")
def amendment(database: str) -> str:
    return find_decision(database, 'authority:lindenshire "Ms Farouk proposed"')


def test_a_decision_shows_its_vote_with_names_and_chart(client: httpx2.Client, amendment: str) -> None:
    page = page_of(client, f"/decisions/{amendment}")
    assert "6 for, 11 against" in page.select_one(".vote").get_text(" ", strip=True)
    groups = page.select(".voters section")
    names = {group.h3.get_text(" ", strip=True): len(group.select("li")) for group in groups}
    assert names == {"For 6": 6, "Against 11": 11}
    widths = [rect["width"] for rect in page.select("svg.large rect")]
    assert widths == ["6", "11"]
    facts = {pair.dt.get_text(): pair.dd.get_text(" ", strip=True) for pair in page.select(".record-main .pairs > div")}
    assert (facts["Moved by"], facts["Seconded by"]) == ("Ms Farouk", "Mr Oduya")
    assert facts["Due"].startswith("31 January 2025")


def test_the_words_are_marked_in_the_source(client: httpx2.Client, amendment: str) -> None:
    page = page_of(client, f"/decisions/{amendment}")
    text_of_source = page.select_one(".passage .text")
    marked = " ".join(mark.get_text() for mark in text_of_source.select("mark"))
    assert "Ms Farouk proposed and Mr Oduya seconded" in marked
    assert "an evening service to every market town" in marked
    assert "Members spoke for and against" in text_of_source.get_text()
    assert "Members spoke for and against" not in marked


def test_the_page_is_drawn_with_a_box_around_the_words(client: httpx2.Client, amendment: str) -> None:
    page = page_of(client, f"/decisions/{amendment}")
    answer = client.get(page.select_one(".page-picture img")["src"])
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(BytesIO(answer.content)).convert("RGB")
    assert picture.width == 1000
    yellow = [
        (x, y)
        for x in range(0, picture.width, 4)
        for y in range(0, picture.height, 4)
        if (colour := picture.getpixel((x, y)))[0] > 240 and colour[2] < 160
    ]
    rows = {y for _, y in yellow}
    assert len(yellow) > 300
    assert max(rows) - min(rows) < 150, "the words stand in three lines"


def test_a_page_is_drawn_only_from_the_very_bytes_that_were_read(database: str, client: httpx2.Client) -> None:
    decision = find_decision(database, "authority:thornbeck")
    with open_reader(database, max_seconds=10) as store, store.read() as connection:
        source = connection.scalar(text("SELECT source FROM sources WHERE source LIKE '%thornbeck%'"))
    assert client.get(f"/decisions/{decision}/page.png").status_code == 200
    with open(source, "r+b") as stream:
        first = stream.read()
        stream.seek(0)
        stream.write(first.replace(b"%PDF-1", b"%PDF-2", 1))
    try:
        with serve(database) as address:
            assert httpx2.get(f"{address}/decisions/{decision}/page.png").status_code == 404
            assert httpx2.get(f"{address}/decisions/{decision}").status_code == 200
    finally:
        with open(source, "wb") as stream:
            stream.write(first)


def test_no_page_is_drawn_where_pictures_are_off(database: str, amendment: str) -> None:
    with serve(database, has_pictures=False) as address:
        assert "page.png" not in httpx2.get(f"{address}/decisions/{amendment}").text
        assert httpx2.get(f"{address}/decisions/{amendment}/page.png").status_code == 404


def test_the_twin_holds_what_the_page_shows_and_no_path_of_the_server(client: httpx2.Client, amendment: str) -> None:
    answer = client.get(f"/decisions/{amendment}.json")
    twin = answer.json()
    assert twin["record"]["id"] == amendment
    assert (twin["record"]["votes_for"], twin["record"]["votes_against"]) == (6, 11)
    assert len(twin["votes"]) == 17
    assert twin["document"]["sources"] == ["lindenshire-county-council.pdf"]
    quote = twin["passages"][0]["evidence"]
    assert quote["end"] - quote["start"] == len(quote["quote"])
    assert "/papers/" not in answer.text


def test_a_decision_can_be_cited(client: httpx2.Client, amendment: str) -> None:
    page = page_of(client, f"/decisions/{amendment}")
    address = f"{client.base_url}/decisions/{amendment}".replace("//decisions", "/decisions")
    assert address in page.select_one("#citation").get_text()
    bibtex = client.get(f"/decisions/{amendment}.bib").text
    assert bibtex.startswith(f"@misc{{minutes-{amendment},")
    assert f"url = {{{address}}}" in bibtex
    entry = json.loads(client.get(f"/decisions/{amendment}.csl.json").text)[0]
    assert entry["issued"] == {"date-parts": [[2024, 7, 18]]}
    assert entry["author"] == [{"literal": "Lindenshire County Council"}]


def test_citations_begin_with_the_address_that_is_set(database: str, amendment: str) -> None:
    with serve(database, address="https://minutes.example.org/") as address:
        answer = httpx2.get(f"{address}/decisions/{amendment}")
        assert f"https://minutes.example.org/decisions/{amendment}" in answer.text
        assert "max-age" in answer.headers["strict-transport-security"]


def test_an_action_shows_who_must_act_and_by_when(client: httpx2.Client, database: str) -> None:
    with open_reader(database, max_seconds=10) as store:
        action = find_actions(store, ActionFilter(authority="Vexley"))[0]
    page = page_of(client, f"/actions/{action.id}")
    facts = {pair.dt.get_text(): pair.dd.get_text(" ", strip=True) for pair in page.select(".record-main .pairs > div")}
    assert facts["To act"] == "the Clerk"
    assert facts["Due"].startswith("30 June 2024")
    assert "<iframe src=" in page.select_one(".words").get_text()
    assert not page.select("iframe")
    assert client.get(f"/actions/{action.id}.json").json()["record"]["due_to"] == "2024-06-30"


def test_a_meeting_shows_its_items_in_order_with_their_decisions(client: httpx2.Client, database: str) -> None:
    with open_reader(database, max_seconds=10) as store:
        document = find_decisions(store, DecisionFilter(query="authority:lindenshire"))[0].document_id
    page = page_of(client, f"/meetings/{document}")
    numbers = [number.get_text() for number in page.select(".item-number")]
    assert numbers == ["23", "26", "27", "28", "29", "30"]
    bus = page.select(".item")[1]
    assert len(bus.select(".entry")) == 5
    assert "Mr R Obuya (Vice-Chairman)" in page.select_one("aside").get_text()


def test_a_document_shows_its_text_with_every_record_marked(client: httpx2.Client, database: str) -> None:
    with open_reader(database, max_seconds=10) as store:
        rows = find_decisions(store, DecisionFilter(query="authority:vexley", include_procedural=True))
    page = page_of(client, f"/documents/{rows[0].document_id}")
    leads = {mark.a["href"] for mark in page.select(".whole mark.of-decisions")}
    assert leads == {f"/decisions/{row.id}" for row in rows}
    assert "<script>alert(1)</script>" in page.select_one(".whole").get_text()


@pytest.mark.parametrize(
    "path",
    [
        "/decisions/0000000000000000",
        "/decisions/xyz",
        "/decisions/%2e%2e%2fetc%2fpasswd",
        "/actions/0000000000000000.json",
        "/meetings/0000000000000000",
        "/documents/0000000000000000",
        "/documents/..%2f..%2fetc",
        "/decisions/' OR 1=1 --",
    ],
)
def test_what_is_no_id_is_not_found(client: httpx2.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_a_record_of_the_other_kind_is_not_found(client: httpx2.Client, amendment: str) -> None:
    assert client.get(f"/actions/{amendment}").status_code == 404


def test_a_withdrawn_record_is_shown_nowhere(database: str, client: httpx2.Client) -> None:
    decision = find_decision(database, "authority:kestrelford grant")
    document = client.get(f"/decisions/{decision}.json").json()["document"]["id"]
    engine = create_engine(database)
    try:
        _set_withdrawn(engine, decision, True)
        assert client.get(f"/decisions/{decision}").status_code == 404
        assert client.get(f"/decisions/{decision}.json").status_code == 404
        assert decision not in client.get(f"/meetings/{document}").text
        assert decision not in client.get(f"/documents/{document}").text
    finally:
        _set_withdrawn(engine, decision, False)
    assert client.get(f"/decisions/{decision}").status_code == 200
    assert decision in client.get(f"/documents/{document}").text


def _set_withdrawn(engine: object, decision: str, is_withdrawn: bool) -> None:
    with engine.begin() as connection:
        changed = text("UPDATE decisions SET is_suppressed = :state WHERE id = :id")
        assert connection.execute(changed, {"state": is_withdrawn, "id": decision}).rowcount == 1
