"""Fill the operative clauses of an invented council with places, posts, dates and sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .vocabulary import (
    ACTS,
    BODIES,
    CLUBS,
    FIRMS,
    FORENAMES,
    HOLDERS,
    MATTERS,
    PAPERS,
    PLACES,
    POLICIES,
    POSTS,
    PROPOSALS,
    PURPOSES,
    REPORTS,
    SURNAMES,
    WORKS,
)


@dataclass(frozen=True)
class Clause:
    """Hold an operative clause, what it is about and what kind of decision it is."""

    text: str
    title: str
    kind: str


class Words:
    """Draw words from one random stream; what it draws depends on the seed alone."""

    def __init__(self, seed: str, day: date) -> None:
        """Take a seed and the day of the decision, from which dates are counted."""
        self.random = Random(seed)
        self.day = day

    def one(self, words: tuple[str, ...] | list[str]) -> str:
        """Draw one of the words."""
        return self.random.choice(words)

    def sum(self) -> str:
        """Draw a sum of money that hardly comes twice."""
        return f"£{self.random.randrange(2_101, 948_000):,}"

    def later(self) -> str:
        """Draw a day between one month and a year after the decision."""
        return long_date(self.day + timedelta(days=self.random.randrange(30, 365)))

    def reference(self) -> str:
        """Draw the number of a planning application."""
        return f"{self.day:%y}/{self.random.randrange(10_000, 99_999):05}/{self.one(['FUL', 'OUT', 'HOU', 'LBC'])}"

    def address(self) -> str:
        """Draw a house number in a place."""
        return f"{self.random.randrange(2, 298)} {self.one(PLACES)}"

    def proposal(self) -> str:
        """Draw what a planning application asks for."""
        return self.one(PROPOSALS).format(n=self.random.randrange(4, 60))

    def period(self) -> str:
        """Draw a quarter before the decision."""
        return f"quarter {self.random.randrange(1, 5)} of {self.day.year - 1}/{self.day.year % 100:02}"

    def report_number(self) -> str:
        """Draw the number of a report."""
        return f"{self.one(['CE', 'DR', 'FIN', 'HSG', 'PLC'])}/{self.day:%y}/{self.random.randrange(100, 9_999):04}"


def long_date(day: date) -> str:
    """Write a day as minutes do: ``4 December 2025``."""
    return f"{day.day} {day:%B %Y}"


def _award(words: Words) -> Clause:
    works, place = words.one(WORKS), words.one(PLACES)
    text = f"the contract for {works} at {place} be awarded to {words.one(FIRMS)} at a cost of {words.sum()}"
    return Clause(text, f"{_titled(works)} at {place}", "approve")


def _paper(words: Words) -> Clause:
    paper, place = words.one(PAPERS), words.one(PLACES)
    text = f"the {paper} for {place} set out in report {words.report_number()} be approved"
    return Clause(text, f"{paper.capitalize()} for {place}", "approve")


def _grant(words: Words) -> Clause:
    club = f"{words.one(PLACES)} {words.one(CLUBS)}"
    text = f"a grant of {words.sum()} to {club} towards {words.one(PURPOSES)} be approved"
    return Clause(text, f"Grant to {club}", "approve")


def _permit(words: Words) -> Clause:
    number, what, where = words.reference(), words.proposal(), words.address()
    text = f"planning permission be granted for application {number} for {what} at {where}"
    return Clause(text, f"{number}: {where}", "approve")


def _refuse(words: Words) -> Clause:
    number, what, where = words.reference(), words.proposal(), words.address()
    text = f"planning permission be refused for application {number} for {what} at {where}"
    return Clause(text, f"{number}: {where}", "refuse")


def _authorise(words: Words) -> Clause:
    act, place = words.one(ACTS), words.one(PLACES)
    text = (
        f"the {words.one(POSTS)} be authorised, in consultation with the {words.one(HOLDERS)}, to {act} at {place}"
        f" at a cost of up to {words.sum()}"
    )
    return Clause(text, f"{place}: proposal to {act}", "authorise")


def _note(words: Words) -> Clause:
    report, number = words.one(REPORTS), words.report_number()
    text = f"the {report} for {words.period()} (report {number}) be noted"
    return Clause(text, f"{report.capitalize()} {number}", "note")


def _defer(words: Words) -> Clause:
    matter, place = words.one(MATTERS), words.one(PLACES)
    text = f"consideration of {matter} at {place} (report {words.report_number()}) be deferred until {words.later()}"
    return Clause(text, f"{_titled(matter)} at {place}", "defer")


def _appoint(words: Words) -> Clause:
    body = f"{words.one(PLACES)} {words.one(BODIES)}"
    name = f"{words.one(FORENAMES)} {words.one(SURNAMES)}"
    text = f"Councillor {name} be appointed to the {body} until {words.later()}"
    return Clause(text, f"Appointment to the {body}", "appoint")


def _request(words: Words) -> Clause:
    matter, place = words.one(MATTERS), words.one(PLACES)
    text = (
        f"the {words.one(POSTS)} be requested to report on {matter} at {place} by {words.later()},"
        f" further to report {words.report_number()}"
    )
    return Clause(text, f"{_titled(matter)} at {place}", "request")


def _adopt(words: Words) -> Clause:
    policy, place = words.one(POLICIES), words.one(PLACES)
    number = words.report_number()
    text = f"the revised {policy} for {place} in report {number} be adopted with effect from {words.later()}"
    return Clause(text, f"{policy.capitalize()} for {place}", "approve")


def _recommend(words: Words) -> Clause:
    place = words.one(PLACES)
    text = f"Council be recommended to approve a budget of {words.sum()} for {words.one(WORKS)} at {place}"
    return Clause(text, f"Budget for works at {place}", "recommend")


def _refer(words: Words) -> Clause:
    matter, place = words.one(MATTERS), words.one(PLACES)
    text = f"{matter} at {place} be referred to the {words.one(POSTS)} with report {words.report_number()}"
    return Clause(text, f"{_titled(matter)} at {place}", "refer")


def _titled(words: str) -> str:
    words = words.removeprefix("the ")
    return words[0].upper() + words[1:]


MAKERS: dict[str, Callable[[Words], Clause]] = {
    "award": _award,
    "paper": _paper,
    "grant": _grant,
    "permit": _permit,
    "refuse": _refuse,
    "authorise": _authorise,
    "note": _note,
    "defer": _defer,
    "appoint": _appoint,
    "request": _request,
    "adopt": _adopt,
    "recommend": _recommend,
    "refer": _refer,
}
"""What makes a clause of each sort."""
