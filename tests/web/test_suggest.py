"""Suggestions while somebody types."""

from __future__ import annotations

import httpx2
import pytest
from bs4 import BeautifulSoup


def offers(client: httpx2.Client, typed: str) -> dict[str, str]:
    page = BeautifulSoup(client.get("/suggest", params={"q": typed}).text, "lxml")
    return {link.get_text(" ", strip=True): link["href"] for link in page.select("a")}


def test_the_last_word_is_completed_and_the_others_stay(client: httpx2.Client) -> None:
    found = offers(client, "grant linden")
    assert found["Council Lindenshire County Council"] == "/search?q=grant&authority=Lindenshire+County+Council"
    assert client.get(found["Council Lindenshire County Council"]).status_code == 200


@pytest.mark.parametrize("typed", ["li", "", "indenshire", "linden:", '"', "zzzzz", "%%%"])
def test_what_begins_no_name_is_not_completed(client: httpx2.Client, typed: str) -> None:
    assert offers(client, typed) == {}
