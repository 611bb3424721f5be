"""Planted payloads in a real browser: nothing runs, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from planted import load_payloads
from playwright.sync_api import Page
from served import serve
from walking import follow

pytestmark = pytest.mark.browser

FOUND = """[...document.querySelectorAll('*')].filter(one =>
  [...one.attributes].some(held => /^(on|hx-on|style$|srcdoc|formaction|ping$)/i.test(held.name)) ||
  /^(iframe|object|embed|base|frame|style|template|video|audio|math|dialog|portal|foreignobject)$/i.test(one.tagName) ||
  (one.tagName === 'SCRIPT' && !one.src && one.type !== 'application/ld+json') ||
  /^(javascript|data|vbscript|blob|file):/i.test(one.href?.baseVal ?? one.href ?? one.src ?? one.action ?? '')
).map(one => one.outerHTML.slice(0, 200))"""

LISTS = {
    "gathered decision": "/decisions/abcdef0123456789",
    "gathered meeting": "/decisions/abcdef0123456789>.crumbs a[href*=meetings]",
    "mined document": "/search?q=amount:1..200>.card-words a>.source-links a[href*=documents]",
    "mined meeting": "/search?q=amount:1..200>.card-words a>.crumbs a[href*=meetings]",
    "results": "/search?routine=1&sort=amount",
    "actions": "/actions?show=all&print=1",
    "money": "/money",
    "kinds of money": "/money?by=topic",
    "councils": "/councils",
    "people": "/people",
    "coverage": "/coverage",
}
"""Pages that show many payloads at once, and the way to each."""


@pytest.fixture(scope="module")
def address(browser_program: str, planted: str) -> Iterator[str]:
    """Serve the planted database."""
    with serve(planted, page_size=100) as served:
        yield served


def look(page: Page) -> None:
    page.wait_for_load_state("load")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(50)
    assert page.evaluate(FOUND) == []


@pytest.mark.parametrize("name", sorted(LISTS))
def test_nothing_that_is_planted_runs(page: Page, name: str) -> None:
    follow(page, LISTS[name])
    look(page)
    assert page.locator("main").count() == 1
    if not name.startswith("mined") and name not in {"money", "kinds of money", "people"}:
        assert page.locator("main").inner_text().count("alert(1)") > 20


@pytest.mark.parametrize("kind", sorted({payload.kind for payload in load_payloads()} - {"encoded"}))
def test_nothing_that_is_typed_runs(page: Page, kind: str) -> None:
    typed = [payload.text for payload in load_payloads() if payload.kind == kind]
    page.goto("/")
    for words in typed[::9]:
        page.goto("/search")
        page.locator("#q").fill(words.replace("\ud800", "").replace("\udfff", "").replace("\ud83d", ""))
        page.locator("#q").press("Enter")
        page.wait_for_load_state()
        look(page)


def test_pages_of_planted_records_run_nothing(page: Page) -> None:
    page.goto("/search?routine=1&sort=amount")
    links = page.eval_on_selector_all(".card-words a", "all => all.map(one => one.getAttribute('href'))")
    assert len(links) == 100
    for link in links[::20]:
        page.goto(link)
        look(page)
        page.goto(f"{link}/similar")
        look(page)
