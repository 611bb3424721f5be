"""Gather documents whose addresses somebody has listed, one a line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from minutes_miner.domain.gathering import (
    Authority,
    Composition,
    Findings,
    Obstacle,
    Occasion,
    OccasionKind,
    Paper,
    Request,
    Response,
    Scope,
)
from minutes_miner.domain.vocabulary import Coverage
from minutes_miner.errors import ConfigError, ReadError
from minutes_miner.scrape.authorities import get_authority
from minutes_miner.scrape.manifest import read_day, read_rows, read_url

NAME = "addresses"
"""Name of the platform."""

COLUMNS = ("url", "authority", "committee", "date", "title")
"""Columns of a list that has more than addresses; only the first must be there."""

CODE = "URLS"
"""Code under which addresses are gathered whose authority the list does not name."""

_PAGE = "address"
_KINDS = ("text/", "application/pdf", "application/x-pdf", "application/msword", "application/rtf", "application/zip")
_OFFICE = ("application/vnd.openxmlformats-officedocument.wordprocessingml", "application/vnd.oasis.opendocument.text")
_VAGUE = ("", "application/octet-stream", "application/download", "application/force-download", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Listed:
    """Hold what a line of the list tells: an address, and what is known of the document."""

    url: str
    authority: str | None = None
    committee: str | None = None
    day: date | None = None
    title: str | None = None

    @property
    def key(self) -> str:
        """The key of the document's occasion."""
        return f"address/{hashlib.sha256(self.url.encode()).hexdigest()[:16]}"


class Addresses:
    """Read the documents of one list, each an occasion of its own.

    Args:
        authority: its ``base_url`` is the path of the list.
        scope: not used to leave anything out: what is listed is wanted.
        listed: what the list has of the authority, where it was read already.

    Raises:
        ReadError: the list breaks a rule.
    """

    def __init__(self, authority: Authority, scope: Scope, listed: Sequence[Listed] | None = None) -> None:
        every = load_addresses(Path(authority.base_url or "")) if listed is None else listed
        self._listed = [one for one in every if _code_of(one.authority) == authority.code]
        self._scope = scope

    def start(self) -> Iterable[Request]:
        """Ask for each document."""
        for one in self._listed:
            facts = {"title": one.title, "committee": one.committee, "day": one.day.isoformat() if one.day else None}
            # A day outside the scope would keep the document from being asked for.
            day = one.day if one.day and self._scope.holds(one.day) else None
            told = tuple((name, value) for name, value in facts.items() if value)
            yield Request(one.url, _PAGE, one.key, day=day, facts=told)

    def read(self, response: Response) -> Findings:
        """Take an answer for a document."""
        request = response.request
        day = request.fact("day")
        occasion = Occasion(
            request.occasion or "",
            OccasionKind.MEETING,
            committee_name=request.fact("committee"),
            day=date.fromisoformat(day) if day else None,
            title=request.fact("title"),
            url=request.url,
        )
        fault = None if response.obstacle else _find_fault(response)
        return Findings(occasions=(occasion,), obstacle=fault)

    def compose(self, occasion: Occasion, responses: Sequence[Response]) -> Composition:
        """Give the document as it came."""
        if not responses:
            return Composition((), Coverage.FAILED, "nothing was asked for")
        response = responses[-1]
        if fault := response.obstacle or _find_fault(response):
            return Composition((), fault.state, fault.reason)
        url, title = response.request.url, response.request.fact("title")
        paper = Paper(url, (url,), media_type=response.media_type or "application/octet-stream", title=title)
        is_draft = "draft" in (title or "").lower()
        told = f"{response.media_type or 'no type told'}, {len(response.body):,} bytes"
        return Composition((paper,), Coverage.DRAFT if is_draft else Coverage.APPROVED, told)


def read_addresses(path: Path, scope: Scope) -> Mapping[Authority, Addresses]:
    """Read a list of addresses, and give its documents by their authority.

    Args:
        path: of a text file: one address a line, ``#`` before remarks; or a CSV file with the columns of ``COLUMNS``.
        scope: of the run.

    Raises:
        ReadError: it breaks a rule, or names nothing; the message tells the line.
    """
    listed = load_addresses(path)
    codes = {_code_of(one.authority): one.authority for one in listed}
    place = str(path.absolute())
    authorities = [Authority(code, _name_of(told), platform=NAME, base_url=place) for code, told in codes.items()]
    return {authority: Addresses(authority, scope, listed) for authority in authorities}


def load_addresses(path: Path) -> list[Listed]:
    """Read a list of addresses, each once, in their order.

    Raises:
        ReadError: it breaks a rule, or names nothing; the message tells the line.
    """
    found: dict[str, Listed] = {}
    for one in _read_table(path) if _has_columns(path) else _read_lines(path):
        found.setdefault(one.url, one)
    if not found:
        raise ReadError("it names no addresses", where=str(path), advice="write one a line")
    return list(found.values())


def _has_columns(path: Path) -> bool:
    first = next((line for line in _lines(path) if line), "")
    return "url" in [cell.strip().strip('"').lower() for cell in first.split(",")]


def _read_table(path: Path) -> Iterable[Listed]:
    for line, row in read_rows(path, COLUMNS, required="url"):
        url = read_url(row["url"], path, line)
        day = read_day(row.get("date", ""), path, line)
        authority, committee, title = (row.get(name) or None for name in ("authority", "committee", "title"))
        yield Listed(_bare(url or ""), authority, committee, day, title)


def _read_lines(path: Path) -> Iterable[Listed]:
    for number, line in enumerate(_lines(path), 1):
        if line and not line.startswith("#"):
            yield Listed(_bare(read_url(line, path, number) or ""))


def _lines(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise ReadError("it is not in UTF-8", where=str(path), advice="save it as text in UTF-8") from None
    except OSError as error:
        raise ReadError(f"it can't be read: {error.strerror}", where=str(path), advice="check the path") from None


def _bare(url: str) -> str:
    """Take off the part that a server never sees."""
    return url.partition("#")[0]


def _code_of(authority: str | None) -> str:
    return f"{CODE}-{authority}" if authority else CODE


def _name_of(authority: str | None) -> str:
    """Give an authority's name by its code, where the register knows it; else as the list has it."""
    try:
        return get_authority(authority).name if authority else ""
    except ConfigError:
        return authority or ""


def _find_fault(response: Response) -> Obstacle | None:
    kind = response.media_type
    if kind in _VAGUE or kind.startswith((*_KINDS, *_OFFICE)) and response.body:
        return None
    return Obstacle(Coverage.FAILED, f"answers of the type {kind} are not read")
