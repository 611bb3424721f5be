"""Read the numbering at the start of a line: its words and its style."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"""(?P<lead>\s*)(?P<number>
        (?:item|agenda\ item|minute)\s+(?:no\.?\s*)?\d{1,3}[a-z]?\s*[:.\u2013-]?(?=\s|$)  # Item 4:
      | (?-i:[A-Z]{1,5})\d?[ /.-]?\d{1,4}(?:[/.]\d{1,4}){1,2}(?=[\s.:])[.:]?             # CM 74/23, PLA146/14, C83.16
      | (?-i:[A-Z]{2,5})[./]\d{1,4}(?=[\s.:])                                              # PL.31, HWB/14
      | (?!\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b)(?!\d{1,2}[.:]\d\d\s?(?:[ap]\.?m\b|hrs))
        (?!\d{1,4}\.\d\d?(?![\d.])\s*(?:$|[|\d£]))(?!\d{1,2}/\d{1,2}/\d\d(?!\d)\s*(?:$|[|\d£]))  # no sum, no date
        \d{1,4}(?:[./]\d{1,4}){1,3}[.):]?(?=\s)                                          # 7.22.03, 64/20, 2.1
      | \d{1,4}\s?[.)](?=\s|(?-i:[A-Z(]))                                                # 1.  1)  3127.Police
      | \d{3,4}(?=(?-i:[A-Z][a-z]{2}))                                                   # 2944Apologies
      | \((?:\d{1,3}|[a-z]|[ivxl]{1,6}|[A-Z])\)                                          # (1) (a) (iv)
      | (?:[ivxl]{1,6}|[a-zA-Z])[.)](?=\s)|(?-i:[ivxl]{1,6}|[a-z])\)(?=(?-i:[A-Z][a-z]))  # a)  i.  A.  ii)The
      | (?:[\u2022\u00b7\u25cf\u25aa\u25e6\u25cb\u25a0\u2043\u2023\u27a2\u25ba\u2713\uf0b7\uf0a7\uf0d8
            \uf02d\uf0fc\uf076*\u2013-]
          |(?-i:o(?=\s+[A-Z0-9])))(?=\s)                                                  # bullets
    )[ \t\u00a0\u2002\u2003]*""",
    re.VERBOSE | re.IGNORECASE,
)


_REFERENCE = re.compile(
    r"\s*(?:[A-Z]{1,4}[/\s-]?)?(?:\d{1,4}/)?(?:\d{2}|\d{4})/[A-Za-z]{0,3}/?\d{4,5}"
    r"(?:[-/][A-Za-z]{1,5}\d?)?(?![\w/])\W*\s"
)
_ROMAN = re.compile(r"[ivxl]+$")


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a block's numbering: as written, its style (``1``, ``1.1``, ``a``, ``i``, ``A``, ``-``) and its length."""

    text: str
    style: str
    body: int


def find_number(line: str) -> Number | None:
    """Read the numbering at the start of a line.

    Args:
        line: one line or block of text.

    Returns:
        The number, or None where the line has none. A roman numeral that could be a letter is given style ``i``.
    """
    match = _NUMBER.match(line)
    if match is None:
        return None
    text = match["number"].strip()
    core = text.strip("().:\u2013- ").lower()
    if not core or not core[0].isalnum() or text == "o":
        style = "-"
    elif core.isdigit() or core.startswith(("item", "agenda", "minute")):
        style = "1"
    elif any(ch.isdigit() for ch in core):
        style = "1.1"
    elif text.strip("().:")[:1].isupper():
        style = "A"
    else:
        style = "i" if _ROMAN.match(core) else "a"
    return Number(text, style + ("(" if text.startswith("(") else ""), match.end())


def begins_entry(line: str) -> bool:
    """Tell whether a line opens with the reference of a planning application, as each entry of a list of them does."""
    return bool(_REFERENCE.match(line))
