"""The interface for programs: decisions, their pages and conditions, and what is said where nothing can be told."""

from __future__ import annotations

import httpx2
import pytest

from minutes_miner.domain.dataset import DECISIONS
from minutes_miner.web.api.questions import Conditions
from minutes_miner.web.asking import FACETS


def ask(client: httpx2.Client, address: str, status: int = 200) -> dict:
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status, answer.text
    kind = "application/json" if status == 200 else "application/problem+json"
    assert answer.headers["content-type"] == kind
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


def test_a_search_gives_rows_as_every_export_has_them(client: httpx2.Client) -> None:
    found = ask(client, "/decisions?q=grant")
    assert found["total"] == {"count": 3, "is_exact": True}
    assert found["next"] is None
    assert [tuple(row) for row in found["items"]] == [(*DECISIONS.columns, "page")] * 3
    assert {row["largest_amount"] for row in found["items"]} == {"2250.00", "5000.00", "4321.00"}
    assert all(client.get(row["page"]).status_code == 200 for row in found["items"])
    assert not [row for row in found["items"] if "/" in row["source"]]


def test_every_facet_of_the_search_can_be_asked_for() -> None:
    names = {field.alias or name for name, field in Conditions.model_fields.items()}
    assert set(FACETS) <= names


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "amount"])
def test_pages_lead_to_each_other_and_miss_nothing(client: httpx2.Client, sort: str) -> None:
    whole = ask(client, f"/decisions?sort={sort}&limit=100")
    listed = [row["id"] for row in whole["items"]]
    assert len(listed) == whole["total"]["count"] > 10
    address, found = f"/api/v1/decisions?sort={sort}&limit=4", []
    while address:
        answer = client.get(address)
        page = answer.json()
        assert len(page["items"]) == 4 or not page["next"]
        assert (page["next"] is None) == ("link" not in answer.headers)
        found += [row["id"] for row in page["items"]]
        address = page["next"]
    assert found == listed


def test_conditions_are_those_of_the_search_page(client: httpx2.Client) -> None:
    for conditions in ("kind=approve&kind=refuse", "least=1k&since=01/01/2024", "authority=Thornbeck", "routine=true"):
        found = ask(client, f"/decisions?limit=100&{conditions}")
        page = client.get(f"/search?{conditions}").text
        assert f">{found['total']['count']} decisions</h2>" in page
        assert found["items"]
    routine, usual = (ask(client, f"/decisions?routine={one}")["total"]["count"] for one in ("true", "false"))
    assert routine > usual


def test_a_decision_is_told_with_its_evidence(client: httpx2.Client) -> None:
    row = ask(client, "/decisions?q=fence")["items"][0]
    found = ask(client, f"/decisions/{row['id']}")
    assert found["record"]["text"] == row["text"]
    assert found["record"]["source"] == found["document"]["sources"][0] == "vexley-finance.txt"
    passage = found["passages"][0]
    assert passage["text"][passage["start"] : passage["end"]] == passage["evidence"]["quote"]
    assert [money["amount"] for money in found["sums"]] == ["1250.00"]


def test_similar_decisions_come_with_their_likeness(client: httpx2.Client) -> None:
    row = ask(client, "/decisions?q=fence")["items"][0]
    found = ask(client, f"/similar?id={row['id']}&limit=3")["items"]
    scores = [one["score"] for one in found]
    assert len(scores) == 3 and scores == sorted(scores, reverse=True)
    assert row["authority"] not in {one["decision"]["authority"] for one in found}
    told = ask(client, "/similar?text=repair+the+swings+in+the+play+area&limit=2")["items"]
    assert "swing" in told[0]["decision"]["text"]
    ask(client, "/similar", 400)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/decisions?q=kind:nonsense", 400, "kind can't be 'nonsense'"),
        ("/decisions?least=lots", 400, "a sum can’t be 'lots'"),
        ("/decisions?topic=nonsense", 400, "topic"),
        ("/decisions?after=abc", 400, "page token"),
        ("/decisions?limit=101", 422, "limit"),
        ("/decisions?sort=due", 422, "sort"),
        ("/decisions?kind=nonsense", 422, "kind"),
        ("/decisions?since=yesterday", 422, "since"),
        ("/decisions?comittee=works", 422, "comittee"),
        ("/decisions?q=" + "a" * 501, 422, "q"),
        ("/decisions/0000000000000000", 404, "0000000000000000"),
        ("/decisions/..%2F..%2Fetc%2Fpasswd", 404, None),
        ("/nowhere", 404, None),
    ],
)
def test_problems_are_told_as_rfc_9457_has_them(
    client: httpx2.Client, address: str, status: int, told: str | None
) -> None:
    found = ask(client, address, status)
    assert found["status"] == status and found["type"] == "about:blank"
    assert told is None or told in found["detail"]
    assert found["title"] and found["advice"]


def test_only_reading_is_possible(client: httpx2.Client) -> None:
    answer = client.post("/api/v1/decisions", json={})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"
