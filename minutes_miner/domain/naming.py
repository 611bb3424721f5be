"""Read the names in one paper: who was there, and which of its names are of members."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from minutes_miner.domain.namewords import MEMBER_POSTS
from minutes_miner.domain.party import Mention, NamedPaper
from minutes_miner.domain.personname import (
    PersonName,
    Written,
    codes_of,
    has_post,
    part_post,
    read_code,
    read_name,
    split_names,
)
from minutes_miner.domain.vocabulary import Part, Presence

_CHAIRS = re.compile(
    rf"(?:in the |the )?(?:(?:vice|deputy)[- ]?)?(?:lord )?(?:{'|'.join(MEMBER_POSTS)})(?: of the council)?",
    re.IGNORECASE,
)
_CHAIR = re.compile(r"(?:the )?((?:vice|deputy)?)[- ]?chair(?:man|woman|person)?", re.IGNORECASE)
_VOTING = frozenset({Part.MOVED, Part.SECONDED, Part.VOTED})
_NEAR = 6
"""Most characters between two names of one list: a comma and "and"."""


class Standing(IntEnum):
    """Tell what a name's place says of its bearer."""

    OTHER = 0
    """An officer, a guest or a member of the public, or nobody at all."""
    SOUGHT = 1
    """Of a member only where a member of that name is known."""
    LISTED = 2
    """In a list of those present that tells members from others by nothing."""
    MEMBER = 3


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a mention with its name read; None where it is no name of a person."""

    mention: Mention
    written: Written | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """Hold the names in a paper, those of its lists of those present first."""

    paper: NamedPaper
    attended: tuple[Named, ...]
    others: tuple[Named, ...]

    @property
    def named(self) -> tuple[Named, ...]:
        """All."""
        return (*self.attended, *self.others)


def read_paper(paper: NamedPaper, doubles: frozenset[str] = frozenset()) -> ReadPaper:
    """Read the names in a paper.

    Args:
        paper: its names as written.
        doubles: see :func:`minutes_miner.domain.personname.read_name`.
    """
    listed = [mention for mention in paper.mentions if mention.part is Part.ATTENDED]
    attended = tuple(_read_list(listed, doubles))
    others = [
        found
        for mention in paper.mentions
        if mention.part not in {Part.ATTENDED, Part.MET}
        for found in _read_mention(mention, attended, doubles)
    ]
    known = {found.written.name for found in attended if found.written and found.standing > Standing.OTHER}
    voters = {found.written.name for found in others if found.written and found.mention.part in _VOTING}
    voting = [name for name in voters if not any(name.can_be(other) for other in known)]
    return ReadPaper(paper, tuple(_promote(found, voting) for found in attended), tuple(others))


def _read_list(listed: list[Mention], doubles: frozenset[str]) -> Iterator[Named]:
    """Read the lists of those present; "Councillors" before the first name counts for those that follow it."""
    found, before, is_spreading = [], None, False
    for mention in listed:
        is_near = before is not None and before.status == mention.status and 0 <= mention.start - before.end <= _NEAR
        written = read_name(mention.text, doubles, is_name=is_spreading and is_near)
        is_spreading = is_spreading and is_near and written is not None and not written.is_member
        if written and is_spreading:
            written = replace(written, is_member=True)
        is_spreading = bool(written and (is_spreading or written.is_plural) and not _ends(mention.text))
        found.append((mention, written))
        before = mention
    has_titles = any(written and written.is_member for _, written in found)
    for mention, written in found:
        role = mention.role or (written.role if written else None)
        standing = _place(written, role, has_titles=has_titles)
        yield Named(mention, replace(written, role=role) if written else None, standing)


def _ends(text: str) -> bool:
    """Tell whether a name ends its sentence; an initial's point does not."""
    return re.search(r"\w{3}\.$", text) is not None


def _place(written: Written | None, role: str | None, *, has_titles: bool) -> Standing:
    if written is None:
        return Standing.OTHER
    if written.is_member or (role and _CHAIRS.fullmatch(role.strip())):
        return Standing.MEMBER
    return Standing.OTHER if has_titles or (role and has_post(role)) else Standing.LISTED


def _promote(found: Named, voting: list[PersonName]) -> Named:
    """Take somebody whom a list tells nothing of for a member where one of that name voted."""
    if found.standing is not Standing.OTHER or found.written is None:
        return found
    if found.written.role and not read_code(found.written.role):
        return found
    is_known = any(found.written.name.can_be(name) for name in voting)
    return replace(found, standing=Standing.LISTED) if is_known else found


def _read_mention(mention: Mention, attended: tuple[Named, ...], doubles: frozenset[str]) -> Iterator[Named]:
    """Read a mover, a voter, an owner and the like; initials and "the Chair" are looked for among those present."""
    code = read_code(mention.text)
    if code or _CHAIR.fullmatch(mention.text.strip()):
        present = _find_code(code, attended) if code else _find_chair(mention.text, attended)
        if present is None or (not code and mention.part not in _VOTING):
            yield Named(mention, None, Standing.OTHER)
            return
        yield Named(mention, present, Standing.MEMBER if mention.part in _VOTING else Standing.SOUGHT)
        return
    for written in _read_names(mention.text, doubles, is_name=mention.part is Part.VOTED):
        is_member = written and (mention.part in _VOTING or written.is_member)
        is_holder = written and mention.part is Part.PORTFOLIO and written.name.sex
        standing = Standing.MEMBER if is_member or is_holder else Standing.SOUGHT if written else Standing.OTHER
        yield Named(mention, written, standing)


@lru_cache(maxsize=100_000)
def _read_names(text: str, doubles: frozenset[str], *, is_name: bool) -> tuple[Written | None, ...]:
    """Read the names in a place where there may be several, each with the post before it."""
    found = []
    for one in split_names(text):
        post, name = part_post(one)
        written = read_name(name, doubles, is_name=is_name)
        found.append(replace(written, role=post) if written and post else written)
    return tuple(found)


def _find_code(code: str, attended: tuple[Named, ...]) -> Written | None:
    """Find who is meant by initials: whom a list gives them, or else who alone has them."""
    people = [found for found in attended if found.written]
    given = [found for found in people if found.mention.role and read_code(found.mention.role) == code]
    own = [found for found in people if found.written and code in codes_of(found.written)]
    return _only(given or own)


def _find_chair(text: str, attended: tuple[Named, ...]) -> Written | None:
    wanted = _CHAIR.fullmatch(text.strip())
    people = [
        found
        for found in attended
        if found.mention.status == Presence.PRESENT and found.written and found.written.role
        if (match := _CHAIR.fullmatch(found.written.role.strip())) and wanted
        if match[1].lower() == wanted[1].lower()
    ]
    return _only(people)


def _only(people: list[Named]) -> Written | None:
    names = {found.written.name: found.written for found in people if found.written}
    return next(iter(names.values())) if len(names) == 1 else None
