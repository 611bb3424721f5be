"""Resolve the names in one authority's papers into people, posts and bodies."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import combinations

from minutes_miner.domain.merging import Apart, Cluster, merge_names
from minutes_miner.domain.naming import Named, ReadPaper, Standing, read_paper
from minutes_miner.domain.office import Office, read_body, read_offices
from minutes_miner.domain.party import Appearance, KnownParty, Mention, NamedPaper, Resolution
from minutes_miner.domain.personname import PersonName, fold_name, read_code
from minutes_miner.domain.vocabulary import Part, PartyKind, Presence

_OFFICIAL = frozenset({Part.OWNS, Part.DECIDED, Part.PORTFOLIO})
"""Where a post or a body may be named."""


def resolve(scope: str, papers: Iterable[NamedPaper], *, council: str | None = None) -> Resolution:
    """Tell who appears in an authority's papers, and where.

    The result depends on what the papers hold alone, not on their order.

    Args:
        scope: what ids are made of, so that they differ from those of other authorities.
        papers: all current papers of the authority.
        council: the authority's name; it met where a paper names no committee.
    """
    read = [read_paper(paper) for paper in sorted(papers, key=lambda paper: paper.id)]
    if doubles := _find_doubles(read):
        read = [read_paper(found.paper, doubles) for found in read]
    people = _People(scope, read)
    offices: dict[str, Office] = {}
    appearances: list[Appearance] = []
    for found in read:
        pairs = [*people.find(found), *_find_offices(scope, found, council, offices)]
        appearances += [
            Appearance(found.paper.id, place, party, mention, role)
            for place, (party, mention, role) in enumerate(pairs)
        ]
    seen = {appearance.party_id for appearance in appearances}
    posts = [KnownParty(party, office.kind, office.shown, office.is_certain) for party, office in offices.items()]
    return Resolution(tuple(sorted((*people.parties(seen), *posts))), tuple(appearances))


def scope_of(authority: str) -> str:
    """Give what an authority's ids are made of: its name without capitals, accents and doubled blanks."""
    return " ".join(fold_name(authority).split())


def party_id(scope: str, kind: PartyKind, key: str) -> str:
    """Give a party's id: the same on every machine."""
    return sha256("\n".join((scope, kind.value, key)).encode()).hexdigest()[:16]


def _find_doubles(read: Sequence[ReadPaper]) -> frozenset[str]:
    """Find the surnames of two words that are joined by a hyphen somewhere."""
    shown = {named.written.shown for found in read for named in found.named if named.written}
    hyphened = {fold_name(name.split()[-1]) for name in shown if "-" in name.split()[-1]}
    return frozenset(re.sub(r"\W", "", name) for name in hyphened)


