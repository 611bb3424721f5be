"""Model a council: committees, years of meetings, what each decided, and the register of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from random import Random

from .business import Business, Decision, Item, Member, Vote, make_members
from .wording import MAKERS, POSTS, Clause, Words

BODIES = (
    ("Council", "other", 6),
    ("Cabinet", "executive", 11),
    ("Planning Committee", "planning", 12),
    ("Overview and Scrutiny Committee", "scrutiny", 9),
    ("Audit and Governance Committee", "other", 5),
    ("Licensing Committee", "other", 6),
    ("Health and Wellbeing Board", "other", 5),
    ("Housing Scrutiny Panel", "scrutiny", 7),
    ("Transport Committee", "executive", 8),
    ("Staffing Committee", "other", 4),
    ("Pension Fund Committee", "other", 4),
    ("Area Committee (North)", "executive", 6),
)
"""Names of committees, their kinds and how many times a year they meet."""


class Stage(StrEnum):
    """How far the papers of a meeting are."""

    NOTHING = "nothing"
    AGENDA = "agenda"
    DRAFT = "draft"
    APPROVED = "approved"


@dataclass(frozen=True)
class Committee:
    """Describe a body; an expired one no longer meets."""

    id: int
    name: str
    kind: str
    yearly: int
    is_expired: bool = False


@dataclass(frozen=True)
class Meeting:
    """Describe a meeting; ``agenda`` is the id of its agenda, which is not always its own."""

    id: int
    agenda: int
    committee: Committee
    day: date
    hour: int
    venue: str
    is_cancelled: bool
    previous: tuple[int, date] | None
    following: date | None

    @property
    def key(self) -> str:
        """The occasion's key, as gatherers name it."""
        return f"meeting/{self.id}"

    @property
    def time(self) -> str:
        """The hour as ModernGov writes it: ``6.30 pm``."""
        return f"{(self.hour - 1) % 12 + 1}.{30 if self.hour > 16 else 0:02} {'am' if self.hour < 12 else 'pm'}"


@dataclass(frozen=True)
class Notice:
    """Describe an entry of the decision register; ``meeting`` and ``item`` where it was taken at a meeting."""

    id: int
    title: str
    maker: str
    decided: date
    published: date
    decisions: tuple[Decision, ...]
    is_key: bool
    is_officer: bool
    meeting: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Truth:
    """Hold one decision of the model, once: where it was taken and in which words."""

    occasion: str
    day: date
    committee: str
    item: str
    title: str
    text: str
    kind: str
    procedural: bool
    vote: Vote | None = None


@dataclass(frozen=True)
class Council:
    """Model a council; everything in it follows from these fields.

    Attributes:
        code: short and unique.
        name: as it calls itself.
        platform: ``moderngov`` or ``cmis``.
        committees: how many bodies it has.
        years: how far back its meetings go from ``today``; they are listed for sixty days ahead.
        seed: another seed makes another council.
        today: the day that the site is served on, at first.
        officer_decisions: notices a year that no meeting took; none on CMIS.
    """

    code: str
    name: str
    platform: str = "moderngov"
    committees: int = 10
    years: int = 6
    seed: int = 0
    today: date = date(2026, 10, 2)
    officer_decisions: int = 24

    @property
    def root(self) -> str:
        """What all random streams of this council begin with."""
        return f"{self.code}/{self.seed}"

    @cached_property
    def bodies(self) -> tuple[Committee, ...]:
        """Its committees; from the third on, each seventh has expired half-way."""
        start = Random(f"{self.root}/bodies").randrange(100, 400)
        return tuple(
            Committee(start + 3 * at, _name(at), BODIES[at % len(BODIES)][1], BODIES[at % len(BODIES)][2], at % 7 == 6)
            for at in range(self.committees)
        )

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Its councillors."""
        return make_members(self.root, 18)

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, by day."""
        found = [meeting for committee in self.bodies for meeting in _calendar(self, committee)]
        return tuple(sorted(found, key=lambda meeting: (meeting.day, meeting.id)))

    @cached_property
    def by_id(self) -> dict[int, Meeting]:
        """Meetings by their ids."""
        return {meeting.id: meeting for meeting in self.meetings}

    def committee_members(self, committee: Committee) -> tuple[Member, ...]:
        """Give who sits on a committee."""
        return tuple(Random(f"{self.root}/{committee.id}").sample(self.members, 9))

    def items(self, meeting: Meeting) -> tuple[Item, ...]:
        """Give what a meeting does; written when asked for."""
        return _items(self, meeting)

    def stage(self, meeting: Meeting, today: date) -> Stage:
        """Tell how far the papers of a meeting are on a day."""
        age = (today - meeting.day).days
        if meeting.is_cancelled or age < -6:
            return Stage.NOTHING
        if age < 9:
            return Stage.AGENDA
        following = meeting.following or meeting.day + timedelta(days=60)
        return Stage.APPROVED if today >= following + timedelta(days=3) else Stage.DRAFT

    def notices(self) -> tuple[Notice, ...]:
        """Give the register of decisions: officers' and those of executive meetings."""
        return _notices(self)

    def truth(self, today: date | None = None) -> list[Truth]:
        """Give every decision that is published on a day, each once, whatever the number of places that state it."""
        today = today or self.today
        found = []
        for meeting in self.meetings:
            if self.stage(meeting, today) in (Stage.DRAFT, Stage.APPROVED):
                found += [truth for item in self.items(meeting) for truth in _tell(meeting, item)]
        if self.platform == "moderngov":
            found += [truth for notice in self.notices() if notice.published <= today for truth in _tell_notice(notice)]
        return found


