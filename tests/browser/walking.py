"""Walk through the web application in a browser."""

from __future__ import annotations

from playwright.sync_api import Page


def follow(page: Page, way: str) -> None:
    """Open an address, and click one thing after another: ``/search?q=fence>.card-words a``.

    A step that begins with a slash is not clicked but added to the address, for what a page loads in place of its link.
    """
    first, *steps = way.split(">")
    page.goto(first)
    for step in steps:
        if step.startswith("/"):
            page.goto(page.url + step)
        else:
            page.locator(step).first.click()
            page.wait_for_load_state()
