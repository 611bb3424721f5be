"""Charts of money: each mark leads to the decisions whose sums make it, whatever is asked for."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

import httpx2
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import create_engine, text

from minutes_miner.store.search import DecisionFilter, Grouping
from minutes_miner.store.totals import UNKNOWN
from minutes_miner.web.asking import Asking
from minutes_miner.web.drilling import drill


def ask(client: httpx2.Client, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "lxml")


def found_by(client: httpx2.Client, address: str) -> set[str]:
    page = ask(client, address)
    assert page.select_one("a[rel=next]") is None, "the whole answer is on the page"
    return {link["href"].rpartition("/")[2] for link in page.select(".card-words a")}


def sums_behind(database: str, condition: str) -> tuple[set[str], Decimal]:
    """Ask the tables themselves which decisions have such sums, and what those come to, each once an item."""
    asked = f"""SELECT decisions.id, documents.id, decided_sums.item, decided_sums.amount FROM decided_sums
        JOIN decisions ON decisions.number = decided_sums.number JOIN documents ON documents.id = decisions.document_id
        WHERE is_current AND NOT procedural AND same_as IS NULL AND NOT is_suppressed AND decisions.outcome = 'carried'
        AND decisions.kind NOT IN ('refuse', 'defer', 'refer', 'recommend') AND {condition}"""
    engine = create_engine(database)
    with engine.connect() as connection:
        rows = connection.execute(text(asked)).all()
    return {row[0] for row in rows}, sum((Decimal(str(one[2])) for one in {tuple(row[1:]) for row in rows}), Decimal(0))


def read_sum(words: str) -> Decimal:
    return Decimal(words.lstrip("£").replace(",", ""))


CONDITIONS = {
    "authority": "is_spent AND documents.authority = '{}'",
    "year": "is_spent AND substr(meeting_date, 1, 4) = '{}'",
    "kind": "is_spent AND decisions.kind = '{}'",
    "topic": "is_spent AND decisions.id IN (SELECT decision_id FROM decision_topics WHERE topic = '{}')",
    "role": "decided_sums.role = '{}'",
}


@pytest.mark.parametrize("by", CONDITIONS)
def test_each_line_leads_to_the_decisions_that_make_it(client: httpx2.Client, database: str, by: str) -> None:
    lines = client.get("/money.json" if by == "year" else f"/money.json?by={by}").json()
    lines = lines["years" if by == "year" else "groups"]
    followed = 0
    for line in lines:
        if line["group"] == UNKNOWN:
            assert (line["search"] is None) == (by != "role")
            continue
        behind, total = sums_behind(database, CONDITIONS[by].format(line["group"]))
        assert Decimal(line["total"]) == total > 0, line
        assert found_by(client, line["search"]) == behind, line
        followed += 1
    assert followed >= (1 if by == "topic" else 2)


def test_marks_of_the_charts_are_the_lines_of_their_tables(client: httpx2.Client) -> None:
    page = ask(client, "/money?by=kind")
    for section in page.select("section.charted"):
        marks = {mark["href"]: mark["aria-label"] for mark in section.select("svg.chart a")}
        rows = {row.a["href"]: row for row in section.select("tbody tr") if row.a}
        assert set(marks) == set(rows)
        for address, told in marks.items():
            assert rows[address].select("td")[1].get_text() in told


def test_all_of_it_leads_to_all_decisions_behind_it(client: httpx2.Client, database: str) -> None:
    page = ask(client, "/money")
    behind, total = sums_behind(database, "is_spent")
    assert found_by(client, page.find("a", string="The decisions behind it")["href"]) == behind
    assert read_sum(page.select_one(".totals dd").get_text()) == total > 0


NARROWED = {
    "q": "grant",
    "authority": "Kestrelford Metropolitan Borough Council",
    "kind": "approve",
    "since": "2024-03-01",
    "until": "2024-03-31",
    "least": "£2k",
}


@pytest.mark.parametrize("name", NARROWED)
def test_a_condition_narrows_and_stays_in_the_marks(client: httpx2.Client, name: str) -> None:
    everything = client.get("/money.json").json()
    query = urlencode({name: NARROWED[name]})
    narrowed = client.get(f"/money.json?{query}").json()
    assert 0 < narrowed["overall"][0]["count"] < everything["overall"][0]["count"]
    plain = found_by(client, f"/search?{query}")
    for line in narrowed["groups"]:
        behind = found_by(client, line["search"])
        assert behind
        assert behind <= plain


def test_nothing_to_add_up_is_explained(client: httpx2.Client) -> None:
    assert "No money is decided" in ask(client, "/money?q=xylophone").select_one(".notice").get_text()
    assert "kind can't be" in ask(client, "/money?q=kind:nonsense", 400).select_one(".notice").get_text()
    assert client.get("/money.json?q=kind:nonsense").json()["status"] == 400


def test_blank_fields_are_left_out(client: httpx2.Client) -> None:
    answer = client.get("/money?q=grant&since=&by=role")
    assert (answer.status_code, answer.headers["location"]) == (303, "/money?q=grant&by=role")


def test_what_was_asked_for_gives_way_to_the_mark() -> None:
    asked = Asking(text="lido kind:approve OR kind:agree authority:ash", facets={"year": ("2023", "2024")})
    found = drill(asked, Grouping.KIND, "agree")
    assert found is not None
    assert found.text == "lido authority:ash role:spent"
    assert dict(found.facets) == {"year": ("2023", "2024"), "kind": ("agree",), "outcome": ("carried",)}
    whole = drill(asked, Grouping.AUTHORITY, "Ashcombe")
    assert whole is not None
    assert whole.text == "lido kind:approve OR kind:agree role:spent"
    assert whole.facets["authority"] == ("=Ashcombe",)
    assert isinstance(whole.filter(1), DecisionFilter)


def test_a_mark_that_no_search_can_tell_leads_nowhere() -> None:
    assert drill(Asking(), Grouping.YEAR, UNKNOWN) is None
    assert drill(Asking(text="topic:waste"), Grouping.TOPIC, "roads") is None
    assert drill(Asking(text="topic:waste"), Grouping.TOPIC, "waste") is not None
    assert drill(Asking(text="role:grant"), Grouping.ROLE, "saving") is None
    assert drill(Asking(), None, None, "EUR") is not None
    assert drill(Asking(text="currency:GBP"), None, None, "EUR") is None
