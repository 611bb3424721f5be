"""Say how a printed report looks: its typefaces, colours and measures in points, after the style sheet of the site."""

from __future__ import annotations

from minutes_miner.web.linebreaking import BOLD, PLAIN, Style
from minutes_miner.web.tagging import A4

INK, SOFT, ACCENT, BAD = (0.11, 0.12, 0.12), (0.34, 0.36, 0.35), (0.04, 0.36, 0.34), (0.61, 0.13, 0.15)
LINE, TINT = (0.82, 0.81, 0.78), (0.93, 0.95, 0.94)

HEADING = Style(BOLD, 20, 25, INK)
LEAD = Style(PLAIN, 10.5, 15, INK)
NOTE = Style(PLAIN, 8.5, 12, SOFT)
NOTE_LINK = Style(PLAIN, 8.5, 12, ACCENT)
FIGURE = Style(BOLD, 17, 20, ACCENT)
HEAD = Style(BOLD, 7.5, 10, SOFT)
GROUP = Style(BOLD, 9.5, 13, INK)
BODY = Style(PLAIN, 8.5, 11.5, INK)
STRONG = Style(BOLD, 8.5, 11.5, INK)
LATE = Style(BOLD, 8.5, 11.5, BAD)
SMALL = Style(PLAIN, 7.5, 10, SOFT)
LINK = Style(PLAIN, 7.5, 10, ACCENT)

LEFT = TOP = 51.0
ROOM = A4[0] - 2 * LEFT
END = A4[1] - 62
BLOCK_GAP = 10.0

COLUMNS = (
    ("Due", 70.0),
    ("Days overdue", 44.0),
    ("Who must act", 104.0),
    ("What, and where it was asked", ROOM - 218),
)
"""Heads and widths of the table's columns; the gap to the next is within."""
