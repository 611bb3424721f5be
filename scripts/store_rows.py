"""Write rows of a store by the million: meetings of invented councils, seeded, with every offset where it belongs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import accumulate
from typing import Any

from minutes_miner.domain.resolution import party_id, scope_of
from minutes_miner.domain.vocabulary import Part, PartyKind, SumRole, Territory
from minutes_miner.store.naming import search_key
from minutes_miner.store.rows import Row

Priced = tuple[Decimal, tuple[SumRole | None, str]]
"""A sum, with what it is and how that is told."""

AUTHORITIES = 400
FIRST_DAY, DAYS = date(2008, 1, 7), 6500

_HEADS = (
    "Ash Bram Carl Dun Elm Fen Glen Harl Ivy Kel Lang Marl Nor Oak Pen Quar Ren Sel Thorn Ul Ver Wal Yar Zel"
).split()
_TAILS = "bury combe dale field ford gate ham hurst leigh mere mouth ridge shaw stead thorpe ton wick worth".split()
_RANKS = "Borough Council|City Council|County Council|District Council|Town Council|Council".split("|")
BODIES = (
    "Cabinet|Full Council|Planning Committee|Licensing Committee|Audit and Governance Committee|Executive|"
    "Pension Board|Health and Wellbeing Board|Scrutiny Committee|Highways Committee|Housing Committee|"
    "Schools Forum|Environment Committee|Finance Committee|Standards Committee|Personnel Committee"
).split("|")
KINDS = {
    "approve": 30, "agree": 22, "note": 18, "recommend": 7, "refuse": 3, "defer": 3, "refer": 3,
    "appoint": 4, "authorise": 5, "request": 3, "comment": 1, "other": 1,
}  # fmt: skip
_VERBS = {
    "approve": "be approved", "agree": "be agreed as set out", "note": "be noted", "recommend": "be recommended",
    "refuse": "be refused", "defer": "be deferred to the next meeting", "refer": "be referred to the working group",
    "appoint": "be appointed for the year", "authorise": "be authorised", "request": "be requested by letter",
    "comment": "be commented on", "other": "stand over",
}  # fmt: skip
_THINGS_OF = {
    "parks": "play area|tree preservation order|allotment rent|outdoor gym|verge cutting",
    "roads": (
        "bus shelter|street lighting|footpath diversion|bridge repairs|gully cleaning|road closure|winter gritting"
    ),
    "culture": "library roof|museum loan",
    "flooding": "flood wall|drainage survey|harbour dues",
    "schools": "school transport policy|nursery places",
    "parking": "car park|parking charges",
    "transport": "cycle lane|traffic calming",
    "waste": "waste contract",
    "housing": "housing strategy|empty homes loan",
    "finance": "budget virement|treasury report",
    "leisure": "leisure centre",
    "property": "town hall lift|community centre lease|land sale|kitchen refit",
    "licensing": "market licence|taxi licence",
    "planning-policy": "local plan|urban design guide",
    "planning": "quarry conditions",
    "communities": "grant scheme",
    "audit": "risk register|internal audit plan|joint service agreement",
    "adult-care": "adult care review",
    "childrens-care": "foster carers' allowance|fostering agreement",
    "regulatory": "air quality plan",
    "burials": "cemetery extension",
    "pensions": "pension valuation",
    "climate": "solar panels",
    "families": "youth club",
}
TOPIC_OF = {thing: topic for topic, things in _THINGS_OF.items() for thing in things.split("|")}
THINGS = sorted(TOPIC_OF)
_SENTENCES = 20_000
_WAYS = (
    "subject to the conditions in the report|after consultation with residents|within the agreed budget|"
    "for a period of three years|as shown on the plan before the meeting|following a competitive tender|"
    "on the terms set out in the appendix|with effect from the new financial year|pending a further report|"
    "in line with the medium term financial strategy|so that the works can begin before the winter|"
    "having regard to the equality impact assessment|as the officers advise|and progress be reported each quarter"
).split("|")
POSTS = (
    "Director of Finance|Director of Places|Head of Legal Services|Chief Executive|Town Clerk|Monitoring Officer|"
    "Head of Planning|Director of Children's Services|Head of Highways|Housing Manager|Section 151 Officer|"
    "Director of Public Health|Head of Libraries|Parks Manager"
).split("|")
_FORENAMES = "Ada Bea Cora Dev Edwin Farah Gwen Hal Imran Jo Kofi Lena Mair Niall Ola Priya Rhys Sian Tom Una".split()
SEATS = 40
"""Members of a council."""

_TALK = (
    "Members asked how long the {thing} would take and what it would cost the ward of {place}.",
    "The officer explained that the {thing} had been looked at twice, {way}.",
    "A resident of {place} spoke against the {thing} and handed in a petition.",
    "It was said that the {thing} at {place} had been left too long, and that prices had risen.",
    "Councillor {name} welcomed the {thing} and thanked the officers for their work at {place}.",
    "In reply to a question it was confirmed that the {thing} would be paid for from reserves, {way}.",
    "The chair reminded the meeting that the {thing} lay within its terms of reference.",
    "There was discussion of the noise, the traffic and the light that the {thing} would bring to {place}.",
)


def _weighted(names: dict[str, int]) -> tuple[list[str], list[int]]:
    return list(names), list(accumulate(names.values()))


class Meetings:
    """Write meetings one after another; the same seed gives the same rows.

    Attributes:
        authorities: names of the councils; the first hold the most meetings.
        places: names of streets and wards.
    """

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        names = [f"{head}{tail}" for head in _HEADS for tail in _TAILS]
        self._rng.shuffle(names)
        self.authorities = [f"{name} {_RANKS[n % len(_RANKS)]}" for n, name in enumerate(names[:AUTHORITIES])]
        self._shares = list(accumulate(1 / (n + 20) for n in range(AUTHORITIES)))
        self.places = [f"{head}{tail.lower()} {kind}" for head in names for tail, kind in zip(_TAILS, _HEADS * 2)]
        self._kinds = _weighted(KINDS)
        self._councils: dict[str, _Council] = {}
        self._seed = seed
        self._talk = [
            self._rng.choice(_TALK).format(**self._words(self._rng.choice(THINGS))) for _ in range(_SENTENCES)
        ]

    def write(self, number: int) -> dict[str, list[Row]]:
        """Write the rows of a meeting, by table, as a store keeps them; numbers and tags of decisions are missing.

        The parties of a council stand with its first meeting.
        """
        rng = self._rng
        authority = rng.choices(self.authorities, cum_weights=self._shares)[0]
        is_first = authority not in self._councils
        council = self._councils.setdefault(authority, _Council(authority, self._seed))
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS)) if rng.random() < 0.99 else None
        committee = rng.choice(BODIES)
        heading = f"{authority}\nMinutes of the {committee}, {day or 'undated'}, paper {number}"
        draft = _Draft(f"{number:07}", heading, council)
        draft.seat(rng.sample(council.members, 9))
        for place in range(rng.randrange(8, 33)):
            self._write_item(draft, place)
        rows = draft.finish(authority=authority, committee=committee, day=day)
        return {**rows, "parties": council.rows() if is_first else []}

    def _write_item(self, draft: _Draft, place: int) -> None:
        rng = self._rng
        thing = rng.choice(THINGS)
        kind = rng.choices(self._kinds[0], cum_weights=self._kinds[1])[0]
        title = f"{thing.capitalize()} at {rng.choice(self.places)}"
        draft.say(f"\n\n{place + 1}. {title}\n\n")
        draft.say(" ".join(rng.choices(self._talk, k=rng.randrange(6, 13))))
        words = self._words(thing)
        clauses = [f"the {thing} at {words['place']} {_VERBS[kind]} {words['way']}"]
        owners = rng.sample(POSTS, rng.choices((0, 1, 2), (65, 28, 7))[0])
        sums = [(self._amount(), rng.choice(_PRICED)) for _ in range(rng.choices((0, 1, 2), (75, 20, 5))[0])]
        clauses += [f"{told.format(f'£{amount:,.2f}')} for {words['name']} Lane" for amount, (_, told) in sums]
        clauses += [f"the {post} be asked to see to it, {rng.choice(_WAYS)}" for post in owners]
        mover, seconder = rng.sample(draft.present, 2) if rng.random() < 0.4 else (None, None)
        if mover:
            draft.say(f"\n\nIt was moved by Councillor {mover} and seconded by Councillor {seconder}.")
        draft.say("\n\nRESOLVED that ")
        ballots = dict(zip(draft.present, rng.choices(("for", "against", "abstain"), (70, 25, 5), k=9), strict=True))
        facts: Row = {"mover": mover, "seconder": seconder, "topics": TOPIC_OF[thing]}
        facts |= {"kind": kind, "outcome": rng.choices(("carried", "lost", "withdrawn"), (94, 5, 1))[0]}
        procedural = kind in {"note", "approve"} and rng.random() < 0.2
        facts |= {"item_number": str(place + 1), "item_title": title}
        voted = ballots if rng.random() < 0.03 else {}
        draft.decide("; ".join(clauses), owners, sums, voted, procedural=procedural, **facts)
        draft.say(".")
        if rng.random() < 0.15:
            draft.ask(f"The {rng.choice(POSTS)} will write to the owners of {words['place']} {words['way']}")

    def _amount(self) -> Decimal:
        return Decimal(f"{10 ** self._rng.gauss(4.3, 1.1):.2f}")

    def _words(self, thing: str) -> dict[str, str]:
        rng = self._rng
        return {
            "thing": thing,
            "place": rng.choice(self.places),
            "way": rng.choice(_WAYS),
            "name": rng.choice(_HEADS) + rng.choice(_TAILS),
        }


_PRICED: tuple[tuple[SumRole | None, str], ...] = (
    (None, "a sum of {}"),
    (SumRole.APPROVED, "{} be set aside"),
    (SumRole.GRANT, "a grant of {} be made"),
    (SumRole.CONTRACT, "the tender of {} be accepted"),
    (SumRole.SAVING, "a saving of {} be made"),
    (SumRole.THRESHOLD, "any payment over {} be reported"),
    (SumRole.BALANCE, "there be kept a balance of {}"),
)
"""What a sum may be, and how that is told."""


class _Council:
    """Hold a council's members and posts."""

    def __init__(self, authority: str, seed: int) -> None:
        rng = random.Random(f"{seed} {authority}")
        surnames = rng.sample([f"{head}{tail}" for head in _HEADS for tail in _TAILS], SEATS)
        self.members = [f"{rng.choice(_FORENAMES)} {surname}" for surname in surnames]
        self._authority, self._scope = authority, scope_of(authority)
        kinds = {**dict.fromkeys(self.members, PartyKind.PERSON), **dict.fromkeys(POSTS, PartyKind.POST)}
        self._kinds = kinds
        self.territory = rng.choices([place.value for place in Territory], (83, 8, 6, 3))[0]
        self.ids = {name: party_id(self._scope, kind, name) for name, kind in kinds.items()}

    def rows(self) -> list[Row]:
        """Give the rows of ``parties``."""
        about = {"scope": self._scope, "authority": self._authority, "is_resolved": True, "may_be": None}
        return [
            {"id": self.ids[name], **about, "kind": kind.value, "name": name, "search_key": search_key(name)}
            for name, kind in self._kinds.items()
        ]


