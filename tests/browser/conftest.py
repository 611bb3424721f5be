"""Drive Debian's Chromium, or any other one that is installed, against a server on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from served import serve

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE = 10_000
"""Milliseconds to wait for anything: much, for machines that are busy."""


@pytest.fixture(scope="session")
def browser_program() -> str:
    """Find a browser; without one these tests are left out by hand, and fail where CI runs them."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(which, NAMES)), None)
    if found is None and os.environ.get("CI"):
        pytest.fail("no browser was found: install chromium, or name one in the environment variable CHROMIUM")
    if found is None:
        pytest.skip("needs a browser: install chromium, or name one in the environment variable CHROMIUM")
    return found


@pytest.fixture(scope="session")
def address(browser_program: str, mined: str) -> Iterator[str]:
    """Serve mined minutes; the address of the server."""
    with serve(mined) as served:
        yield served


@pytest.fixture(scope="module")
def browser(browser_program: str) -> Iterator[Browser]:
    """Start the browser; a module's end ends it, for Playwright holds the thread's event loop as long as it runs."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_program, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page; whatever the browser complains of, or a script that ran from a document, fails the test."""
    context = browser.new_context(base_url=address, locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    opened, complaints = context.new_page(), []
    opened.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    opened.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    opened.on(
        "console",
        lambda told: complaints.append(told.text)
        if told.type == "error" and "Failed to load resource" not in told.text
        else None,
    )
    opened.on("request", lambda asked: complaints.append(asked.url) if not asked.url.startswith(address) else None)
    yield opened
    context.close()
    assert not complaints
