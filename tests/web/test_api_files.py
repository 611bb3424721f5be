"""Whole results as files, and searches as feeds and calendars: read by the programs that others read them with."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import feedparser
import httpx2
import pyarrow.parquet
import pytest
from icalendar import Calendar
from lxml import etree
from served import serve
from test_api_decisions import ask

from minutes_miner.domain.dataset import ACTIONS, DECISIONS, Table

TABLES = {"decisions": DECISIONS, "actions": ACTIONS}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_each_format_holds_the_rows_of_the_list(client: httpx2.Client, table: Table) -> None:
    listed = ask(client, f"/{table.name}?limit=100")["items"]
    for row in listed:
        del row["page"]
    assert len(listed) > 5
    answers = {style: client.get(f"/api/v1/{table.name}.{style}") for style in ("csv", "jsonl", "parquet")}
    assert f'filename="{table.name}.csv"' in answers["csv"].headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(answers["csv"].text, newline="")))
    assert tuple(lines[0]) == table.columns
    assert [line[0] for line in lines[1:]] == [row["id"] for row in listed]
    objects = [json.loads(line) for line in answers["jsonl"].text.splitlines()]
    assert objects == listed
    read = pyarrow.parquet.read_table(io.BytesIO(answers["parquet"].content))
    assert tuple(read.column_names) == table.columns
    assert read.column("text").to_pylist() == [row["text"] for row in listed]
    assert all(day is None or isinstance(day, date) for day in read.column("meeting_date").to_pylist())


def test_a_file_has_the_conditions_and_the_order_of_the_search(client: httpx2.Client) -> None:
    address = "decisions{}?q=grant&sort=amount"
    listed = ask(client, "/" + address.format(""))["items"]
    lines = client.get("/api/v1/" + address.format(".jsonl")).text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row["id"] for row in listed] and len(lines) == 3
    ask(client, "/decisions.csv?q=kind:nonsense", 400)


def test_text_that_a_spreadsheet_would_run_is_made_harmless(client: httpx2.Client) -> None:
    cells = {cell for line in csv.reader(io.StringIO(client.get("/api/v1/decisions.csv").text)) for cell in line}
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+"))]


def test_files_end_at_the_bound_that_is_set(database: str) -> None:
    with serve(database, max_rows=3) as address:
        assert len(httpx2.get(f"{address}/api/v1/decisions.jsonl").text.splitlines()) == 3
        assert len(httpx2.get(f"{address}/api/v1/actions.jsonl").text.splitlines()) == 3


def test_a_search_is_an_atom_feed(client: httpx2.Client) -> None:
    listed = ask(client, "/decisions?q=grant&sort=newest")["items"]
    answer = client.get("/feed.atom?q=grant")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == [row["page"] for row in listed]
    assert len({entry.id for entry in feed.entries}) == 3
    assert feed.feed.links[0].href.endswith("/feed.atom?q=grant")
    again = client.get("/feed.atom?q=grant", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = feedparser.parse(client.get("/feed.atom?q=grant&kind=approve").content)
    assert {entry.id for entry in other.entries} < {entry.id for entry in feed.entries}
    assert other.feed.id != feed.feed.id


def test_a_search_is_a_json_feed(client: httpx2.Client) -> None:
    feed = client.get("/feed.json?q=society").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/feed.json?q=society")
    item = feed["items"][0]
    assert '"><svg onload=alert(3)> Society' in item["content_text"]
    assert item["id"] == item["url"] and client.get(item["url"]).status_code == 200
    assert item["date_modified"] and item["tags"][0]


def test_what_a_feed_cannot_understand_is_told(client: httpx2.Client) -> None:
    answer = client.get("/feed.atom?q=kind:nonsense")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_the_search_page_names_its_feeds_and_files(client: httpx2.Client) -> None:
    page = etree.HTML(client.get("/search?q=grant&since=01/01/2024").text)
    linked = page.xpath("//link[@rel='alternate']/@href")
    assert {address.partition("?")[0] for address in linked} == {"/feed.atom", "/feed.json"}
    files = [address for address in page.xpath("//a/@href") if address.startswith("/api/v1/decisions.")]
    assert len(files) == 3
    for address in (*linked, *files):
        assert "q=grant" in address
        assert client.get(address).status_code == 200


def test_actions_are_a_calendar(client: httpx2.Client) -> None:
    answer = client.get("/actions.ics?due_after=2000-01-01")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    listed = ask(client, "/actions?limit=100&due_after=2000-01-01")["items"]
    assert {str(entry["UID"]).partition("@")[0] for entry in entries} == {row["id"] for row in listed}
    assert [entry.decoded("DTSTART").isoformat() for entry in entries] == [row["due_to"] for row in listed]
    told = next(entry for entry in entries if "Oddie" in entry["SUMMARY"])
    assert '<iframe src="javascript:alert(6)"></iframe> Mr Oddie' in told["DESCRIPTION"]
    assert client.get(str(told["URL"])).status_code == 200
    again = Calendar.from_ical(client.get("/actions.ics?due_after=2000-01-01").content).walk("VEVENT")
    assert [entry["UID"] for entry in again] == [entry["UID"] for entry in entries]


def test_a_calendar_that_asks_for_no_days_leaves_out_what_is_long_past(client: httpx2.Client) -> None:
    assert Calendar.from_ical(client.get("/actions.ics").content).walk("VEVENT") == []


def test_sitemaps_name_every_page(client: httpx2.Client) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    index = etree.fromstring(client.get("/sitemap.xml").content).xpath("//s:loc/text()", namespaces=names)
    assert f"Sitemap: {str(client.base_url).rstrip('/')}/sitemap.xml" in client.get("/robots.txt").text
    pages = [
        page
        for part in index
        for page in etree.fromstring(client.get(part).content).xpath("//s:loc/text()", namespaces=names)
    ]
    listed = ask(client, "/decisions?routine=true&limit=100")["items"]
    assert {row["page"] for row in listed} <= set(pages)
    assert len(pages) == len(set(pages)) > len(listed)
    assert client.get(pages[0]).status_code == client.get(pages[-1]).status_code == 200
    assert client.get("/sitemap/sources-all.xml").status_code == 404
