"""Take the screenshots of docs/web.md: each type of page in light and dark, of the samples that come with the program.

    python scripts/screenshots.py            # mines corpus/samples first
    python scripts/screenshots.py --db minutes.db --only money --only compare
"""

from __future__ import annotations

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 900}
SHOWN_WIDTH = 900
"""Pixels across a picture."""

MOST_BYTES = 38_000
QUALITIES = (75, 65, 55, 45, 35)

WAYS = {
    "home": "/",
    "search": "/search?q=housing+OR+school&authority=lindenshire",
    "decision": "/search?q=authority:kestrelford+amount:>1>.card-words a",
    "page-picture": "/search?q=authority:lindenshire+amount:>1>.card-words a",
    "similar": "/search?q=revenue+budget+monitoring>.card-words a>/similar",
    "action": "/actions?show=all>.entry h4 a",
    "actions": "/actions?show=all&on=2024-06-01",
    "money": "/money",
    "councils": "/councils",
    "council": "/councils/lindenshire-county-council",
    "body": "/councils/lindenshire-county-council>main a[href^='/councils/lindenshire-county-council/']",
    "people": "/people?kind=person",
    "person": "/councils/lindenshire-county-council>main a[href^='/people/']",
    "coverage": "/coverage",
    "compare": "/compare?a=lindenshire&b=kestrelford&q=housing+OR+road+OR+school",
    "meeting": "/search?q=authority:lindenshire>.card-words a>.crumbs a[href*=meetings]",
    "document": "/search?q=authority:lindenshire>.card-words a>.source-links a[href*=documents]",
    "watch": "/watch?q=housing+OR+school",
    "reference": "/api",
    "missing": "/nowhere",
}
"""For each picture the way to its page: an address, and then links to follow."""

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--lang=en-GB"]
LANGUAGE = {"LANGUAGE": "en_GB"}
"""Make the browser British: Debian's writes fields of days so where the package chromium-l10n is there."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Take what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", help="file of a database; without it the samples are mined into a passing one")
    parser.add_argument("--only", action="append", choices=WAYS, help="a picture to take; without it all are taken")
    asked = parser.parse_args()
    program = os.environ.get("CHROMIUM") or next(filter(None, map(which, BROWSERS)), None)
    if program is None:
        sys.exit("no browser was found: install chromium, or name one in the environment variable CHROMIUM")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = asked.db or mine(Path(folder) / "minutes.db")
        with serve(database) as address, sync_playwright() as playwright:
            spoken = {**os.environ, **LANGUAGE}
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=spoken)
            for scheme in ("light", "dark"):
                take(browser, address, scheme, asked.only or list(WAYS))
            browser.close()


def mine(database: Path) -> str:
    """Mine the samples."""
    command = [sys.executable, "-m", "minutes_miner", "mine", "corpus/samples", "--db", str(database)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return str(database)


@contextmanager
def serve(database: str) -> Iterator[str]:
    """Serve a database by the command; give the address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "minutes_miner", "serve", "--db", database, "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    command += ["--watches", "--address", address, "--smtp", "127.0.0.1:25", "--from", "minutes@example.org"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str) -> None:
    """Wait until the server answers."""
    for _ in range(300):
        try:
            httpx.get(f"{address}/healthz", timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("the server did not start")


def take(browser: Browser, address: str, scheme: str, names: list[str]) -> None:
    """Take pictures in one scheme."""
    context = browser.new_context(base_url=address, color_scheme=scheme, viewport=SIZE, locale="en-GB")
    page = context.new_page()
    for name in names:
        follow(page, WAYS[name])
        if name == "page-picture":
            page.locator(".page-picture").scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        target = IMAGES / f"{name}-{scheme}.webp"
        target.write_bytes(shrink(page.screenshot()))
        print(f"{target.name}  {target.stat().st_size:,} bytes  {page.url.removeprefix(address)}", flush=True)
    context.close()


def follow(page: Page, way: str) -> None:
    """Go to a page."""
    first, *steps = way.replace(">1", "%3E1").split(">")
    page.goto(first)
    for step in steps:
        if step.startswith("/"):  # what a page loads in place of its link
            page.goto(page.url + step)
        else:
            page.locator(step).first.click()
            page.wait_for_load_state()


def shrink(picture: bytes) -> bytes:
    """Make a picture small: fewer pixels, and as coarse as it takes."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    height = round(whole.height * SHOWN_WIDTH / whole.width)
    small = whole.resize((SHOWN_WIDTH, height), Image.Resampling.LANCZOS)
    written = b""
    for quality in QUALITIES:
        stream = io.BytesIO()
        small.save(stream, "WEBP", quality=quality, method=6)
        written = stream.getvalue()
        if len(written) <= MOST_BYTES:
            break
    return written


if __name__ == "__main__":
    main()
