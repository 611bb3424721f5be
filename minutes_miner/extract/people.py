"""Read attendance and declarations of interest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_miner.domain.record import Attendance, Interest
from minutes_miner.domain.vocabulary import Presence
from minutes_miner.extract.context import Context

_TITLE = r"(?:Cllrs?|Councillors?|Cmhlr|Mr|Mrs|Ms|Miss|Dr|Sir|Rev(?:d|erend)?|Prof(?:essor)?|Alderman)\b\.?"
_NAME = r"(?:[A-Z]\.?\s?){0,3}(?:[A-ZÀ-Þ][\w'’-]+|de|van|Mc[A-Z]\w+)(?:\s(?:[A-ZÀ-Þ][\w'’-]+|de|van|[A-Z]))*"
_DECLARED = re.compile(
    rf"(?P<person>(?:{_TITLE}\s)?{_NAME}(?:(?:,|\s&|\sand)\s(?:{_TITLE}\s)?{_NAME})*)\s+(?:had\s+|also\s+|each\s+|both\s+)*(?:declared|disclosed)\b[^.]*",
)
_WITHDREW = re.compile(
    r"\b(?:withdrew|left the (?:meeting|room|chamber)|refrained from|took no part|did not (?:vote|take part|participate)|leave the (?:meeting|room))\b",
    re.I,
)
_STAYED = re.compile(r"\b(?:remained in the (?:meeting|room)|took part|spoke and voted)\b", re.I)
_LISTS = re.compile(
    r"(?P<head>\b(?:members\s+|councillors\s+|also\s+|officers\s+|officials\s+)?(?:present|in attendance|attendance|apologies(?: for absence)?(?: were received from)?|absent)\b"
    r"(?:\s+in the chair)?)\s*(?:[:–-]|from|\n)\s*(?P<body>[^\n]*(?:\n(?!\s*\n)[^\n:]{3,120}(?=\n|$)){0,16})",
    re.IGNORECASE,
)
_PERSON = re.compile(
    rf"^(?:and\s+)?(?P<name>(?:{_TITLE}\s?)?{_NAME}|[A-Z][a-z]+\s[A-Z][\w'’-]+)\s*(?P<role>\([^)]{{2,60}}\)|\[[^\]]{{2,40}}\])?"
)
_NOT_A_PERSON = re.compile(
    r"^(?:the|members?|none|no|apologies|councillors?|public|officers?|in|also|minutes|meeting|parish|community|council|item|action|monday|tuesday|wednesday|thursday|friday)\b(?!\s[A-Z])",
    re.I,
)


def find_interests(context: Context) -> tuple[Interest, ...]:
    """Find declarations of interest: who, the words, and whether the person withdrew.

    Args:
        context: the document.

    Returns:
        One record a declaration; repeated ones once.
    """
    found: dict[str, Interest] = {}
    for match in _DECLARED.finditer(context.text):
        words = match.group()
        if "interest" not in words.lower():
            continue
        after = context.text[match.start() : match.end() + 200]
        withdrew = True if _WITHDREW.search(after) else False if _STAYED.search(after) else None
        person = " ".join(match["person"].split())
        known = found.get(person)
        if known is None or (known.withdrew is None and withdrew is not None):
            found[person] = Interest(person, context.evidence(match.start(), match.end()), withdrew)
    return tuple(found.values())


def find_attendance(context: Context) -> tuple[Attendance, ...]:
    """Find who was there and who sent apologies, from the lists at the head of the document.

    Args:
        context: the document.

    Returns:
        One record a name, as written.
    """
    found: dict[tuple[str, Presence], Attendance] = {}
    for match in _LISTS.finditer(context.text, 0, min(len(context.text), 12_000)):
        head = match["head"].lower()
        status = Presence.APOLOGIES if "apolog" in head else Presence.ABSENT if "absent" in head else Presence.PRESENT
        for start, end in _parts(match["body"]):
            record = _attendance(context, match.start("body") + start, match.start("body") + end, status)
            if record:
                found.setdefault((record.person, status), record)
    return tuple(found.values())


def _parts(body: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for stop in re.finditer(r"[,;\n]|\s&\s|\sand\s|\.\s|$", body):
        if stop.start() > begin:
            yield begin, stop.start()
        begin = stop.end()


def _attendance(context: Context, start: int, end: int, status: Presence) -> Attendance | None:
    words = context.text[start:end]
    start += len(words) - len(words.lstrip())
    match = _PERSON.match(context.text[start:end])
    if match is None or _NOT_A_PERSON.match(match["name"]) or len(match["name"]) < 4:
        return None
    role = match["role"].strip("()[] ") if match["role"] else None
    return Attendance(" ".join(match["name"].split()), role, status, context.evidence(start, start + match.end()))
