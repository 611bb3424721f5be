"""Collect the organisations, persons, memberships and posts that exported votes name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from minutes_miner.domain.dataset import Row

Json = dict[str, object]

UNRESOLVED = "A name as written in the papers; not resolved into a person."


class Cast:
    """Know what rows name that pass by: organisations, persons, memberships and posts, as Popolo has them, by id."""

    def __init__(self) -> None:
        self.organizations: dict[str, Json] = {}
        self.persons: dict[str, Json] = {}
        self.memberships: dict[str, Json] = {}
        self.posts: dict[str, Json] = {}

    @property
    def lists(self) -> dict[str, dict[str, Json]]:
        """What is known, by the names of Popolo's lists."""
        known = {"organizations": self.organizations, "persons": self.persons}
        return {**known, "memberships": self.memberships, "posts": self.posts}

    def listen(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Pass rows of votes on, and collect what they name."""
        for row in rows:
            self._add_body(row["authority"], row["committee"])
            voters = (("voted", ballot["person"]) for ballot in ballots_of(row))
            for part, name in (("moved", row["mover"]), *voters):
                if key := person_of(row, part, name):
                    self.persons.setdefault(key, {"id": key, "name": name, "summary": UNRESOLVED})
            yield row

    def resolve(self, parties: Iterable[Row]) -> None:
        """Take names, memberships and posts from the parties."""
        councils = {one["name"] for one in self.organizations.values() if one["classification"] == "council"}
        for party in parties:
            if party["id"] in self.persons:
                self._add_person(party)
            elif party["kind"] == "post" and party["authority"] in councils:
                key = str(party["id"])
                council = make_id(party["authority"])
                self.posts[key] = {"id": key, "label": party["name"], "organization_id": council}

    def _add_body(self, authority: object, committee: object) -> str | None:
        """Add a council, and its body where one is named; give the id of the narrower."""
        council = make_id(authority) if authority else None
        if council:
            self.organizations.setdefault(council, {"id": council, "name": authority, "classification": "council"})
        if not committee:
            return council
        key = make_id(authority, committee)
        body: Json = {"id": key, "name": committee, "classification": "committee"}
        self.organizations.setdefault(key, {**body, "parent_id": council} if council else body)
        return key

    def _add_person(self, party: Row) -> None:
        key = str(party["id"])
        person: Json = {"id": key, "name": party["name"]}
        others = [{"name": one["text"]} for one in _listed(party, "names") if one["text"] != party["name"]]
        person |= {"other_names": others} if others else {}
        if not party["is_resolved"]:
            candidates = str(party["may_be"] or "").replace("; ", " or ")
            told = f"May be {candidates}" if candidates else "Fits several members"
            person["summary"] = f"{told}; the papers do not tell which, so this name is kept apart."
        self.persons[key] = person
        for seat in _listed(party, "seats"):
            body = self._add_body(party["authority"], seat["body"])
            if body:
                number = make_id(key, body, seat["role"])
                member: Json = {"id": number, "person_id": key, "organization_id": body}
                self.memberships[number] = {**member, "role": seat["role"]} if seat["role"] else member


def person_of(row: Row, part: str, name: object) -> str | None:
    """Give the id of a person whom a vote names: the party's, or one made of the name where it is not resolved."""
    if not name:
        return None
    for one in _listed(row, "parts"):
        if one["part"] == part and one["text"] == name and one["party_id"]:
            return str(one["party_id"])
    return make_id(row["authority"], "person", name)


def ballots_of(row: Row) -> list[dict[str, str]]:
    """Give the named votes of a row."""
    ballots = row["ballots"]
    return ballots if isinstance(ballots, list) else []


def make_id(*names: object) -> str:
    """Make an id of names: the same on every machine."""
    return hashlib.sha256("\n".join(str(name or "") for name in names).encode()).hexdigest()[:16]


def _listed(row: Row, name: str) -> list[dict[str, str | None]]:
    value = row.get(name)
    return value if isinstance(value, list) else []
