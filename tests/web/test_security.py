"""What guards the pages: headers, escaping, and reading alone."""

from __future__ import annotations

import httpx2
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text

from minutes_miner.errors import StoreError
from minutes_miner.store.search import SlowQueryError, open_reader

PLANTED = ("<script>alert", "<img src=x", "<svg onload", "<iframe", "</style>")


@pytest.mark.parametrize("address", ["/", "/search?q=grant", "/nowhere", "/static/site.css", "/healthz"])
def test_every_answer_has_the_headers(client: httpx2.Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/", "/search?q=grant", "/search?q=fence", "/search?q=<script>alert(9)</script>"])
def test_nothing_that_is_planted_becomes_mark_up(client: httpx2.Client, address: str) -> None:
    html = client.get(address).text
    assert not [planted for planted in PLANTED if planted in html]
    page = BeautifulSoup(html, "lxml")
    assert all(script.get("src", "").startswith("/static/") and not script.string for script in page.select("script"))
    assert not page.select("[style], style, iframe, img[onerror], [onload], [onclick]")
    assert "49" not in {words.get_text() for words in page.select(".card-item")}


def test_planted_words_are_shown_as_they_stand(client: httpx2.Client) -> None:
    page = BeautifulSoup(client.get("/search?q=society").text, "lxml")
    assert '"><svg onload=alert(3)> Society' in page.select_one(".card-words").get_text()


@pytest.mark.parametrize("path", ["/static/../settings.py", "/static/%2e%2e/settings.py", "/static//etc/passwd"])
def test_static_files_end_at_their_folder(client: httpx2.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_reader_can_write_nothing(database: str) -> None:
    with open_reader(database, max_seconds=5) as store:
        with pytest.raises(StoreError, match="can't be written"), store.read() as connection:
            connection.execute(text("DELETE FROM decisions"))
        with store.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM decisions")) > 10


def test_a_question_that_takes_too_long_is_given_up(database: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with open_reader(database, max_seconds=0.2) as store:
        with pytest.raises(SlowQueryError), store.read() as connection:
            connection.execute(text(endless))
        with store.read() as connection:
            assert connection.scalar(text("SELECT 1")) == 1


def test_a_database_that_is_not_there_is_told(tmp_path: object) -> None:
    with pytest.raises(StoreError):
        open_reader(f"sqlite:///{tmp_path}/none.db", max_seconds=1)
