"""Every page type: accessible in light and dark, on a telephone and a desk, and deaf to what documents plant."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from pagetypes import TYPES
from playwright.sync_api import Browser, Page, Response, expect
from walking import follow

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_axe_finds_no_violation_and_nothing_sticks_out(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, viewport={"width": width, "height": 800})
    page, found = context.new_page(), []
    for name, way in TYPES.items():
        follow(page, way)
        assert page.locator("h1").count() == 1, name
        answer = Axe().run(page).response
        assert len(answer["passes"]) > 10, name
        found += [f"{name}: {one['id']}: {one['nodes'][0]['html']}" for one in answer["violations"]]
        found += [f"{name}: wider than {one} pixels" for one in (1280, 360) if is_too_wide(page, one)]
        page.set_viewport_size({"width": width, "height": 800})
    context.close()
    assert not found


def is_too_wide(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    return bool(page.evaluate("document.documentElement.scrollWidth") > width)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_nothing_that_a_document_plants_runs(page: Page, name: str) -> None:
    follow(page, TYPES[name])
    page.wait_for_timeout(50)
    assert page.evaluate("document.querySelectorAll('script:not([src]), iframe, [onerror], [onload]').length") == 0


def test_the_first_tab_leads_past_the_masthead(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_shortcut_can_be_switched_off_for_good(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Press / anywhere to search").uncheck()
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_a_page_weighs_little(page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/search?q=council")
    page.wait_for_load_state("networkidle")
    assert 4 <= len(answers) <= 8
    assert sum(len(answer.body()) for answer in answers) < 150_000


def test_print_leaves_the_controls_out(page: Page) -> None:
    page.goto("/search?q=council")
    page.emulate_media(media="print")
    expect(page.locator(".card").first).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".ask")).to_be_hidden()
