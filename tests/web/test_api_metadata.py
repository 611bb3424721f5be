"""What search engines and other sites read of a page: Open Graph, and microdata after schema.org."""

from __future__ import annotations

import httpx2
import pytest
from bs4 import BeautifulSoup
from test_api_decisions import ask


@pytest.mark.parametrize("noun", ["decisions", "actions"])
def test_a_record_describes_itself(client: httpx2.Client, noun: str) -> None:
    row = ask(client, f"/{noun}?q=fence+OR+clerk")["items"][0]
    page = BeautifulSoup(client.get(row["page"]).text, "lxml")
    card = {one["property"]: one["content"] for one in page.select("meta[property^='og:']")}
    assert card["og:type"] == "article"
    assert card["og:url"] == row["page"]
    assert card["og:title"] == page.title.get_text()
    assert card["og:description"][:40] == row["text"][:40]
    held = page.select_one("[itemtype='https://schema.org/CreativeWork']")
    told = {one["itemprop"]: one.get("content") or one.get("href") for one in held.select("meta, link")}
    assert (told["identifier"], told["text"], told["dateCreated"]) == (row["id"], row["text"], row["meeting_date"])
    maker = held.select_one("[itemprop=creator] > meta[itemprop=name]")
    assert maker["content"] == row["authority"]


@pytest.mark.parametrize("address", ["/", "/search?q=grant", "/api"])
def test_other_pages_have_a_card_too(client: httpx2.Client, address: str) -> None:
    page = BeautifulSoup(client.get(address).text, "lxml")
    card = {one["property"]: one["content"] for one in page.select("meta[property^='og:']")}
    assert card["og:title"] == page.title.get_text()
    assert card["og:type"] == "website" and card["og:description"]
