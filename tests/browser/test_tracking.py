"""A scrutiny officer tracks an overdue action; a researcher compares two councils and follows the money."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_from_the_overdue_to_the_words_that_set_the_deadline(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Actions").click()
    page.get_by_label("Council").fill("vexley")
    page.get_by_label("As of").fill("2024-07-15")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"/actions\?authority=vexley&on=2024-07-15$"))
    expect(page.locator("#count")).to_have_text("1 action")
    expect(page.locator(".entry")).to_contain_text("15 days overdue")
    expect(page.locator(".entry")).to_contain_text("the Clerk")

    page.locator(".entry .card-words a").click()
    expect(page.locator("h1")).to_contain_text("the Clerk")
    expect(page.locator(".passage mark").first).to_contain_text("by 30 June 2024")
    page.go_back()

    page.locator("svg.chart a").first.click()
    expect(page).to_have_url(re.compile(r"from=2024-06-01&to=2024-06-30"))
    expect(page.locator("#count")).to_have_text("1 action")
    page.get_by_role("link", name="Report to print").click()
    page.emulate_media(media="print")
    expect(page.locator(".entry")).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Lists of actions")).to_be_hidden()


def test_two_councils_are_compared_by_part_of_their_names(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Compare").click()
    page.get_by_label("First council").fill("lindenshire")
    page.get_by_label("Second council").fill("council")
    page.get_by_label("On what").fill("grant OR bus")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("link", name="Kestrelford Metropolitan Borough Council").click()
    expect(page.get_by_label("First council")).to_have_value("Lindenshire County Council")
    expect(page.get_by_label("On what")).to_have_value("grant OR bus")

    number = page.locator(".beside").first.locator("tbody tr").first.locator("td a").first
    told = number.inner_text()
    assert int(told) > 0
    number.click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{told} decisions?$"))
    expect(page.locator(".chips")).to_contain_text("Council: Lindenshire County Council")


def test_a_mark_of_money_leads_to_its_decisions_by_keyboard(page: Page) -> None:
    page.goto("/money?by=kind")
    mark = page.locator("#parts svg.chart a").first
    told = mark.get_attribute("aria-label")
    mark.focus()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=role%3Aspent"))
    expect(page.locator(".card")).not_to_have_count(0)
    assert re.fullmatch(r"\w+: £[\d,.]+ in \d+ sums?", told or "")


def test_the_tracker_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/actions?on=2024-07-15")
    page.locator("select[name=show]").select_option("all")
    page.get_by_label("Who must act").fill("clerk")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".entry")).not_to_have_count(0)
    for words in page.locator(".entry .hint").all_inner_texts():
        assert "clerk" in words.lower()
    page.get_by_text("The same as a table").click()
    expect(page.locator("table.figures")).to_be_visible()
    context.close()
