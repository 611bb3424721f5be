"""A resident watches a search by mail, from the page to the last mail, in a real browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from mailing import Inbox, receive
from playwright.sync_api import Browser, Page, expect
from served import serve

from minutes_miner.store import open_store
from minutes_miner.store.watches import find_watches

pytestmark = pytest.mark.browser

KEY = "a-key-of-invented-minutes-for-tests"
SITE = "https://minutes.tarn.example"


@pytest.fixture(scope="module")
def own(mined: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Copy the mined database, for this writes."""
    path = tmp_path_factory.mktemp("watched") / "minutes.db"
    shutil.copy(mined.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def mailed(own: str) -> Iterator[tuple[Inbox, str]]:
    """Serve it with a mail server; give what comes there, and the address of the site."""
    with receive() as (inbox, postbox), serve(own, postbox=postbox, watch_key=KEY, address=SITE) as address:
        yield inbox, address


@pytest.mark.parametrize(("scheme", "width", "scripts"), [("light", 360, False), ("dark", 1280, True)])
def test_a_search_is_watched_and_ended(
    browser: Browser, mailed: tuple[Inbox, str], own: str, *, scheme: str, width: int, scripts: bool
) -> None:
    inbox, address = mailed
    context = browser.new_context(
        base_url=address,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
    )
    page, count = context.new_page(), len(inbox.mails)
    page.goto("/search?q=grant")
    page.get_by_text("Watch this search by e-mail").click()
    look(page, scripts=scripts)
    page.get_by_label("Your e-mail address").fill(f"{scheme}@tarn")
    page.get_by_role("button", name="Watch").click()
    expect(page.locator("[role=alert]")).to_contain_text("That is no mail address")
    look(page, scripts=scripts)
    page.get_by_label("Your e-mail address").fill(f"{scheme}@tarn.example")
    page.get_by_role("button", name="Watch").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    look(page, scripts=scripts)
    link = re.search(rf"{SITE}(/watch/confirm\S+)", inbox.wait(count + 1)[-1].get_content())
    assert link
    page.goto(link[1])
    expect(page.get_by_role("link", name="grant", exact=True)).to_be_visible()
    look(page, scripts=scripts)
    page.get_by_role("button", name="Yes, watch it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You watch this search")
    look(page, scripts=scripts)
    with open_store(own, create=False) as store:
        (watch,) = find_watches(store)
    assert watch.subscriber and watch.subscriber.address == f"{scheme}@tarn.example"
    page.goto(watch.subscriber.stop_page.removeprefix(SITE))
    look(page, scripts=scripts)
    page.get_by_role("button", name="End them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("No more mails come")
    look(page, scripts=scripts)
    with open_store(own, create=False) as store:
        assert find_watches(store) == []
    context.close()


def look(page: Page, *, scripts: bool) -> None:
    """Find no violation, and nothing that sticks out; without scripts axe can't run."""
    if not scripts:
        assert page.locator("h1").count() == 1
        return
    answer = Axe().run(page).response
    assert len(answer["passes"]) > 10
    assert [one["id"] for one in answer["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