class _People:
    """Know the members of one authority."""

    def __init__(self, scope: str, read: Sequence[ReadPaper]) -> None:
        self._scope = scope
        everybody = [(found, named) for found in read for named in found.named if named.written]
        told = [named for _, named in everybody if named.standing >= Standing.LISTED]
        names = [named.written.name for named in told if named.written]
        self._clusters = merge_names(names, _find_apart(read))
        self._by_surname: dict[str, list[PersonName]] = defaultdict(list)
        for name in self._clusters:
            self._by_surname[name.surname].append(name)
        self._shown: dict[Cluster, Counter[str]] = defaultdict(Counter)
        for named in told:
            assert named.written
            self._shown[self._clusters[named.written.name]][named.written.shown] += 1
        members = {
            cluster
            for found, named in everybody
            if named.standing is Standing.MEMBER and (cluster := self._resolve(found, named))
        }
        self._ids = self._make_ids(members)

    def find(self, found: ReadPaper) -> Iterator[tuple[str, Mention, str | None]]:
        """Find the members that a paper names: id, mention and post."""
        for named in found.named:
            if named.standing is Standing.OTHER:
                continue
            cluster = self._resolve(found, named)
            if cluster in self._ids and cluster:
                yield self._ids[cluster], named.mention, named.written.role if named.written else None

    def parties(self, seen: set[str]) -> Iterator[KnownParty]:
        """Give those of the members that appear."""
        for cluster, number in self._ids.items():
            if number in seen:
                might = {self._clusters[name] for name in cluster.may_be}
                names = sorted(self._name(other) for other in might if not other.may_be)
                joined = "; ".join(names) or None
                yield KnownParty(number, PartyKind.PERSON, self._name(cluster), not cluster.may_be, joined)

    def _resolve(self, found: ReadPaper, named: Named) -> Cluster | None:
        """Tell who is meant: whom the name fits alone, or else whom it fits among those present."""
        assert named.written
        name = named.written.name
        cluster = self._clusters.get(name)
        if cluster is None:
            fits = {self._clusters[other] for other in self._by_surname[name.surname] if other.can_be(name)}
            return fits.pop() if len(fits) == 1 and not any(one.may_be for one in fits) else None
        if not cluster.may_be or named.mention.part is Part.ATTENDED:
            return cluster
        attended = [one for one in found.attended if one.written and one.standing >= Standing.LISTED]
        if any(one.written and one.written.name == name for one in attended):
            return cluster
        there = {
            self._clusters[one.written.name]
            for one in attended
            if one.written and one.written.name.can_be(name) and one.mention.status == Presence.PRESENT
        }
        return there.pop() if len(there) == 1 and not any(one.may_be for one in there) else cluster

    def _make_ids(self, members: set[Cluster]) -> dict[Cluster, str]:
        keys = Counter(cluster.key for cluster in members)
        told = {one: one.key if keys[one.key] == 1 else f"{one.key}|{one.names}" for one in members}
        return {cluster: party_id(self._scope, PartyKind.PERSON, key) for cluster, key in told.items()}

    def _name(self, cluster: Cluster) -> str:
        """Choose what is shown: the fullest name, then the commonest."""
        counted = self._shown[cluster]

        def rank(shown: str) -> tuple[int, int, bool, int, str]:
            words = shown.split()
            return (sum(len(word) > 1 for word in words), len(words), not shown.isupper(), counted[shown], shown)

        return max(counted, key=rank)


def _find_apart(read: Sequence[ReadPaper]) -> set[Apart]:
    """Find names that are of two people, for one list has both; a paper with several such pairs has two lists."""
    apart: set[Apart] = set()
    for found in read:
        names = {
            (named.written.name, named.mention.status)
            for named in found.attended
            if named.written and named.standing >= Standing.LISTED
            if named.written.name.forenames or not named.written.role  # "Cllr Howson (Chair)" is often listed twice
        }
        by_surname: dict[tuple[str, str | None], list[PersonName]] = defaultdict(list)
        for name, status in names:
            by_surname[name.surname, status].append(name)
        pairs = [
            frozenset(pair) for same in by_surname.values() for pair in combinations(same, 2) if pair[0].can_be(pair[1])
        ]
        if len(pairs) == 1:
            apart.update(pairs)
    return apart


def _find_offices(
    scope: str, found: ReadPaper, council: str | None, offices: dict[str, Office]
) -> Iterator[tuple[str, Mention, str | None]]:
    """Find the posts and bodies that a paper names, and add them to those that are known."""
    body = found.paper.body or council
    met = read_body(body) if body else None
    if body and met:
        yield _note(scope, met, offices), Mention(Part.MET, body), None
    for named in found.others:
        mention = named.mention
        if mention.part not in _OFFICIAL or named.written:
            continue
        text = mention.role if mention.role and read_code(mention.text) else mention.text
        for office in read_offices(text, found.paper.body):
            is_meeting = office.kind is PartyKind.BODY and mention.part is Part.DECIDED
            if not (is_meeting and office.key in {met.key if met else "", read_body(council or "").key}):
                yield _note(scope, office, offices), mention, None


def _note(scope: str, office: Office, offices: dict[str, Office]) -> str:
    """Add a post or a body; of its spellings the shortest, then the first in the alphabet, is shown."""
    number = party_id(scope, office.kind, office.key)
    known = offices.get(number, office)
    offices[number] = min(known, office, key=lambda one: (one.shown.isupper(), len(one.shown), one.shown))
    return number
