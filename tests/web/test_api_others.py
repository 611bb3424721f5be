"""The interface for programs: actions, counts, money, people, councils and meetings."""

from __future__ import annotations

import httpx2
import pytest
from test_api_decisions import ask

from minutes_miner.domain.dataset import ACTIONS


def test_actions_come_by_deadline_page_by_page(client: httpx2.Client) -> None:
    whole = ask(client, "/actions?limit=100")["items"]
    assert [tuple(row) for row in whole] == [(*ACTIONS.columns, "page")] * len(whole)
    days = [row["due_to"] or "9999" for row in whole]
    assert days == sorted(days) and len(days) > 5 and "9999" in days
    address, found = "/api/v1/actions?limit=2", []
    while address:
        page = client.get(address).json()
        found += page["items"]
        address = page["next"]
    assert found == whole


def test_conditions_narrow_actions(client: httpx2.Client) -> None:
    late = ask(client, "/actions?overdue_on=2024-07-01&due_after=2024-06-01")["items"]
    assert {row["due_to"] for row in late} == {"2024-06-30"}
    assert {row["status"] for row in late} == {"open"}
    assert ask(client, "/actions?status=done&overdue_on=2024-07-01")["items"] == []
    clerk = ask(client, "/actions?owner=clerk")["items"]
    assert clerk and all("lerk" in str(row["owners"]) for row in clerk)


def test_an_action_is_told_with_its_evidence(client: httpx2.Client) -> None:
    row = ask(client, "/actions?authority=vexley")["items"][0]
    found = ask(client, f"/actions/{row['id']}")
    assert found["record"]["text"] == row["text"]
    assert found["passages"][0]["evidence"]["start"] == row["start_offset"]
    ask(client, f"/decisions/{row['id']}", 404)


def test_facets_count_what_a_search_finds(client: httpx2.Client) -> None:
    found = ask(client, "/facets?q=grant&limit=1")
    assert found["total"]["count"] == found["sampled"] == 3
    assert [len(values) for name, values in found["counts"].items() if name in {"kind", "authority", "year"}] == [1] * 3
    everything = ask(client, "/facets")
    assert sum(one["count"] for one in everything["counts"]["kind"]) == everything["total"]["count"] > 10


def test_money_is_added_up_in_all_and_by_group(client: httpx2.Client) -> None:
    found = ask(client, "/money?by=authority")
    overall = found["overall"][0]
    assert overall["currency"] == "GBP" and overall["count"] > 3
    assert sum(float(row["total"]) for row in found["groups"]) == float(overall["total"])
    assert ask(client, "/money")["groups"] == []


def test_people_are_listed_and_looked_up(client: httpx2.Client) -> None:
    rows = ask(client, "/parties?kind=person&limit=100")["items"]
    assert len(rows) > 5 and {row["kind"] for row in rows} == {"person"}
    told = [ask(client, f"/parties/{row['id']}") for row in rows[:5]]
    assert [one["party"]["name"] for one in told] == [row["name"] for row in rows[:5]]
    assert all(one["names"] and one["deed_count"] == len(one["deeds"]) for one in told)
    ask(client, "/parties/0000000000000000", 404)


def test_people_come_page_by_page(client: httpx2.Client) -> None:
    whole = ask(client, "/parties?limit=100")
    assert len(whole["items"]) > 20 and whole["next"] is None
    address, found, pages = "/api/v1/parties?limit=7", [], 0
    while address:
        answer = client.get(address)
        page = answer.json()
        assert answer.headers.get("link", "").startswith(f"<{page['next']}>") == (page["next"] is not None)
        found, address, pages = found + page["items"], page["next"], pages + 1
    assert found == whole["items"] and pages == -(-len(found) // 7)
    token = ask(client, "/parties?limit=7")["next"].partition("after=")[2]
    assert "page token" in ask(client, f"/parties?kind=post&after={token}", 400)["detail"]


def test_councils_are_listed_by_name(client: httpx2.Client) -> None:
    first = ask(client, "/authorities?limit=3")
    second = client.get(first["next"]).json()
    names = [row["name"] for row in (*first["items"], *second["items"])]
    assert len(names) == 4 and names == sorted(names)
    assert second["next"] is None


def test_meetings_are_listed_and_looked_up(client: httpx2.Client) -> None:
    first = ask(client, "/meetings?limit=1")
    second = client.get(first["next"]).json()
    days = [page["items"][0]["day"] for page in (first, second)]
    assert days == sorted(days, reverse=True) and len(set(days)) == 2
    row = first["items"][0]
    found = ask(client, f"/meetings/{row['id']}")
    assert (found["authority"], found["day"]) == (row["authority"], row["day"])
    assert found["decisions"] and found["attendance"]
    assert "/" not in found["decisions"][0]["source"] + found["papers"][0]["sources"][0]


@pytest.mark.parametrize("token", ["abc", "W10", "WyJ4IiwgInkiLCAieiJd"])
def test_a_page_token_that_is_none_is_refused(client: httpx2.Client, token: str) -> None:
    assert "page token" in ask(client, f"/meetings?after={token}", 400)["detail"]
    assert "page token" in ask(client, f"/parties?after={token}", 400)["detail"]
