"""The weight of each type of page: what a browser is sent for it, with all that it asks for but the page image."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2
import pytest
from bs4 import BeautifulSoup
from pagetypes import TYPES

MOST = 150_000
"""Bytes of a page as a browser gets it."""

PULLED = (("link[rel=stylesheet], link[rel=icon]", "href"), ("script[src], img[src]", "src"), ("image[href]", "href"))
BY_ITSELF = ("load", "revealed", "intersect")
"""Events by which a part of a page is fetched without a click."""


@dataclass(frozen=True, slots=True)
class Weight:
    """Hold what is sent, and what it is when unpacked."""

    sent: int
    unpacked: int
    files: int


def fetch(client: httpx2.Client, address: str) -> tuple[int, bytes]:
    """Give what is sent for an address, in bytes, and what it says."""
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"}) as answer:
        assert answer.status_code in {200, 400, 404}, f"{address}: {answer.status_code}"
        data = answer.read()
        return answer.num_bytes_downloaded, data


def find_page(client: httpx2.Client, way: str) -> str:
    """Follow a way by its links, as a reader would; the address of its page."""
    address, *steps = way.split(">")
    for step in steps:
        if step.startswith("/"):
            address += step
            continue
        link = BeautifulSoup(fetch(client, address)[1], "lxml").select_one(step)
        assert link is not None, f"{way}: no {step}"
        address = urljoin(address, str(link["href"]))
    return address


def find_pulled(address: str, html: bytes) -> set[str]:
    """Find what a browser asks for when it shows a page, and the parts that the page fetches by itself."""
    page = BeautifulSoup(html, "lxml")
    found = {str(one[name]) for selector, name in PULLED for one in page.select(selector)}
    parts = page.select("[hx-get]")
    found |= {str(part["hx-get"]) for part in parts if any(word in part.get("hx-trigger", "") for word in BY_ITSELF)}
    return {urljoin(address, one) for one in found}


def weigh(client: httpx2.Client, way: str) -> Weight:
    """Weigh a page with its assets; the picture of a paper's page is no part of it."""
    address = find_page(client, way)
    sent, html = fetch(client, address)
    unpacked, asked, waiting = len(html), {address}, find_pulled(address, html)
    while waiting:
        pulled = waiting.pop()
        asked.add(pulled)
        if pulled.split("?")[0].endswith("page.png") or pulled.startswith("/pictures/"):
            continue
        more, data = fetch(client, pulled)
        sent, unpacked = sent + more, unpacked + len(data)
        if ".css" in pulled:
            waiting |= {urljoin(pulled, one) for one in re.findall(r"url\(['\"]?([^)'\"]+)", data.decode())} - asked
    return Weight(sent, unpacked, len(asked))


@pytest.mark.parametrize("name", TYPES)
def test_a_page_with_all_that_it_pulls_is_light(client: httpx2.Client, name: str) -> None:
    found = weigh(client, TYPES[name])
    print(f"{name}: {found.sent:,} bytes sent, {found.unpacked:,} unpacked, {found.files} files")
    assert found.files >= 5
    assert 10_000 < found.sent < found.unpacked
    assert found.sent <= MOST


def test_what_is_left_out_is_the_picture_alone(client: httpx2.Client) -> None:
    page = find_page(client, TYPES["document"])
    pulled = find_pulled(page, fetch(client, page)[1])
    assert {one.split("?")[0] for one in pulled} == {
        "/static/icon.svg",
        "/static/site.css",
        "/static/site.js",
        "/static/htmx-4.0.1.min.js",
    }
