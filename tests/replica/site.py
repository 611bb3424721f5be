"""Hold what every installation has: its council, its day, its addresses and how it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from .council import Council
from .model import Meeting, Stage
from .quirks import Quirks

Query = Mapping[str, str]
"""A query's values by their keys in lower case; repeated keys keep the last."""


@dataclass(frozen=True)
class Answer:
    """Hold what a request is answered with; ``seconds`` is how long it takes."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


@dataclass
class State:
    """Hold what changes while a site is served: its address and its day."""

    council: Council
    quirks: Quirks
    base_url: str
    advanced: int = 0
    gone: frozenset[int] = field(default=frozenset())

    @property
    def today(self) -> date:
        """The day that the site is served on."""
        return self.council.today + timedelta(days=self.advanced)

    def advance(self, days: int) -> None:
        """Let days go by: papers are published and approved, meetings vanish."""
        before = [meeting for meeting in self.council.meetings if self.has_minutes(meeting)]
        self.advanced += days
        if self.quirks.vanishing:
            self.gone |= {meeting.id for meeting in before[-self.quirks.vanishing :]}

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings that are still listed."""
        horizon = self.today + timedelta(days=60)
        return [one for one in self.council.meetings if one.id not in self.gone and one.day <= horizon]

    def find_meeting(self, ident: str | None) -> Meeting | None:
        """Give a meeting by its id as asked for, where there still is one."""
        meeting = self.council.by_id.get(int(ident)) if ident and ident.strip().isdecimal() else None
        return None if meeting is None or meeting.id in self.gone else meeting

    def stage(self, meeting: Meeting) -> Stage:
        """Tell how far a meeting's papers are today."""
        return self.council.stage(meeting, self.today)

    def edition(self, meeting: Meeting) -> Council:
        """Give the council as its papers of a meeting read today: drafts may be worded otherwise."""
        is_draft = self.quirks.amends and self.stage(meeting) is Stage.DRAFT
        return self.drafted if is_draft else self.council

    @cached_property
    def drafted(self) -> Council:
        """The council as its drafts read."""
        return replace(self.council, is_drafted=True) if self.quirks.amends else self.council

    def has_minutes(self, meeting: Meeting) -> bool:
        """Tell whether a meeting's minutes are published today."""
        return self.stage(meeting) in (Stage.DRAFT, Stage.APPROVED)


def redirect(location: str, status: int = 302) -> Answer:
    """Send the client elsewhere, with the page that IIS writes."""
    body = (
        "<html><head><title>Object moved</title></head><body>\n"
        f'<h2>Object moved to <a href="{location}">here</a>.</h2>\n</body></html>\n'
    )
    return Answer(body.encode(), status=status, headers=(("Location", location),))


def refusal(status: int) -> Answer:
    """Give the page of an error as IIS writes it."""
    reasons = {403: "Forbidden: Access is denied.", 404: "File or directory not found.", 500: "Internal server error."}
    reason = reasons.get(status, "The service is unavailable.")
    page = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"'
        ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{status} - {reason}</title></head>\n'
        f'<body><div id="header"><h1>Server Error</h1></div><h2>{status} - {reason}</h2></body></html>\n'
    )
    return Answer(page.encode(), "text/html", status)


def challenge() -> Answer:
    """Give a page that asks a browser to prove itself, with status 200."""
    page = (
        '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW">'
        '<meta name="format-detection" content="telephone=no"><meta name="viewport" content="initial-scale=1.0">'
        '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3" async></script></head>'
        '<body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=22&xinfo=1'
        '&incident_id=0-1&edet=12" frameborder=0 width="100%" height="100%">Request unsuccessful. Incapsula incident'
        " ID: 0-1</iframe></body></html>"
    )
    return Answer(page.encode(), "text/html", headers=(("Cache-Control", "no-cache, no-store"),))
