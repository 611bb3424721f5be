"""Hold what a gatherer asks for, what came back, and what was learned from it.

A *platform* is code, an authority is a row. A platform reads one answer at a time and says what else to ask for; it
does no input or output itself. What belongs to one meeting, or to one decision taken outside a meeting, is an
*occasion*: when all that was asked for it has come, the platform composes the documents that are mined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from minutes_miner.domain.vocabulary import Coverage


@dataclass(frozen=True, slots=True)
class Authority:
    """Describe a council, or another body that publishes minutes (Popolo ``Organization``).

    Attributes:
        code: short and unique, such as the three letters of the LGSF register.
        name: as it calls itself.
        kind: of authority, such as ``NMD`` (district), ``UA`` (unitary), ``LBO`` (London borough), where known.
        territory: ``ENG``, ``NIR``, ``SCT`` or ``WLS``, where known.
        platform: name of a plugin under ``minutes_miner.platforms``, such as ``moderngov``; None where none fits.
        base_url: address that the platform's pages stand under, without a slash at the end; it may hold a path.
        notes: what a user should know, such as that the site refuses programs.
    """

    code: str
    name: str
    kind: str | None = None
    territory: str | None = None
    platform: str | None = None
    base_url: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Say how much of an authority's record is wanted.

    Attributes:
        since: first day of the meetings and publications.
        until: their last day.
        today: the day of the run, by which drafts, cancelled and coming meetings are judged.
        committee: part of the committee's name, capitals making no difference; None for all.
    """

    since: date
    until: date
    today: date
    committee: str | None = None

    def holds(self, day: date | None) -> bool:
        """Tell whether a day is in the scope; a day that is not known is."""
        return day is None or self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Request:
    """Ask for one address.

    Attributes:
        url: absolute, percent-encoded, fetched by GET.
        page: the platform's word for the kind of page, such as ``meeting``; it tells how the answer is read.
        occasion: key of the meeting or notice that the page belongs to; None for lists.
        day: the last day that the page tells of, where known: of a meeting, or the end of a list's range. It decides
            when the page is asked for again.
        is_list: whether the page lists what there is, so that it is asked for again where the list may have grown.
        facts: what the platform must remember with it, by name.
    """

    url: str
    page: str
    occasion: str | None = None
    day: date | None = None
    is_list: bool = False
    facts: tuple[tuple[str, str], ...] = ()

    def fact(self, name: str) -> str | None:
        """Give a fact by its name, or None."""
        return dict(self.facts).get(name)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Say why a page could not be read: never the same as "nothing there".

    Attributes:
        state: REFUSED (the server or robots.txt says no), BLOCKED (a challenge or an error page in place of the answer)
            or FAILED (no answer, a server error, too large, not what was asked for).
        reason: one line, such as ``status 403``.
    """

    state: Coverage
    reason: str


class Place(NamedTuple):
    """Say where the archive holds a record: file name in the archive, byte offset and length of the packed record."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """Hold one HTTP answer as it came.

    Attributes:
        asked: the address first asked for, before redirects.
        url: the address that answered.
        status: HTTP status.
        headers: in their order, names as sent.
        body: decoded from its transfer and content encoding.
        fetched_at: in UTC.
        sent: the request's headers.
    """

    asked: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    sent: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Give a header by its name, capitals making no difference."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Response:
    """Hold what became of a request.

    Attributes:
        request: what was asked for.
        url: the address that answered, after redirects; the request's own where nothing did.
        status: HTTP status; 0 where no answer came.
        body: empty where nothing came; where the server says that nothing changed, what it sent the last time.
        media_type: in lower case without parameters, as the server says; empty where it does not.
        fetched_at: in UTC.
        obstacle: why it can't be read, where that shows without knowing the platform.
        place: where the archive holds it; None where nothing came.
        etag, last_modified: validators for the next time.
        is_unchanged: whether the server said that nothing has changed (304).
    """

    request: Request
    url: str
    status: int
    body: bytes
    media_type: str
    fetched_at: datetime
    obstacle: Obstacle | None = None
    place: Place | None = None
    etag: str | None = None
    last_modified: str | None = None
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Committee:
    """Name a body that meets; ``key`` is unique within its authority."""

    key: str
    name: str
    url: str | None = None


class OccasionKind(StrEnum):
    """What an occasion is."""

    MEETING = "meeting"
    NOTICE = "notice"


class Standing(StrEnum):
    """What the authority says of an occasion; ``VANISHED`` is set when a list no longer has it."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CANCELLED = "cancelled"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Describe a meeting, or the notice of a decision taken outside one.

    Attributes:
        key: unique within the authority, such as ``meeting/1234`` or ``decision/77``.
        kind: a meeting, or a notice in a decision register.
        committee: key of the body.
        committee_name: its name, or the decision maker of a notice.
        day: of the meeting or the decision.
        title: where it has one of its own.
        standing: what the authority says of it.
        url: a page that a person can open.
        within: key of the meeting at which a notice's decision was taken.
    """

    key: str
    kind: OccasionKind
    committee: str | None = None
    committee_name: str | None = None
    day: date | None = None
    title: str | None = None
    standing: Standing | None = None
    url: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """Say what a list was complete for: occasions of the kind, committee and days that it lacks have vanished."""

    kind: OccasionKind
    committee: str | None
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Findings:
    """Hold what one page told.

    Attributes:
        requests: what else to ask for.
        committees: bodies that it names.
        occasions: meetings and notices that it names; None leaves a field as it is known.
        window: what the page, a list, was complete for.
        obstacle: why the page is not what was asked for, where only the platform can tell.
    """

    requests: tuple[Request, ...] = ()
    committees: tuple[Committee, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    window: Window | None = None
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold a document to be mined.

    Attributes:
        url: its source: the address of a page or file that a person can open.
        made_from: addresses asked for, whose answers it is made of; one alone where it is that answer as it came.
        body: its bytes where they were composed; None where it is the answer as it came.
        media_type: of the composed bytes.
        rank: 0 is stated first where papers of one meeting state the same decision.
        title: where the paper does not say itself.
    """

    url: str
    made_from: tuple[str, ...]
    body: bytes | None = None
    media_type: str = "text/html"
    rank: int = 0
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """Hold what an occasion's answers come to.

    Attributes:
        papers: what is mined; none where there is nothing yet, or nothing could be read.
        coverage: EMPTY, AGENDA_ONLY, DRAFT or APPROVED; or REFUSED, BLOCKED or FAILED.
        evidence: one line that says why, such as ``GetMeeting: 12 items, 9 with minutes``.
    """

    papers: tuple[Paper, ...] = field(default=())
    coverage: Coverage = Coverage.EMPTY
    evidence: str = ""
