"""Write what a meeting did: items, narrative, operative clauses, votes, documents."""

from __future__ import annotations

from datetime import date, timedelta

from .item import Decision, Item, LinkedDocument, Member, Vote
from .vocabulary import BODIES, CLUBS, FORENAMES, HOLDERS, PLACES, POSTS, SURNAMES
from .wording import MAKERS, Clause, Words, long_date

SORTS = {
    "planning": ("permit", "permit", "refuse", "defer", "paper", "note"),
    "executive": ("award", "paper", "grant", "authorise", "note", "adopt", "recommend", "request", "refer"),
    "scrutiny": ("note", "request", "refer", "recommend", "defer"),
    "other": ("paper", "grant", "note", "appoint", "request", "adopt", "refer", "authorise"),
}
"""Sorts of clauses that a kind of committee resolves."""


def make_members(seed: str, count: int) -> tuple[Member, ...]:
    """Make so many councillors, no two of one surname where the names last."""
    words = Words(f"{seed}/members", date(2020, 1, 1))
    surnames = list(SURNAMES)
    words.random.shuffle(surnames)
    parties = ["Independent", "Labour", "Conservative", "Liberal Democrat", "Green"]
    return tuple(
        Member(101 + at, f"{words.one(FORENAMES)} {surname}", words.one(parties), words.one(PLACES))
        for at, surname in enumerate(surnames[:count])
    )