class _Draft:
    """Put a meeting's text together and note where each record stands.

    Attributes:
        present: names of the members.
    """

    def __init__(self, key: str, heading: str, council: _Council) -> None:
        self._key = sha256(key.encode()).hexdigest()
        self._parts = [heading]
        self._length = len(heading)
        self._council = council
        self.present: list[str] = []
        names = "decisions actions mentions owners sums decision_sums decision_topics dates attendance named_votes"
        self._rows: dict[str, list[Row]] = {name: [] for name in [*names.split(), "appearances"]}

    def say(self, words: str) -> int:
        """Add words; give their offset."""
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return start

    def seat(self, members: list[str]) -> None:
        """Say who was present."""
        self.present = members
        self.say("\n\nPresent: Councillors ")
        for name in members:
            start = self.say(name)
            self._add("attendance", person=name, role=None, status="present", **_evidence(start, name))
            self._appear(Part.ATTENDED, name)
            self.say(", ")

    def decide(self, words: str, owners: list[str], sums: list[Priced], voted: dict[str, str], **facts: Any) -> None:
        """Add a decision with its evidence, its owners, its sums, its topic and who had part in it."""
        start = self.say(words)
        record = self._id("decision")
        for part, member in ((Part.MOVED, facts["mover"]), (Part.SECONDED, facts["seconder"])):
            if member:
                self._appear(part, member, decision_id=record)
        for place, (name, ballot) in enumerate(voted.items()):
            about = {"document_id": self._key[:16], "position": place, "person": name, "ballot": ballot}
            self._rows["named_votes"].append({"decision_id": record, **about})
            self._appear(Part.VOTED, name, decision_id=record, ballot=ballot)
        topic = {"decision_id": record, "topic": facts["topics"], "document_id": self._key[:16]}
        self._rows["decision_topics"].append({**topic, "confidence": 0.9})
        parties = [f"the {post}" for post in owners]
        self._add("mentions", **self._of(decision=record), **_evidence(start, words))
        for text, post in zip(parties, owners, strict=True):
            key = f"{text} | {post}".lower()
            self._add("owners", **self._of(decision=record), text=text, name=None, role=post, search_key=key)
            self._appear(Part.OWNS, post, decision_id=record)
        for amount, (role, _) in sums:
            quote = f"£{amount:,.2f}"
            evidence = _evidence(start + words.index(quote), quote)
            place = self._add("sums", **evidence, amount=amount, currency="GBP", role=role and role.value)
            self._rows["decision_sums"].append(
                {"decision_id": record, "sum_position": place, "document_id": self._key[:16]}
            )
        amounts = [amount for amount, _ in sums]
        joined = {"owners": "; ".join(parties) or None, "sums": "; ".join(f"{n} GBP" for n in amounts) or None}
        bounds = {"largest_amount": max(amounts, default=None), "smallest_amount": min(amounts, default=None)}
        known = {"currency": "GBP" if sums else None, "confidence": 0.9, "decision_maker": None, "vote_manner": None}
        self._add("decisions", id=record, text=words, **facts, **joined, **bounds, **known)

    def ask(self, words: str) -> None:
        """Add an action with its evidence."""
        self.say("\n\n")
        start = self.say(words)
        record = self._id("action")
        self._add("mentions", **self._of(action=record), **_evidence(start, words))
        self._add("actions", id=record, text=words, status="open", confidence=0.8)

    def finish(self, *, authority: str, committee: str, day: date | None) -> dict[str, list[Row]]:
        """Give the rows, the document's and its source's too."""
        text = "".join(self._parts)
        source = f"invented/{self._key[:16]}.txt"
        document = {
            "id": self._key[:16], "sha256": self._key, "media_type": "text/plain", "size": len(text.encode()),
            "title": committee, "authority": authority, "committee": committee, "meeting_date": day,
            "territory": self._council.territory, "character_count": len(text), "page_count": 0,
            "pipeline": "invented", "is_current": True, "mined_at": "2025-01-01T00:00:00+00:00", "text": text,
        }  # fmt: skip
        seen = {"last_seen": "2025-01-01T00:00:00+00:00", "state": "mined", "document_id": self._key[:16]}
        version = {"version": 1, "first_seen": "2025-01-01T00:00:00+00:00", "document_id": self._key[:16]}
        held: dict[str, list[Row]] = {"documents": [document], "sources": [{"source": source, **seen}]}
        return {**held, "source_versions": [{"source": source, **version}], **self._rows}

    def _add(self, table: str, **facts: Any) -> int:
        rows = self._rows[table]
        rows.append({"document_id": self._key[:16], "position": len(rows), **facts})
        return len(rows) - 1

    def _appear(self, part: Part, name: str, *, decision_id: str | None = None, ballot: str | None = None) -> None:
        about = {"decision_id": decision_id, "action_id": None, "ballot": ballot, "role": None}
        self._add("appearances", party_id=self._council.ids[name], part=part.value, text=name, **about)

    def _id(self, kind: str) -> str:
        return sha256(f"{self._key}|{kind}|{self._length}".encode()).hexdigest()[:16]

    def _of(self, *, decision: str | None = None, action: str | None = None) -> Row:
        return {"decision_id": decision, "action_id": action}


def _evidence(start: int, words: str) -> Row:
    return {"start_offset": start, "end_offset": start + len(words), "page_number": None, "quote": words}


def write_meetings(decisions: int, *, seed: int) -> Iterator[dict[str, list[Row]]]:
    """Write meetings until they hold so many decisions."""
    meetings, written, number = Meetings(seed), 0, 0
    while written < decisions:
        rows = meetings.write(number)
        written += len(rows["decisions"])
        number += 1
        yield rows
