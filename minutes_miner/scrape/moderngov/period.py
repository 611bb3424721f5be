"""Part the days that are asked for into slices, and read days as ModernGov writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from minutes_miner.domain.gathering import Scope

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_FIGURES = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s,]+({'|'.join(_MONTHS)})[a-z]*\.?[\s,]+(\d{{4}})\b", re.IGNORECASE
)
_STANDARD = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SUMMER = 7
"""The month from which the newest slice of meetings reaches into the next year."""


class Slice(NamedTuple):
    """Hold a range of days, both ends among them."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Count the days."""
        return (self.last - self.first).days + 1

    def halve(self) -> tuple[Slice, Slice]:
        """Give the earlier and the later half."""
        middle = self.first + timedelta(days=self.days // 2)
        return Slice(self.first, middle - timedelta(days=1)), Slice(middle, self.last)

    def write(self) -> tuple[str, str]:
        """Give both ends as ``dd/mm/yyyy``: the service takes other forms for no dates at all and answers with all."""
        return f"{self.first:%d/%m/%Y}", f"{self.last:%d/%m/%Y}"


def find_horizon(scope: Scope) -> date:
    """Give the last day whose meetings are listed: some months ahead where the scope reaches today.

    It changes with the year and not from day to day, so that lists keep their addresses.
    """
    if scope.until < scope.today:
        return scope.until
    year = scope.today.year
    ahead = date(year + 1, 6, 30) if scope.today.month >= _SUMMER else date(year, 12, 31)
    return ahead if scope.until <= ahead else date(scope.until.year, 12, 31)


def slice_years(scope: Scope) -> list[Slice]:
    """Part a scope into calendar years, the newest first; it alone may reach into the next year.

    The ends of a slice are those of the year, not of the scope, so that every run asks for the same addresses.
    """
    newest = max(min(scope.until, scope.today), scope.since).year
    years = [Slice(date(year, 1, 1), date(year, 12, 31)) for year in range(newest, scope.since.year - 1, -1)]
    if years and find_horizon(scope) > years[0].last:
        years[0] = Slice(years[0].first, find_horizon(scope))
    return years


def slice_quarters(scope: Scope) -> list[Slice]:
    """Part a scope into quarters of calendar years, the newest first; none begins after today."""
    return sorted(_iter_quarters(scope), reverse=True)


def _iter_quarters(scope: Scope) -> Iterator[Slice]:
    first = date(scope.since.year, (scope.since.month - 1) // 3 * 3 + 1, 1)
    while first <= min(scope.until, scope.today):
        following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
        yield Slice(first, following - timedelta(days=1))
        first = following


def find_day(text: str) -> date | None:
    """Give the first day that a text names.

    Args:
        text: such as ``16/03/2026``, ``16 Mar 2026 6.30 pm``, ``Thursday, 14th March, 2024`` or ``2025-12-04``.

    Returns:
        The day, or None where there is none or it is in no calendar.
    """
    for pattern in (_FIGURES, _WORDS, _STANDARD):
        if found := pattern.search(text):
            first, month, last = found.groups()
            number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
            try:
                return (
                    date(int(first), number, int(last)) if pattern is _STANDARD else date(int(last), number, int(first))
                )
            except ValueError:
                return None
    return None
