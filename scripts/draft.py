"""Fill the grammar's templates for one document: the same seed gives the same words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

import grammar


class Draft:
    """Fill templates for one document: the same seed gives the same words."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)
        self.met = date(2015, 1, 5) + timedelta(days=self.rng.randrange(3650))
        self.council = f"{self.rng.choice(grammar.COUNCILS)} Council"
        self.committee = self.rng.choice(grammar.COMMITTEES)
        self._numbers = {"D": 0, "A": 0}

    def fill(self, template: str, topic: str = "") -> str:
        """Replace the slots of a template by words, and number its decisions and actions."""
        words = re.sub(r"\{(\w+)\}", lambda slot: self._word(slot[1], topic), template)
        return re.sub(r"⟦([DA])(?=[ |])", self._number, words)

    def remarks(self, topic: str) -> str:
        """Give a paragraph or two of discussion, in which nothing is decided."""
        chosen = self.rng.sample(grammar.REMARKS, self.rng.randint(3, 6))
        return " ".join(self.fill(remark, topic) for remark in chosen)

    def topics(self, fewest: int, most: int) -> list[str]:
        """Choose the subjects of the meeting's items."""
        return self.rng.sample(grammar.TOPICS, self.rng.randint(fewest, most))

    def clauses(self, topic: str, most: int) -> list[str]:
        """Give operative clauses without the word "that"."""
        return [self.fill(c, topic) for c in self.rng.sample(grammar.THAT_CLAUSES, self.rng.randint(1, most))]

    def opening(self) -> str:
        """Say which body met, when."""
        day = mark_day(self.met, self.rng.choice(DAY_FORMS))
        return f"Minutes of the meeting of the {self.committee} held on {day}"

    def _number(self, match: re.Match[str]) -> str:
        self._numbers[match[1]] += 1
        return f"⟦{match[1].lower()}{self._numbers[match[1]]}"

    def _word(self, slot: str, topic: str) -> str:
        lists = {
            "person": grammar.NAMES,
            "post": grammar.POSTS,
            "body": grammar.BODIES,
            "group": grammar.GROUPS,
        }
        if slot == "topic":
            return topic
        if slot in lists:
            return self.rng.choice(lists[slot])
        return _MARKED[slot](self.rng, self.met)


DAY_FORMS = ("{d} {month} {y}", "{d}{th} {month} {y}", "{weekday} {d} {month} {y}", "{d:02}/{m:02}/{y}")


def mark_day(day: date, form: str) -> str:
    """Write a day, marked."""
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    words = form.format(
        d=day.day, m=day.month, y=day.year, month=f"{day:%B}", weekday=f"{day:%A}", th=ends.get(day.day, "th")
    )
    return f"⟦{day}|{words}⟧"


def _day(rng: random.Random, met: date) -> str:
    return mark_day(met + timedelta(days=rng.randint(-300, 300)), rng.choice(DAY_FORMS))


def _month(rng: random.Random, met: date) -> str:
    day = met + timedelta(days=rng.randint(-200, 200))
    return f"⟦{day:%Y-%m}|{day:%B %Y}⟧"


def _year(rng: random.Random, met: date) -> str:
    year = met.year + rng.randint(-2, 1)
    words = rng.choice((f"{year}/{(year + 1) % 100:02}", f"{year}-{(year + 1) % 100:02}", f"{year}/{year + 1}"))
    return f"⟦{year}-04-01..{year + 1}-03-31|{words}⟧"


def _due(rng: random.Random, met: date) -> str:
    day = met + timedelta(days=rng.randint(20, 200))
    return f"{day}|{mark_day(day, rng.choice(DAY_FORMS[:2]))}"


def _sum(rng: random.Random, _met: date) -> str:
    pounds, hundredths, tenths = rng.randint(1, 40_000), rng.randint(101, 4_000), rng.randint(11, 400)
    forms = (
        (f"{pounds}", f"£{pounds:,}"),
        (f"{pounds}.50", f"£{pounds:,}.50"),
        (f"{tenths}000", f"£{tenths}k"),
        (f"{hundredths}0000", f"£{hundredths / 100:.2f}m"),
        (f"{tenths}00000", f"£{tenths / 10:.1f} million"),
    )
    value, words = rng.choice(forms)
    return f"⟦£{value}|{words}⟧"


_MARKED: dict[str, Callable[[random.Random, date], str]] = {
    "day": _day,
    "month": _month,
    "year": _year,
    "due": _due,
    "sum": _sum,
}
