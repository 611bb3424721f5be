"""A journalist looks for sums, narrows, opens a decision, and sees the words it was read from."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def test_from_a_question_to_the_evidence(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("sum amount:>1k")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=sum\+amount%3A%3E1k$"))
    expect(page.locator("#count")).to_have_text(re.compile(r"\d+ decisions?"))

    page.locator("aside section", has_text="Council").get_by_role("link", name="Lindenshire").click()
    expect(page.locator(".chips")).to_contain_text("Council: Lindenshire County Council")
    expect(page).to_have_url(re.compile("authority=Lindenshire"))
    expect(page.locator("#status")).to_have_text(re.compile(r"\d+ decisions?"))
    sums = page.locator(".card .figure").all_inner_texts()
    assert sums
    assert set(sums) == {"£900,000"}

    page.locator(".card-words a").first.click()
    expect(page.locator(".words")).to_contain_text("demand-responsive services")
    marked = page.locator(".passage mark").first
    expect(marked).to_be_in_viewport()
    assert "demand-responsive" in page.locator(".passage").inner_text()
    picture = page.locator(".page-picture img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 1000)

    page.locator("#similar").scroll_into_view_if_needed()
    expect(page.locator("#similar")).to_contain_text(re.compile("Kestrelford|Thornbeck|No decision of another council"))

    page.get_by_role("button", name="Copy").click()
    expect(page.locator("[data-copy]")).not_to_have_text("Copy")
    page.go_back()
    expect(page.locator(".chips")).to_contain_text("Council: Lindenshire County Council")


def test_filters_change_the_results_and_the_address_at_once(page: Page) -> None:
    page.goto("/search?q=minutes")
    before = page.locator(".card").count()
    page.get_by_label("Routine business too").check()
    expect(page).to_have_url(re.compile("routine=1"))
    expect(page.locator(".card")).not_to_have_count(before)
    page.get_by_label("Order").select_option("Oldest first")
    expect(page).to_have_url(re.compile("sort=oldest"))
    expect(page.get_by_label("Routine business too")).to_be_checked()
    page.reload()
    expect(page.get_by_label("Order")).to_have_value("oldest")
    page.go_back()
    expect(page).not_to_have_url(re.compile("sort=oldest"))
    expect(page.locator(".card")).not_to_have_count(0)


def test_what_can_not_be_asked_is_explained_in_place(page: Page) -> None:
    page.goto("/search?q=grant")
    page.locator("#q").fill("kind:nonsense")
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("kind can't be 'nonsense'")
    page.locator("#q").fill("grant")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".card")).not_to_have_count(0)


def test_all_of_it_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("#q").fill("grant")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search\?q=grant$"))
    page.get_by_label("At least").fill("£2k")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"q=grant&least=%C2%A32k$"))
    page.locator(".card-words a").first.click()
    expect(page.locator(".passage mark").first).to_be_visible()
    page.get_by_role("link", name="The whole document").click()
    expect(page.locator(".whole mark").first).to_be_visible()
    context.close()


def test_who_voted_against_and_how_they_voted_elsewhere(page: Page) -> None:
    page.goto("/councils")
    page.get_by_label("Name").fill("linden")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Lindenshire County Council").click()
    page.locator("#bodies ~ .wide").get_by_role("link").first.click()
    page.locator("#meetings ~ .wide").get_by_role("link").first.click()
    page.locator(".entry", has_text="Ms Farouk proposed").get_by_role("link").first.click()
    against = page.locator(".voters section", has_text="Against")
    expect(against.get_by_role("listitem")).to_have_count(11)
    against.get_by_role("link", name="G Gillespie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("G Gillespie")
    votes = page.locator("[aria-labelledby=part-voted] li", has_text="Ms Farouk proposed")
    expect(votes).to_contain_text("Against")
    votes.get_by_role("link").first.click()
    expect(page.locator(".passage mark").first).to_be_visible()
