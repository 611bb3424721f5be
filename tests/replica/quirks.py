"""Name the ways in which a site may misbehave, each switched on by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quirks:
    """Say how a site misbehaves; the defaults are a site that does not.

    Attributes:
        path: what the installation stands under, such as ``/modern.gov``.
        web_service_status: status of every answer of the web service, such as 404, 403 or 500.
        needs_parameters: operations asked for without any parameter give status 500.
        all_committees: the ``lCommitteeId`` that means all in GetAllMeetingsByDate; another one gives nothing.
        dates_ignored: well-formed dates are ignored as ill-formed ones always are: everything is listed.
        pages_status: status of every page and file but the web service, such as 403.
        challenged: ``pages`` or ``all``: a challenge page with status 200 stands in the place of the answers.
        challenged_pages: names of single pages, in lower case, that only a challenge page answers.
        register_fails: the pages of the decision register lead to ``mgError.aspx``.
        votes_empty: the list of recorded votes is empty although there were some.
        seconds_per_year: how long a list takes for each year that it is asked for.
        error_after: seconds after which such a list gives an error page with status 200.
        fails_after: requests after which the site answers with status 500.
        fails_for: seconds after which it recovers; None for never.
        busy_every: each so-many-th request is answered with status 429; 0 for none.
        retry_after: seconds in its Retry-After.
        drops_every: each so-many-th answer is cut off in the middle of its body; 0 for none.
        delay: seconds that every answer takes.
        robots_disallow: paths that robots.txt disallows; ``("/",)`` for all.
        crawl_delay: of robots.txt, in seconds.
        robots_status: status of robots.txt itself.
        moved: the address given answers with 301 to another host.
        truncate_at: characters after which a Minutes body on a meeting page is cut and links to the whole.
        breaks_in_links: addresses of files hold carriage returns, line feeds and spaces.
        printed_only: no minutes text in pages and web service; the printed minutes alone.
        packs_repeat_minutes: the public reports pack holds the minutes once more.
        meetings_page: what the page of meetings is called on CMIS; the other usual names are not found.
        amends: drafts word one decision of a meeting otherwise than the approved minutes, on bodies that are not
            executive.
        has_validators: answers carry an ETag, and one that the client names again is answered with status 304.
        compresses: bodies are packed with gzip for clients that take it.
        vanishing: so many of the meetings with minutes, the latest, are gone once the days have advanced.
    """

    path: str = ""
    web_service_status: int | None = None
    needs_parameters: bool = False
    all_committees: int = 0
    dates_ignored: bool = False
    pages_status: int | None = None
    challenged: str = ""
    challenged_pages: tuple[str, ...] = ()
    register_fails: bool = False
    votes_empty: bool = False
    seconds_per_year: float = 0.0
    error_after: float | None = None
    fails_after: int | None = None
    fails_for: float | None = None
    busy_every: int = 0
    retry_after: int = 1
    drops_every: int = 0
    delay: float = 0.0
    robots_disallow: tuple[str, ...] = ()
    crawl_delay: float | None = None
    robots_status: int = 200
    moved: bool = False
    truncate_at: int | None = None
    breaks_in_links: bool = False
    printed_only: bool = False
    packs_repeat_minutes: bool = False
    meetings_page: str = "Meetings.aspx"
    amends: bool = False
    has_validators: bool = False
    compresses: bool = False
    vanishing: int = 0