def _name(at: int) -> str:
    name, again = BODIES[at % len(BODIES)][0], at // len(BODIES)
    return f"{name} {again + 1}" if again else name


def _calendar(council: Council, committee: Committee) -> list[Meeting]:
    random = Random(f"{council.root}/{committee.id}/calendar")
    first = date(council.today.year - council.years, council.today.month, 1)
    last = council.today + timedelta(days=60)
    if committee.is_expired:
        last = first + (council.today - first) / 2
    step, day, days = 365 / committee.yearly, first + timedelta(days=random.randrange(0, 25)), []
    while day <= last:
        shift = timedelta(days=random.randrange(0, 5) - day.weekday())
        if day + shift >= first:
            days.append(day + shift)
        day += timedelta(days=step * random.uniform(0.85, 1.15))
    return _number(committee, days, random)


def _number(committee: Committee, days: list[date], random: Random) -> list[Meeting]:
    cancelled = [random.random() < 0.05 for _ in days]
    found: list[Meeting] = []
    held: tuple[int, date] | None = None
    for at, (day, is_cancelled) in enumerate(zip(days, cancelled, strict=True)):
        ident = committee.id * 1000 + at * 7
        ahead = zip(days[at + 1 :], cancelled[at + 1 :], strict=True)
        following = next((later for later, is_gone in ahead if not is_gone), None)
        agenda = ident + (500 if at % 5 == 3 else 0)
        hour = random.choice([10, 14, 18, 19])
        venue = random.choice(["Council Chamber", "Committee Room 1", "Guildhall", "Committee Rooms 3 & 4"])
        found.append(Meeting(ident, agenda, committee, day, hour, venue, is_cancelled, held, following))
        held = held if is_cancelled else (ident, day)
    return found


@lru_cache(maxsize=20_000)
def _items(council: Council, meeting: Meeting) -> tuple[Item, ...]:
    business = Business(
        f"{council.root}/{meeting.id}",
        meeting.day,
        kind=meeting.committee.kind,
        members=council.committee_members(meeting.committee),
        first_id=meeting.id * 50,
    )
    following = meeting.following or meeting.day + timedelta(days=60)
    minute = meeting.id % 97 + 1
    return tuple(business.write(minute, meeting.committee.name, meeting.previous, following))


@lru_cache(maxsize=64)
def _notices(council: Council) -> tuple[Notice, ...]:
    found = [notice for meeting in council.meetings for notice in _meeting_notices(council, meeting)]
    random = Random(f"{council.root}/officers")
    first = date(council.today.year - council.years, council.today.month, 1)
    for at in range(council.officer_decisions * council.years):
        decided = first + timedelta(days=random.randrange(0, council.years * 365))
        delay = random.randrange(400, 1200) if at % 20 == 7 else random.randrange(1, 15)
        clause = _officer_clause(Words(f"{council.root}/officer/{at}", decided))
        decision = Decision(clause.text, clause.kind)
        found.append(
            Notice(
                id=700_000 + at,
                title=clause.title,
                maker=random.choice(POSTS),
                decided=decided,
                published=decided + timedelta(days=delay),
                decisions=(decision,),
                is_key=at % 6 == 0,
                is_officer=True,
            )
        )
    return tuple(sorted(found, key=lambda notice: (notice.published, notice.id)))


def _officer_clause(words: Words) -> Clause:
    return MAKERS[words.one(["award", "grant", "authorise", "adopt", "paper"])](words)


def _meeting_notices(council: Council, meeting: Meeting) -> list[Notice]:
    if meeting.is_cancelled or meeting.committee.kind != "executive":
        return []
    return [
        Notice(
            id=item.id,
            title=item.title,
            maker=meeting.committee.name,
            decided=meeting.day,
            published=meeting.day + timedelta(days=9),
            decisions=item.decisions,
            is_key=item.id % 3 == 0,
            is_officer=False,
            meeting=meeting.id,
            item=item.id,
        )
        for item in council.items(meeting)
        if item.decisions and not item.decisions[0].procedural
    ]


def _tell(meeting: Meeting, item: Item) -> list[Truth]:
    name = meeting.committee.name
    return [
        Truth(
            meeting.key, meeting.day, name, f"{item.minute}.", item.title, one.text, one.kind, one.procedural, item.vote
        )
        for one in item.decisions
    ]


def _tell_notice(notice: Notice) -> list[Truth]:
    if notice.meeting is not None:
        return []
    key = f"decision/{notice.id}"
    return [
        Truth(key, notice.decided, notice.maker, "", notice.title, one.text, one.kind, one.procedural)
        for one in notice.decisions
    ]