class Business:
    """Write the items of one meeting; the same for the same seed."""

    def __init__(self, seed: str, day: date, *, kind: str, members: tuple[Member, ...], first_id: int) -> None:
        """Take the meeting's seed and day, the committee's kind, those present, and the first free item id."""
        self.words = Words(seed, day)
        self.kind = kind
        self.members = members
        self.ids = iter(range(first_id, first_id + 40))
        self.document_ids = iter(range(first_id * 3, first_id * 3 + 120))
        self.items: list[Item] = []

    def write(self, minute: int, committee: str, previous: tuple[int, date] | None, following: date) -> list[Item]:
        """Give the items, at times one of them moved up.

        Args:
            minute: number of the first minute.
            committee: its name.
            previous: id and day of the meeting before, whose minutes are approved.
            following: day of the next meeting.
        """
        self.minute = minute
        absent = self.words.random.sample(self.members, 2)
        names = " and ".join(member.name for member in absent)
        self._routine("Apologies for Absence", f"Apologies for absence were received from Councillors {names}.")
        self._routine("Declarations of Interest", "There were no declarations of interest.")
        if previous:
            self._approve_minutes(committee, *previous)
        self.items.append(Item(next(self.ids), 0, 0, "Items for Decision", ""))
        sorts = self.words.random.sample(SORTS[self.kind], self.words.random.randrange(3, 6))
        for sort in dict.fromkeys(sorts):
            self._decide(sort, committee)
        if self.words.random.random() < 0.25:
            self._exclude()
        if self.words.random.random() < 0.1:
            self.items.insert(-2, self.items.pop())
        self._routine(
            "Date of Next Meeting", f"The next meeting was to take place on {following:%A} {long_date(following)}."
        )
        return self.items

    def _add(self, title: str, summary: str, **facts: object) -> None:
        number = sum(1 for item in self.items if item.number) + 1
        item = Item(next(self.ids), number, self.minute + number - 1, title, summary, **facts)  # type: ignore[arg-type]
        self.items.append(item)

    def _routine(self, title: str, narrative: str) -> None:
        self._add(title, "", narrative=(narrative,))

    def _approve_minutes(self, committee: str, meeting: int, day: date) -> None:
        text = f"the minutes of the meeting of the {committee} held on {long_date(day)} be approved as a correct record"
        document = LinkedDocument(next(self.document_ids), "Minutes of Previous Meeting", self._published(), meeting)
        self._add(
            "Minutes of the Previous Meeting",
            f"To approve the minutes of the meeting held on {long_date(day)}.",
            decisions=(Decision(text, "approve", procedural=True),),
            documents=(document,),
        )

    def _exclude(self) -> None:
        clause = MAKERS["authorise"](self.words)
        number = sum(1 for item in self.items if item.number) + 2
        text = (
            f"under Section 100A(4) of the Local Government Act 1972 the press and public be excluded from the meeting"
            f" for item {number} ({clause.title}) on {long_date(self.words.day)}, as it involved the likely disclosure"
            " of exempt information as defined in paragraph 3 of Part 1 of Schedule 12A to the Act"
        )
        self._add("Exclusion of the Press and Public", "", decisions=(Decision(text, "other", procedural=True),))
        self._add_clauses([clause], clause.title, is_restricted=True)

    def _decide(self, sort: str, committee: str) -> None:
        clauses = [MAKERS[sort](self.words)]
        while len(clauses) < 3 and self.words.random.random() < 0.4:
            clauses.append(MAKERS[self.words.one(list(SORTS[self.kind]))](self.words))
        self._add_clauses(clauses, clauses[0].title, committee=committee)

    def _add_clauses(
        self, clauses: list[Clause], title: str, committee: str = "Committee", is_restricted: bool = False
    ) -> None:
        vote = self._vote()
        self._add(
            title,
            f"To consider the report of the {self.words.one(POSTS)}.",
            narrative=self._narrative(title, committee),
            decisions=tuple(Decision(clause.text, clause.kind) for clause in clauses),
            opening=self._opening(),
            vote=vote,
            documents=() if is_restricted else self._documents(title),
            blocks=self.words.one(["minutes", "minutes", "both", "both", "decision"]),
            is_restricted=is_restricted,
        )

    def _opening(self) -> str:
        mover, seconder = self.words.random.sample(self.members, 2)
        proposal = f"On the proposal of {mover.styled}, seconded by {seconder.styled}, it was RESOLVED that"
        return self.words.one(["RESOLVED that", "It was RESOLVED that", proposal])

    def _vote(self) -> Vote | None:
        chance = self.words.random.random()
        if chance > 0.3:
            return None
        names = [member.name for member in self.members]
        self.words.random.shuffle(names)
        noes, none = self.words.random.randrange(1, 4), self.words.random.randrange(0, 3)
        ayes = names[noes + none :]
        return Vote(tuple(ayes), tuple(names[:noes]), tuple(names[noes : noes + none]), is_named=chance < 0.12)

    def _narrative(self, title: str, committee: str) -> tuple[str, ...]:
        words = self.words
        speaker, other = words.random.sample(self.members, 2)
        club = f"{words.one(PLACES)} {words.one(CLUBS)}"
        told = (
            f"The {committee} considered a report of the {words.one(POSTS)} about “{title}”, which set out the"
            f" background, the comments of the {words.one(PLACES)} {words.one(BODIES)} and the cost to the revenue"
            " budget."
        )
        asked = (
            f"{speaker.styled} asked how many households near {words.one(PLACES)} had answered the survey and why the"
            f" figures differed from those of the year before. The {words.one(POSTS)} said that"
            f" {words.random.randrange(21, 900)} replies had come, most of them in writing."
        )
        spoke = (
            f"{other.styled} spoke of the work of the {club} and of the state of the footways in winter. The"
            f" {words.one(HOLDERS)} thanked the officers for a clear report."
        )
        return (told, asked, spoke)[: words.random.randrange(1, 4)]

    def _documents(self, title: str) -> tuple[LinkedDocument, ...]:
        count = self.words.random.randrange(0, 3)
        names = [title] + [f"Appendix {at + 1} - {self.words.one(PLACES)}" for at in range(count)]
        return tuple(LinkedDocument(next(self.document_ids), name, self._published()) for name in names)

    def _published(self) -> date:
        return self.words.day - timedelta(days=7)
