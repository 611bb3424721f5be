"""Read the names of councils and committees from a document's first lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_WORD = r"[A-Z\u00c0-\u00de][\w\u2019'.&]*"
_LINK = r"(?:of|and|upon|on|the|with|in|le|next|by|under|cum|&|\u2013|-|,)"
_NAME = rf"{_WORD}(?:[\s\u2013-]+(?:{_LINK}[\s\u2013-]+){{0,3}}{_WORD}){{0,8}}"
_COUNCIL = re.compile(
    rf"(?:The\s+)?(?P<name>{_NAME}\s+(?:(?:City|County|Borough|District|Parish|Town|Community|Metropolitan"
    rf"|Unitary|Island|Village|Islands)"
    rf"\s+(?:and\s+(?:City|County|District)\s+)?)?Council)\b"
    rf"|(?P<combined>{_NAME}\s+(?:Combined\s+(?:County\s+)?Authority|Fire\s+(?:and\s+Rescue\s+)?Authority"
    rf"|National\s+Park\s+Authority|Police\s+and\s+Crime\s+Panel))\b"
    rf"|(?P<borough>(?:Royal|London)\s+Borough\s+of\s+{_WORD}(?:\s+(?:{_LINK}\s+){{0,2}}{_WORD}){{0,3}})"
)
_AUTHORITY_WORD = re.compile(r"[cabp](?:ouncil|uthority|orough|anel)", re.IGNORECASE)
"""What any name of an authority holds, sought first as it is found fast."""
_LEADS = re.compile(
    r"^(?:(?:The|Minutes|Draft|Unconfirmed|Confirmed|Approved|Agenda|Meeting|Ordinary|Extraordinary|Special"
    r"|Annual|General|Proceedings|At|Of|For|"
    r"Full|Inaugural|Monthly|A|An|\u00a9|Copyright|Welcome|To|Home|Record|Decision|Held|In|On|By|Present"
    r"|Proposed|Monday|Tuesday|Wednesday|"
    r"Thursday|Friday|Saturday|Sunday|Councillors?|Cllrs?|Chair|Chairman|\d+)\b[\s,:.\u2013-]*)+"
)
_OPENING = re.compile(
    r"^.*\b(?:meeting|minutes|proceedings|agenda|record)\s+(?:of|at|for)\s+(?:the\s+)?", re.IGNORECASE
)
_JOINING = re.compile(r"\b(?:of|the|and)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:The|A|An)\s+")
_ENDS_COUNCIL = re.compile(r"\bcouncil$", re.IGNORECASE)
_PARTS = re.compile(r"(\W+)")
_VOWEL = re.compile("[AEIOUY]")
_SMALL = frozenset({"Of", "The", "And", "On", "In", "At", "For", "Upon", "With", "By", "To", "A", "S", "Held"})
_LINKS = re.compile(r"^(?:of|the|and|at|for|on|in|that)\s+", re.IGNORECASE)
_BOROUGH = re.compile(r"^((?:Royal |London )?Borough of .+) Council$")
_GENERIC = re.compile(
    r"^(?:the\s+)?(?:(?:full|above|said|county|city|borough|district|parish|town|community|annual|ordinary"
    r"|metropolitan|unitary|new|this|whole|special|extraordinary|local)\s+)*council$",
    re.IGNORECASE,
)
_ROLL = re.compile(
    r"(?:also\s+)?(?:present|apologies|in\s+attendance|attendance|members?\s+present|councillors?\s+present"
    r"|officers)\b\s*:?|\(?\d{1,4}[./)]",
    re.IGNORECASE,
)
_BODIES = (
    r"(?:Sub-?\s?Committee|Committee|Cabinet|Executive|Panel|Board|Forum|Commission|Assembly|Working\s+(?:Group|Party)|"
    r"Task\s+Group|Partnership|Joint\s+Authority|SPC|Municipal\s+District|Area\s+Council)"
)
_NAMES_BODY = re.compile(rf"\b(?:{_BODIES}|Council)\b", re.IGNORECASE)
_BODY_WORDS = (
    "committee", "cabinet", "executive", "panel", "board", "forum", "commission", "assembly", "working", "task",
    "partnership", "joint", "spc", "municipal", "area",
)  # fmt: skip
"""Of which every name of a body holds one."""
_DATE = r"(?:[A-Z][a-z]+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?,?\s+[A-Z][a-z]+,?\s+\d{4}"
_MARKED = (
    (
        re.compile(r"\s(?:[-\u2013]|[oO][nN])\s+(?:[A-Za-z]+[dD][aA][yY],?\s+)?\d"),
        re.compile(
            rf"^(?:agenda\s+for\s+|minutes\s+for\s+)?(?P<name>.{{3,110}}?)\s+(?:-|\u2013|on)\s+{_DATE}", re.IGNORECASE
        ),
    ),
    (
        re.compile("meeting:"),
        re.compile(
            r"\bmeeting:\s*\d{1,2}/\d{1,2}/\d{4}\s*[-\u2013]\s*(?P<name>[^(\n]{3,110}?)\s*(?:\(|$)", re.IGNORECASE
        ),
    ),
    (
        re.compile(r"decision\s+(?:maker|to|taken|made)"),
        re.compile(
            r"\bdecision\s+(?:maker|to\s+be\s+taken\s+by|taken\s+by|made\s+by)\s*:?\s*(?P<name>[^\n]{3,110})",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile("decided"),
        re.compile(
            r"^decided\s+at\s+meeting\s*:\s*(?:\d{1,2}\S*\s+)?(?P<name>[^\n]{3,110}?)(?:\s+[-\u2013]\s|\s*\d|$)",
            re.IGNORECASE,
        ),
    ),
)
"""Ways to name the body, each after what it needs in lower case: that is sought first, as it is found fast."""
_MEETING_OF = re.compile(r"meeting\s+of")
_OF = re.compile(
    r"\bmeeting\s+of\s+(?:the\s+)?(?P<name>.{3,200}?)(?=,?\s+(?:was\s+|which\s+was\s+|being\s+)?(?:held"
    r"|convened|took\s+place|at\s|on\s|meeting|mon|tues|wednes|thurs|fri|satur|sunday|\d)|[;:.]|$)",
    re.IGNORECASE,
)
_LINE = re.compile(
    rf"^(?P<name>(?:The\s+)?(?:[\w\u2019',&()/-]+\s+){{0,12}}{_BODIES}(?:\s+(?:for|on|of)\s[\w\s,&]{{3,60}}"
    rf"|\s+[-\u2013]\s+[\w\s,&]{{3,60}}|\s+\([\w\s,&]{{3,40}}\))?)$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:held|meeting|is|was|were|are|has|have|will|would|shall|be|by|from|to|that|report|minutes|agenda"
    r"|resolved|recommend\w*)\b",
    re.IGNORECASE,
)


def find_authority(lines: Sequence[str]) -> str | None:
    """Give the council's own name as the first lines have it, or None.

    Args:
        lines: title and first lines, without line breaks; what follows the list of those present is not read.
    """
    head: list[str] = []
    for line in lines[:16]:
        if _ROLL.match(line):
            break
        head.append(line)
    whole = " ".join(head[:6])
    for line in [*_joined(head), *([whole] if len(whole) < 400 else [])]:
        if len(line) < 400 and (name := _read_authority(line)):
            return name
    return None


@lru_cache(maxsize=256)
def _read_authority(line: str) -> str | None:
    if not _AUTHORITY_WORD.search(line):
        return None
    for match in _COUNCIL.finditer(_settle_case(line)):
        name = " ".join(match.group().split())
        name = _OPENING.sub("", name)
        while (cut := _LINKS.sub("", _LEADS.sub("", name))) != name:
            name = cut
        name = _BOROUGH.sub(r"\1", name)
        if name and name[0].isupper() and not _GENERIC.match(name) and len(name) < 90:
            return name
    return None


def find_committee(lines: Sequence[str], authority: str | None) -> str | None:
    """Give the body that met as the first lines have it, or None where they name none but the council.

    Args:
        lines: title and first lines, without line breaks.
        authority: the council's own name, which is no committee.
    """
    text = "\n".join(lines[:30])
    low = text.lower()
    for sign, mark in _MARKED:
        for match in _iter_marks(sign, mark, (text, low), lines[:30]) if sign.search(low) else ():
            if not _VERB.search(match["name"]) and (name := _tidy(match["name"], authority)):
                return name
    first = "; ".join(lines[:8])
    for match in _iter_matches(_MEETING_OF, _OF, first, first.lower()):
        if not _VERB.search(match["name"]) and (name := _tidy(match["name"], authority)):
            return name
    for line in lines[:12]:
        words = line.lower()
        found = _LINE.match(line.strip(" .:")) if any([word in words for word in _BODY_WORDS]) else None
        if found and not _VERB.search(found["name"]) and (name := _tidy(found["name"], authority)):
            return name
    return None


def _iter_marks(
    sign: re.Pattern[str], mark: re.Pattern[str], texts: tuple[str, str], lines: Sequence[str]
) -> Iterator[re.Match[str]]:
    """Find a mark in the text or, where it begins a line, in the lines; a day that it ends with follows its sign."""
    if mark.pattern[0] != "^":
        return _iter_matches(sign, mark, *texts)
    return filter(None, map(mark.search, filter(sign.search, lines) if mark.pattern.endswith(_DATE) else lines))


def _iter_matches(sign: re.Pattern[str], mark: re.Pattern[str], text: str, low: str) -> Iterator[re.Match[str]]:
    """Find a mark in a text where its sign, with which it begins, stands in the text in lower case."""
    if len(low) != len(text):
        yield from mark.finditer(text)
        return
    end = 0
    for found in sign.finditer(low):
        match = mark.match(text, found.start()) if found.start() >= end else None
        if match:
            end = match.end()
            yield match


def _tidy(name: str, authority: str | None) -> str | None:
    """Give a body's name in usual capitals, without the council's name before it; None where it is the council."""
    name = _settle_case(" ".join(name.split())).strip(" .,:;-\u2013")
    name = _ARTICLE.sub("", name)
    if authority:
        if name.lower() == authority.lower() or _council_words(name) == _council_words(authority):
            return None
        name = re.sub(rf"^{re.escape(authority)}(?:\u2019s|'s)?[\s,-]+(?:the\s+)?", "", name, flags=re.IGNORECASE)
    if len(name) > 120 or not _NAMES_BODY.search(name):
        return None
    if _ENDS_COUNCIL.search(name) and not (authority and _GENERIC.match(name)):
        return None
    if _GENERIC.match(name) and re.search(
        r"above|said|this|parish|community|ordinary|annual|special", name, re.IGNORECASE
    ):
        return None
    return name if re.match(r"[A-Z]", name) else None


def _council_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", name.lower())) - {"the", "of", "and", "on"}


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Give each line, and each with the next, as a name may be broken over two."""
    for first, second in zip(lines, [*lines[1:], ""], strict=False):
        if len(first) < 60 and second and _JOINING.search(first):
            yield f"{first} {second}"
        yield first


def _settle_case(text: str) -> str:
    """Turn words in capitals into usual ones, where most of the line is in capitals."""
    letters = sum(map(str.isalpha, text))
    if not letters or sum(map(str.isupper, text)) < 0.7 * letters:
        return text
    words = [
        word.capitalize() if word.isupper() and _VOWEL.search(word, 1) else word for word in _PARTS.split(text)
    ]
    return "".join(w.lower() if w.capitalize() in _SMALL and i else w for i, w in enumerate(words))
