"""Break words into lines by their widths."""

from __future__ import annotations

import re

from papers.content import SHY
from reportlab.pdfbase.pdfmetrics import stringWidth

Line = list[str]
"""The words of one line; the last may end in a hyphen that parts it from the next line."""


def break_lines(text: str, width: float, *, font: str, size: float, hyphen: str = "-") -> list[Line]:
    """Fill lines one after another.

    Args:
        text: words; soft hyphens say where they may be parted, hard ones part them too.
        width: of a line, in points.
        font: its name.
        size: of the type.
        hyphen: what is printed where a word is parted at a soft hyphen.
    """
    lines: list[Line] = [[]]
    room = width
    space = stringWidth(" ", font, size)
    for word in text.split():
        rest = word
        while True:
            plain = rest.replace(SHY, "")
            wide = stringWidth(plain, font, size)
            if wide <= room:
                lines[-1].append(plain)
                room -= wide + space
                break
            head, tail = _part(rest, room, font, size, hyphen)
            if head:
                lines[-1].append(head)
            elif not lines[-1]:
                lines[-1].append(plain)
                room = -1
                break
            rest = tail
            lines.append([])
            room = width
    return [line for line in lines if line]


def _part(word: str, room: float, font: str, size: float, hyphen: str) -> tuple[str, str]:
    """Part a word so that its head with the hyphen has room; gives no head where none has."""
    best = ("", word)
    for match in re.finditer(rf"{SHY}|(?<=[A-Za-z]{{2}})-(?=[A-Za-z]{{2}})", word):
        head = word[: match.start()].replace(SHY, "") + (hyphen if match[0] == SHY else "-")
        if stringWidth(head.replace(SHY, "-"), font, size) <= room:
            best = (head, word[match.end() :])
    return best
