"""The pages of members, posts and bodies: votes by name alone, and names that fit several said to do so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from bs4 import BeautifulSoup
from served import serve

from minutes_miner.workflow import mine

TIED = """Ashcombe Town Council
Minutes of the Planning Committee held on 12 March 2024

Present: Councillor Ann Howson (Chair), Councillor Alan Howson, Councillor B. Quill, Councillor D. Marrow

7. Fence
Proposed by Cllr Quill, seconded by Cllr Howson, and
RESOLVED that the fence be repaired at a cost of £1,250.
A recorded vote was taken.
For: Councillors Ann Howson and B. Quill
Against: Councillors Alan Howson and D. Marrow

8. Bins
Proposed by Cllr Marrow, seconded by Cllr Quill, and
RESOLVED that the Town Clerk order six bins.
"""


def page_of(client: httpx2.Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Serve minutes in which a name fits two members."""
    folder: Path = tmp_path_factory.mktemp("tied")
    (folder / "ashcombe.txt").write_text(TIED, "utf-8")
    url = f"sqlite:///{folder / 'minutes.db'}"
    assert not mine([folder / "ashcombe.txt"], url, jobs=0).failed
    with serve(url) as address, httpx2.Client(base_url=address, timeout=60) as opened:
        yield opened


def test_a_name_as_minutes_write_it_finds_the_member(client: httpx2.Client) -> None:
    rows = page_of(client, "/people?q=Ms+Farouk").select("tbody tr")
    assert [row.a.get_text() for row in rows] == ["F Farouk"]
    assert rows[0].select("a")[1]["href"] == "/councils/lindenshire-county-council"
    kinds = {row.select("td")[0].get_text() for row in page_of(client, "/people?kind=post").select("tbody tr")}
    assert kinds == {"Post"}
    assert "Nobody has that name" in page_of(client, "/people?q=zebedee").get_text()
    (told,) = client.get("/people.json?q=farouk&authority=lindenshire").json()
    assert (told["name"], told["kind"], told["mentions"]) == ("F Farouk", "person", 3)


def test_a_member_shows_votes_and_motions_with_links(client: httpx2.Client) -> None:
    (told,) = client.get("/people.json?q=farouk").json()
    page = page_of(client, f"/people/{told['id']}")
    voted = page.select_one("[aria-labelledby=part-voted] li")
    assert voted.strong.get_text() == "For"
    assert client.get(voted.a["href"]).status_code == 200
    assert "Only where the minutes name who voted how" in page.get_text()
    assert len(page.select("[aria-labelledby=part-moved] li")) == 1
    assert [row.get_text(" ", strip=True) for row in page.select("[aria-labelledby=ballots] tbody tr")] == ["for 1"]
    assert {"F Farouk", "Ms Farouk"} <= {item.contents[0].strip() for item in page.select("aside li")}


def test_who_voted_against_can_be_seen(client: httpx2.Client) -> None:
    decision = page_of(client, "/search?q=Farouk&routine=1").select_one(".card-words a")["href"]
    against = page_of(client, decision).select(".voters section")[1].select("a")
    assert len(against) == 11
    page = page_of(client, against[0]["href"])
    assert "Against" in {strong.get_text() for strong in page.select("[aria-labelledby=part-voted] strong")}
    assert page.select_one(f"[aria-labelledby=part-voted] a[href='{decision}']")


def test_the_twin_tells_no_folder_of_the_server(client: httpx2.Client) -> None:
    (told,) = client.get("/people.json?q=farouk").json()
    twin = client.get(f"/people/{told['id']}.json").json()
    assert {deed["source"] for deed in twin["deeds"]} == {"lindenshire-county-council.pdf"}
    assert twin["ballots"] == {"for": 1}


def test_a_name_that_fits_two_is_said_to_and_is_in_neithers_record(tied: httpx2.Client) -> None:
    rows = page_of(tied, "/people?q=howson").select("tbody tr")
    marked = {row.a.get_text(): (row.a["href"], bool(row.select(".badge.warn"))) for row in rows}
    assert {name: is_marked for name, (_, is_marked) in marked.items()} == {
        "Alan Howson": False,
        "Ann Howson": False,
        "Howson": True,
    }
    page = page_of(tied, marked["Howson"][0])
    warning = page.select_one(".notice.warn").get_text(" ", strip=True)
    assert "This name fits several" in warning
    assert {link.get_text() for link in page.select(".notice.warn a")} == {"Alan Howson", "Ann Howson"}
    assert len(page.select("[aria-labelledby=part-seconded] li")) == 1
    ann = page_of(tied, marked["Ann Howson"][0])
    assert not ann.select("[aria-labelledby=part-seconded]")
    assert ann.select_one("[aria-labelledby=part-voted] strong").get_text() == "For"
    alan = page_of(tied, marked["Alan Howson"][0])
    assert alan.select_one("[aria-labelledby=part-voted] strong").get_text() == "Against"


@pytest.mark.parametrize("address", ["/people/0123456789abcdef", "/people/x", "/people/ABCDEF.json"])
def test_nobody_of_that_id_is_not_found(client: httpx2.Client, address: str) -> None:
    assert client.get(address).status_code == 404
