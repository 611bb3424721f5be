"""Read calendar days from text, for the date of the meeting that a document is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<day>\d(?<![\d/.]\d)\d?)(?:\s*(?:st|nd|rd|th))?\s*(?:day\s+)?(?:of\s+)?"
        rf"(?:[^\W\d]{{3,10}}\s*/[,-]?\s*|(?:[,-]\s*)?)(?=[adfjmnos]){_MONTH}\s*[,-]?\s*(?P<year>\d{{4}})(?!\d)",
        r"(?P<year>(?:1(?<![\d/.-]1)9|2(?<![\d/.-]2)0)\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)",
        r"(?P<day>\d(?<![\d/.-]\d)\d?)(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2}"
        r"|\d{2})(?![\d/])",
    )
)
"""Ways to write a date. Each begins with a digit, by which they are found fast; what stands before it is asked next."""
_MONTH_FIRST = re.compile(
    rf"(?=[adfjmnos])\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:\s*(?:st|nd|rd|th)\s*,?\s*|\s*,?\s+)(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DAY_AND_YEAR = re.compile(r"\d(?:\s*(?:st|nd|rd|th)\s*,?\s*|\s*,?\s+)\d{4}(?!\d)", re.IGNORECASE)
"""The end of a date whose month stands first."""


@dataclass(frozen=True, slots=True)
class Day:
    """Place a calendar day in a text."""

    start: int
    end: int
    value: date


def find_days(text: str) -> list[Day]:
    """Find every full date: day, month and year, in words, figures or ISO form.

    Args:
        text: any text; white space may be of any kind and length.

    Returns:
        Days in order of place; dates that are in no calendar are left out.
    """
    if not _DIGIT.search(text):
        return []
    forms = (*_FORMS, _MONTH_FIRST) if _DAY_AND_YEAR.search(text) else _FORMS
    found = [day for form in forms for day in _read(form, text)]
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def _read(form: re.Pattern[str], text: str) -> Iterator[Day]:
    for match in form.finditer(text):
        month = match["month"].lower()
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
        year = int(match["year"])
        try:
            yield Day(match.start(), match.end(), date(year + 2000 if year < 100 else year, number, int(match["day"])))
        except ValueError:
            continue
