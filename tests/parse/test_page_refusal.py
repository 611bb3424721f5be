"""Pages of refusal are refused with their reason; minutes that speak of errors are not."""

from __future__ import annotations

import pytest
from paper import check_blocks, read

from minutes_miner.domain.source import Document
from minutes_miner.errors import ParseError


def read_page(page: str) -> Document:
    """Read a page and check its blocks."""
    document = read(page.encode(), "page.html")
    check_blocks(document)
    return document


@pytest.mark.parametrize(
    "page",
    [
        "<title>Page not found | Saltmere Council</title><h1>Sorry</h1><p>We can't find it.</p>",
        "<title>Saltmere Council</title><h1>Page not found</h1><p>The minutes may have moved.</p>",
        "<title>Attention Required! | Cloudy</title><h1>Sorry, you have been blocked</h1>",
        "<title>Request Rejected</title>The requested URL was rejected. Your support ID is 7.",
        "<title>Just a moment...</title><p>Checking your browser</p>",
        "<title>Saltmere - Error</title><h1 class=mgMainTitleTxt>Error</h1><p>An error has occurred.</p>",
        "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center>",
        "<title>Runtime Error</title><h1>Server Error in '/' Application.</h1>",
        "<title>Extranet</title><h1>Your session has expired</h1>",
        "<div id=app>You need to enable JavaScript to run this app.</div>",
    ],
)
def test_error_pages_are_refused(page: str) -> None:
    with pytest.raises(ParseError, match="page.html: the page is a server's error page; fetch it again"):
        read_page(f"<html><body>{page}</body></html>")


def test_minutes_that_speak_of_errors_are_read() -> None:
    page = "<h1>Error in the accounts</h1><p>It was RESOLVED that the error be mended.</p><p>404 Not found</p>"
    assert len(read_page(page).blocks) == 3
    page = "<title>Minutes</title><h1>Access to the quay</h1><p>Access denied by the farmer since May.</p>"
    assert len(read_page(page).blocks) == 3


def test_pages_that_ask_for_a_password_are_refused() -> None:
    page = "<h1>Members' area</h1><form><p>Name and password, please.</p><input type=Password name=p></form><p>Help</p>"
    with pytest.raises(ParseError, match="asks for a login"):
        read_page(f"<html><body>{page}</body></html>")
    minutes = "<p>It was RESOLVED that the well be capped.</p>" * 9
    assert len(read_page(f"<html><body>{page}{minutes}</body></html>").blocks) > 9


def test_pages_without_words_tell_what_they_hold() -> None:
    with pytest.raises(ParseError, match="only frames; fetch 'minutes.htm' instead"):
        read_page("<html><frameset cols=2><frame src=minutes.htm><noframes>No frames</noframes></frameset></html>")
    with pytest.raises(ParseError, match="has no words"):
        read_page("<html><head><title>Minutes</title></head><body><script>go('RESOLVED')</script></body></html>")
