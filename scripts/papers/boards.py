"""Compose the tables of minutes: payments, attendance, recorded votes and logs of actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from papers.content import Board
from papers.words import Words


def compose_board(words: Words, rules: str, fewest: int, most: int) -> Board:
    """Compose a table of any kind.

    Args:
        words: to draw from.
        rules: ``full``, ``level`` or ``none``.
        fewest: rows under its header.
        most: rows under its header.
    """
    rows = words.rng.randint(fewest, most)
    return words.rng.choice(BOARDS)(words, rules, rows)


def compose_payments(words: Words, rules: str, rows: int) -> Board:
    """Compose a list of payments with sums at the right."""
    rng = words.rng
    sign = rng.choice(("", "£"))
    cells = []
    for _ in range(rows):
        net = words.pence()
        vat = net // 5 if rng.random() < 0.6 else 0
        sums = [f"{sign}{pence / 100:,.2f}" if pence else "" for pence in (net, vat, net + vat)]
        cells.append((words.firm(), words.phrase(2, 6), *sums))
    headers = (("Payee", "Details", "Net", "VAT", "Total"), ("Supplier", "Purpose", "Net £", "VAT £", "Gross £"))
    widths, figures = (0.22, 0.26, 0.17, 0.17, 0.18), frozenset({2, 3, 4})
    return Board(rng.choice(headers), tuple(cells), widths, figures, rules, rng.random() < 0.5)


def compose_attendance(words: Words, rules: str, rows: int) -> Board:
    """Compose a roll of members."""
    rng = words.rng
    wards = [words.name().split()[-1] + rng.choice((" North", " South", "", " Vale")) for _ in range(5)]
    cells = tuple(
        (f"Cllr {words.name()}", rng.choice(wards), rng.choice(("Present", "Present", "Apologies", "Absent")))
        for _ in range(rows)
    )
    header = ("Councillor", "Ward", "Attendance")
    return Board(header, cells, (0.42, 0.33, 0.25), frozenset(), rules, rng.random() < 0.5)


def compose_votes(words: Words, rules: str, rows: int) -> Board:
    """Compose a recorded vote: one cross in each row."""
    rng = words.rng
    cross = rng.choice(("X", "Yes", "1"))
    cells = []
    for _ in range(rows):
        place = rng.choice((0, 0, 1, 1, 2))
        cells.append((words.name(), *(cross if place == at else "" for at in range(3))))
    header = ("Member", "For", "Against", rng.choice(("Abstain", "Abstained")))
    return Board(header, tuple(cells), (0.43, 0.17, 0.2, 0.2), frozenset(), rules, rng.random() < 0.5)


def compose_log(words: Words, rules: str, rows: int) -> Board:
    """Compose a log of actions with wrapped cells."""
    rng = words.rng
    cells = []
    first = rng.randint(1, 80)
    for row in range(rows):
        due = date(2024, 1, 1) + timedelta(days=rng.randint(0, 400))
        form = rng.choice(("%d/%m/%Y", "%d %B %Y"))
        state = rng.choice(("Open", "Done", "In hand"))
        cells.append((f"{first + row}/24", words.phrase(4, 18), words.initials(), f"{due:{form}}", state))
    header = ("Ref", "Action", "Owner", rng.choice(("Due", "By when")), "Status")
    return Board(header, tuple(cells), (0.12, 0.4, 0.13, 0.2, 0.15), frozenset(), rules, rng.random() < 0.5)


BOARDS: tuple[Callable[[Words, str, int], Board], ...] = (
    compose_payments,
    compose_attendance,
    compose_votes,
    compose_log,
)
