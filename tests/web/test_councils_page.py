"""The pages of councils, their bodies and their meetings, and their twins for machines."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from bs4 import BeautifulSoup
from replica_of import copy_database
from served import serve
from sqlalchemy import insert, update

from minutes_miner.store import open_store
from minutes_miner.store.gathertables import authorities
from minutes_miner.store.tables import documents

COUNTY = "/councils/lindenshire-county-council"


def page_of(client: httpx2.Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def test_the_list_names_every_council_and_finds_by_a_part_of_the_name(client: httpx2.Client) -> None:
    links = {link.get_text(): link["href"] for link in page_of(client, "/councils").select("tbody a")}
    assert len(links) == 4
    assert links["Lindenshire County Council"] == COUNTY
    found = page_of(client, "/councils?q=LINDEN").select("tbody tr")
    assert [row.a.get_text() for row in found] == ["Lindenshire County Council"]
    assert "18 July 2024" in found[0].get_text()
    nothing = page_of(client, "/councils?q=atlantis")
    assert "No council has that in its name" in nothing.select_one(".notice").get_text()
    told = client.get("/councils.json?q=linden").json()
    assert [(one["name"], one["meetings"], one["last_day"]) for one in told] == [
        ("Lindenshire County Council", 1, "2024-07-18")
    ]


def test_a_council_shows_bodies_years_topics_money_and_members(client: httpx2.Client) -> None:
    page = page_of(client, COUNTY)
    assert page.select_one(".where").get_text(" ", strip=True).startswith("9 decisions from 1 meeting, 18 July 2024")
    bodies = page.select("[aria-labelledby=bodies] tbody a")
    assert [link["href"] for link in bodies] == [f"{COUNTY}/county-council"]
    marks = page.select("svg.chart a")
    assert [mark["aria-label"] for mark in marks] == ["2024: 9 decisions"]
    assert client.get(marks[0]["href"]).status_code == 200
    table = page.select("[aria-labelledby=years] tbody tr")
    assert [row.get_text(" ", strip=True) for row in table] == ["2024 9"]
    aside = page.select_one("aside").get_text(" ", strip=True)
    assert "Whether papers are missing is not known" in aside
    member = page.select_one("aside a[href^='/people/']")
    assert client.get(member["href"]).status_code == 200
    assert len(page.select(".card")) == 5


def test_a_council_shows_what_its_decisions_spend_and_not_what_they_recommend(client: httpx2.Client) -> None:
    spent = page_of(client, "/councils/kestrelford-metropolitan-borough-council").select_one("aside")
    assert "£20.65k in 2 sums" in spent.get_text(" ", strip=True)
    assert "£900k" not in page_of(client, COUNTY).select_one("aside").get_text(" ", strip=True)


def test_what_a_council_links_to_is_there(client: httpx2.Client) -> None:
    links = {link["href"] for link in page_of(client, COUNTY).select("main a[href^='/']")}
    assert len(links) > 15
    failed = {address: status for address in links if (status := client.get(address).status_code) != 200}
    assert not failed


def test_a_body_lists_its_meetings_with_counts(client: httpx2.Client) -> None:
    page = page_of(client, f"{COUNTY}/county-council")
    (row,) = page.select("[aria-labelledby=meetings] tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("th, td")] == ["18 July 2024", "11", "1", "1"]
    assert client.get(row.a["href"]).status_code == 200
    told = client.get(f"{COUNTY}/county-council.json").json()
    assert (told["name"], told["council"], told["held"][0]["decisions"]) == (
        "County Council",
        "Lindenshire County Council",
        11,
    )


def test_papers_that_name_no_body_have_a_page(client: httpx2.Client) -> None:
    page = page_of(client, "/councils/vexley-parish-council/~none")
    assert page.h1.get_text() == "Papers that name no body"
    assert len(page.select("tbody tr")) == 1


@pytest.mark.parametrize(
    "address",
    ["/councils/nowhere", f"{COUNTY}/nowhere", f"{COUNTY}/county-council?page=2", f"{COUNTY}/county-council?page=0",
     f"{COUNTY}/county-council?page=x", "/councils/..%2f..%2fetc", "/councils/%00", f"{COUNTY}/~none"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: httpx2.Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_decision_leads_to_its_council_and_to_the_people_it_names(client: httpx2.Client) -> None:
    found = page_of(client, "/search?q=Farouk&routine=1").select_one(".card-words a")
    page = page_of(client, found["href"])
    assert page.select_one(f".crumbs a[href='{COUNTY}']")
    named = {link.get_text(): link["href"] for link in page.select(".record-main a[href^='/people/']")}
    assert {"Ms Farouk", "Mr Oduya", "F Farouk", "O Oduya"} <= set(named)
    assert named["Ms Farouk"] == named["F Farouk"]
    twin = client.get(f"{found['href']}.json").json()
    assert {one["text"] for one in twin["parties"] if one["part"] == "moved"} == {"Ms Farouk"}


def test_codes_lead_to_names_and_names_with_signs_have_addresses(database: str, tmp_path: Path) -> None:
    copied = copy_database(database, tmp_path)
    odd = "Cyngor Ŵyr & <b>Sons</b>"
    with open_store(copied) as store, store.write() as connection:
        rows = [{"code": "LIN", "name": "Lindenshire County Council", "territory": "ENG"}]
        connection.execute(insert(authorities), [*rows, {"code": "ZED", "name": "Zed Council", "territory": "SCT"}])
        connection.execute(update(documents).where(documents.c.authority.like("Vexley%")).values(authority=odd))
    with serve(copied) as address, httpx2.Client(base_url=address, timeout=60) as client:
        answer = client.get("/councils/LIN")
        assert (answer.status_code, answer.headers["location"]) == (301, COUNTY)
        assert "Scotland" in page_of(client, "/councils").select_one("select").get_text()
        (one,) = page_of(client, "/councils?territory=SCT").select("tbody tr")
        assert "nothing read yet" in one.get_text()
        assert "Nothing of this council has been read yet" in page_of(client, one.a["href"]).get_text()
        link = page_of(client, "/councils?q=sons").select_one("tbody a")
        assert link.get_text() == odd
        assert page_of(client, link["href"]).h1.get_text() == odd
        assert client.get(f"{link['href']}.json").json()["name"] == odd
