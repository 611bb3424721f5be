"""Corrected records show what the document says, withdrawn ones are gone, and likeness that is not made says so."""

from __future__ import annotations

from pathlib import Path

import httpx2
from bs4 import BeautifulSoup
from replica_of import copy_database
from served import serve
from sqlalchemy import insert

from minutes_miner.store import open_store
from minutes_miner.store.corrections import Author, correct, suppress
from minutes_miner.store.nearest import find_path
from minutes_miner.store.search import DecisionFilter, find_decisions
from minutes_miner.store.similar import BUILD_COMMAND, PATIENCE, is_behind
from minutes_miner.store.tables import documents

AUTHOR = Author("the paper was <b>misread</b>", "Clerk & Son")


def page_of(client: httpx2.Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def test_a_correction_stands_beside_the_sources_own_value(database: str, tmp_path: Path) -> None:
    copied = copy_database(database, tmp_path)
    with open_store(copied) as store:
        lost, shown = find_decisions(store, DecisionFilter(query="fence")), "Councillor <i>Quill</i>"
        grant = find_decisions(store, DecisionFilter(query="society"))[0]
        correct(store, lost[0].id, "mover", shown, author=AUTHOR)
        correct(store, lost[0].id, "votes_against", "3", author=AUTHOR)
        correct(store, lost[0].id, "sums", "£1,234.50 cost", author=AUTHOR)
        correct(store, grant.id, "committee", "Finance Committee", author=Author("the heading has it"))
    with serve(copied) as address, httpx2.Client(base_url=address, timeout=60) as client:
        page = page_of(client, f"/decisions/{lost[0].id}")
        told = {pair.dt.get_text(): pair.dd for pair in page.select(".corrected .pairs > div")}
        assert set(told) == {"Mover", "Votes against", "Sums", "Committee"}, "what holds for the whole document too"
        assert (told["Votes against"].select_one("del").get_text(), told["Votes against"].ins.get_text()) == ("2", "3")
        assert told["Sums"].ins.get_text() == "1234.50 GBP cost" and told["Sums"].select_one("del").get_text()
        assert "£1,234.50" in page.select_one(".record-main > .pairs .figure").get_text()
        assert told["Mover"].ins.get_text() == shown
        assert "by Clerk & Son" in told["Mover"].get_text()
        assert told["Mover"].select_one(".hint").get_text() == AUTHOR.reason
        assert "4 for, 3 against" in page.select_one(".vote").get_text(" ", strip=True)
        twin = client.get(f"/decisions/{lost[0].id}.json").json()
        assert [(one["field"], one["source"], one["new"]) for one in twin["corrections"]][1] == (
            "votes_against",
            "2",
            "3",
        )
        assert not page_of(client, f"/decisions/{_other(client, lost[0].id)}").select(".corrected")
        assert client.get("/councils/vexley-parish-council/finance-committee").status_code == 200


def _other(client: httpx2.Client, but: str) -> str:
    found = client.get("/search?q=authority:lindenshire")
    ids = [link["href"].rpartition("/")[2] for link in BeautifulSoup(found.text, "lxml").select(".card-words a")]
    return next(one for one in ids if one != but)


def test_a_withdrawn_record_is_not_found_anywhere(database: str, tmp_path: Path) -> None:
    copied = copy_database(database, tmp_path)
    with open_store(copied) as store:
        fence = find_decisions(store, DecisionFilter(query="fence"))[0]
        suppress(store, fence.id, author=AUTHOR)
    with serve(copied) as address, httpx2.Client(base_url=address, timeout=60) as client:
        for end in ("", ".json", ".bib", ".csl.json", "/similar", "/page.png"):
            assert client.get(f"/decisions/{fence.id}{end}").status_code == 404, end
        for listed in ("/councils/vexley-parish-council", "/councils/vexley-parish-council/~none"):
            assert fence.id not in page_of(client, listed).decode()
        (row,) = page_of(client, "/councils/vexley-parish-council/~none").select("tbody tr")
        assert row.select("td")[0].get_text() == "2"


def test_likeness_is_made_of_a_few_papers_and_is_known_to_be_old(database: str, tmp_path: Path) -> None:
    copied = copy_database(database, tmp_path)
    with open_store(copied) as store:
        fence = find_decisions(store, DecisionFilter(query="fence"))[0]
        assert not is_behind(store), "no file is not an old one"
    with serve(copied) as address, httpx2.Client(base_url=address, timeout=60) as client:
        made = page_of(client, f"/decisions/{fence.id}/similar").select_one("#similar")
        assert not made.select("code")
        assert find_path(copied).exists()
    with open_store(copied) as store:
        assert not is_behind(store)
        correct(store, fence.id, "mover", "Councillor Quill", author=AUTHOR)
        assert is_behind(store)


def test_likeness_that_would_take_long_tells_how_to_make_it(database: str, tmp_path: Path) -> None:
    copied = copy_database(database, tmp_path)
    blank = {"media_type": "text/plain", "size": 1, "character_count": 1, "page_count": 0, "pipeline": "none"}
    blank |= {"mined_at": "2024-01-01T00:00:00+00:00", "is_current": True, "text": "-"}
    rows = [{**blank, "id": f"{number:016x}", "sha256": f"{number:064x}"} for number in range(PATIENCE + 1)]
    with open_store(copied) as store:
        fence = find_decisions(store, DecisionFilter(query="fence"))[0]
        with store.write() as connection:
            connection.execute(insert(documents), rows)
    with serve(copied) as address, httpx2.Client(base_url=address, timeout=60) as client:
        told = page_of(client, f"/decisions/{fence.id}/similar").select_one("#similar")
        assert told.select_one("code").get_text() == BUILD_COMMAND
        assert "close enough" not in told.get_text()
        link = page_of(client, f"/decisions/{fence.id}").select_one("#similar")
        assert link["hx-get"] == link.a["href"] == f"/decisions/{fence.id}/similar"
    assert not find_path(copied).exists()
