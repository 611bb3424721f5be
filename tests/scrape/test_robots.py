"""What robots.txt allows, and what is asked when it can't be had."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from loopback import PAGE, QUICK, Answer, Folder, fetch, fetch_at_once, serve

from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.scrape.robots import MAX_BYTES, Rules, read_rules


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def robots(text: str) -> Answer:
    return Answer(text.encode(), headers={"Content-Type": "text/plain"})


def test_what_is_disallowed_is_not_asked_for(folder: Folder) -> None:
    routes = {"/robots.txt": robots("User-agent: *\nDisallow: /private/\n"), "/private/a": Answer(), "/open": Answer()}
    with serve(routes) as site:
        private, allowed = fetch(folder, f"{site.base}/private/a", f"{site.base}/open")
    assert private.obstacle is not None
    assert (private.obstacle.state, private.obstacle.reason) == (Coverage.REFUSED, "robots.txt disallows it")
    assert (private.status, private.place, allowed.body) == (0, None, PAGE)
    assert site.paths() == ["/robots.txt", "/open"]


def test_robots_txt_is_fetched_once_and_kept(folder: Folder) -> None:
    with serve({"/robots.txt": robots("User-agent: *\nDisallow:\n"), "/a": Answer(), "/b": Answer()}) as site:
        responses = fetch_at_once(folder, *(f"{site.base}/{name}" for name in "abab"))
    assert [response.body for response in responses] == [PAGE] * 4
    assert sorted(site.paths()) == ["/a", "/a", "/b", "/b", "/robots.txt"]
    assert site.paths()[0] == "/robots.txt"
    assert folder.kept[0].asked == f"{site.base}/robots.txt" and b"Disallow" in folder.kept[0].body


def test_a_redirect_to_a_disallowed_page_is_not_followed(folder: Folder) -> None:
    moved = Answer(b"", 302, {"Location": "/private"})
    rules = robots("User-agent: minutes-miner\nDisallow: /private\n")
    with serve({"/robots.txt": rules, "/": moved, "/private": Answer()}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.reason == "robots.txt disallows it"
    assert site.paths() == ["/robots.txt", "/"]


def test_a_redirect_to_another_host_heeds_its_rules(folder: Folder) -> None:
    with serve({"/robots.txt": robots("User-agent: *\nDisallow: /\n"), "/": Answer()}) as other:
        with serve({"/": Answer(b"", 302, {"Location": f"{other.base}/"})}) as site:
            [response] = fetch(folder, f"{site.base}/")
    assert response.obstacle is not None and response.obstacle.reason == "robots.txt disallows it"
    assert other.paths() == ["/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_robots_txt_everything_is_allowed(folder: Folder, status: int) -> None:
    with serve({"/robots.txt": Answer(b"User-agent: *\nDisallow: /\n", status), "/": Answer()}) as site:
        [response] = fetch(folder, f"{site.base}/")
    assert (response.obstacle, response.body) == (None, PAGE)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_while_robots_txt_fails_nothing_is_asked(folder: Folder, status: int) -> None:
    with serve({"/robots.txt": Answer(b"oh", status), "/": Answer(), "/b": Answer()}) as site:
        responses = fetch(folder, f"{site.base}/", f"{site.base}/b")
    for response in responses:
        assert response.obstacle is not None and response.obstacle.state is Coverage.REFUSED
        assert f"robots.txt could not be read (status {status})" in response.obstacle.reason
    assert site.paths() == ["/robots.txt"] * QUICK.tries


def test_robots_txt_may_stand_elsewhere(folder: Folder) -> None:
    moved = Answer(b"", 301, {"Location": "/rules.txt"})
    rules = robots("User-agent: *\nDisallow: /private\n")
    with serve({"/robots.txt": moved, "/rules.txt": rules, "/private": Answer()}) as site:
        [response] = fetch(folder, f"{site.base}/private")
    assert response.obstacle is not None and response.obstacle.reason == "robots.txt disallows it"
    assert site.paths() == ["/robots.txt", "/rules.txt"]


def test_two_hosts_whose_robots_txt_point_at_each_other_have_none(folder: Folder) -> None:
    with serve({"/": Answer()}) as one, serve({"/": Answer()}) as two:
        one.routes["/robots.txt"] = Answer(b"", 302, {"Location": f"{two.base}/robots.txt"})
        two.routes["/robots.txt"] = Answer(b"", 302, {"Location": f"{one.base}/robots.txt"})
        responses = fetch_at_once(folder, f"{one.base}/", f"{two.base}/", courtesy=replace(QUICK, tries=1))
    assert [(response.obstacle, response.body) for response in responses] == [(None, PAGE)] * 2
    assert one.paths().count("/robots.txt") <= 4 and one.paths()[-1] == two.paths()[-1] == "/"


def test_our_own_group_goes_before_that_for_all() -> None:
    rules = read_rules(b"User-agent: *\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: Minutes-Miner\nDisallow: /x\n")
    assert rules.allows("http://h.example/a") and not rules.allows("http://h.example/x")
    assert rules.delay == 0


@pytest.mark.parametrize(
    ("text", "delay"),
    [("Crawl-delay: 2.5", 2.5), ("Request-rate: 1/10", 10.0), ("Crawl-delay: 3\nRequest-rate: 2/1", 3.0), ("", 0.0)],
)
def test_the_longer_delay_counts(text: str, delay: float) -> None:
    assert read_rules(f"User-agent: *\n{text}\n".encode()).delay == delay


def test_what_is_no_robots_txt_allows_everything() -> None:
    for body in (b"", b"\xff\xfe\x00", PAGE, b"\xef\xbb\xbf\n"):
        assert read_rules(body).allows("http://h.example/a")
    assert Rules().allows("http://h.example/a") and Rules().delay == 0


def test_a_mark_of_the_encoding_hides_no_rule() -> None:
    assert not read_rules(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\n").allows("http://h.example/a")


def test_an_endless_robots_txt_is_read_as_far_as_its_limit() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"# more\n" * (MAX_BYTES // 7) + b"Disallow: /b\n"
    rules = read_rules(body)
    assert not rules.allows("http://h.example/a") and rules.allows("http://h.example/b")
