"""Tell whom a party's words mean, from the names and posts that the document itself gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from minutes_miner.domain.record import Attendance, Party
from minutes_miner.extract.names import drop_title

_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z]")
_SHORT = re.compile(r"\(?\b([A-Z]{2,3})\b\)?$")
_POST = re.compile(
    r"\b(?:clerk|chair\w*|convener|secretary|treasurer|officer|manager|director|head|leader|mayor|provost|executive"
    r"|solicitor|engineer|holder)\b",
    re.IGNORECASE,
)


class Roster:
    """Know who was at a meeting, by name, initials and post.

    Args:
        attendance: the lists of names that the document gives.
    """

    def __init__(self, attendance: Iterable[Attendance]) -> None:
        self._people = list(dict.fromkeys((drop_title(found.person), found.role) for found in attendance))

    def resolve(self, party: Party) -> Party:
        """Add the name or post that the document gives a party; what fits several people stays as it is."""
        if _INITIALS.fullmatch(party.text):
            return self._add(party, [person for person in self._people if party.text in _initials(*person)])
        if party.name and party.role is None:
            return self._add(party, [person for person in self._people if _is_named(person[0], party.name)])
        if party.role and party.name is None and _POST.search(party.role):
            wanted = _post(party.role)
            exact = [person for person in self._people if person[1] and _post(person[1]) == wanted]
            last = [person for person in self._people if person[1] and _post(person[1]).startswith(f"{wanted} ")]
            return self._add(party, exact or last)
        return party

    @staticmethod
    def _add(party: Party, people: list[tuple[str, str | None]]) -> Party:
        names = {name for name, _ in people}
        if len(names) != 1:
            return party
        role = next((role for _, role in people if role and _POST.search(role)), None)
        return replace(party, name=names.pop(), role=party.role or role)


def _initials(name: str, role: str | None) -> set[str]:
    """Give the initials that stand for a name: those the list itself gives in brackets, or else its own."""
    given = _SHORT.search(role or "")
    if given:
        return {given[1]}
    parts = re.findall(r"[A-ZÀ-Þ]", name)
    return {"".join(parts), "".join(parts[:1] + parts[-1:])}


def _is_named(full: str, name: str) -> bool:
    """Tell whether a shorter name can stand for a full one: the surname, and no other first letter."""
    short, long = drop_title(name).replace(".", " ").split(), full.replace(".", " ").split()
    if not short or not long or short[-1].lower() != long[-1].lower():
        return False
    pairs = zip(short[:-1], long[:-1], strict=False)
    return all(a.lower().startswith(b.lower()) or b.lower().startswith(a.lower()) for a, b in pairs)


def _post(role: str) -> str:
    return re.sub(r"^the\s+|[()]", "", role.strip(), flags=re.IGNORECASE).lower()
