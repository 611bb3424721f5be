"""Name invented councils."""

from __future__ import annotations

from .council import Council

NAMES = (
    ("ALD", "Alderbeck Borough Council"),
    ("BRW", "Brewardine District Council"),
    ("CLV", "Calvershire County Council"),
    ("DUN", "Dunnockdale Council"),
    ("ESK", "Eskerton City Council"),
    ("FRN", "Fernhaugh Council"),
    ("GAR", "Garsdale London Borough"),
    ("HAL", "Hallbeck Metropolitan Borough"),
    ("INK", "Inkerwell District Council"),
    ("JES", "Jesmarsh Borough Council"),
)
"""Codes and names, all invented."""


def make_councils(count: int, years: int, committees: int = 10) -> tuple[Council, ...]:
    """Make so many councils; each fifth is on CMIS, the others on ModernGov."""
    return tuple(
        Council(
            code=NAMES[at % len(NAMES)][0] + str(at // len(NAMES) or ""),
            name=NAMES[at % len(NAMES)][1],
            platform="cmis" if at % 5 == 4 else "moderngov",
            committees=committees,
            years=years,
            seed=at,
        )
        for at in range(count)
    )
