"""Read attendance and declarations of interest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes_miner.domain.record import Attendance, Interest
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole, Presence
from minutes_miner.extract.context import Context

_TITLE = (
    r"(?:(?:County |District |Borough )?(?:Cllrs?|Councillors?|Cmhlr|Mr|Mrs|Ms|Miss|Dr|Sir|Rev|Revd|Prof|Alderman)\b"
    r"\.?\s*)"
)
_WORD = r"(?:[A-ZÀ-Þ][\w'’-]*\.?|de|van|von|ap|Ó)"
_PERSON = re.compile(
    rf"(?:and\s+)?(?P<name>{_TITLE}{{0,2}}{_WORD}(?:\s{_WORD}){{0,4}})\s*"
    r"(?P<role>\([^)]{2,60}\)|\[[^\]]{2,40}\]|[-–—]\s[^,;\n]{3,60})?"
)
_DECLARED = re.compile(r"d(?<!\wd)(?:eclared|isclosed)\b[^.\n]{0,300}?\binterests?\b[^.]{0,300}")
"""Its first letter stands before the edge of the word: a letter is the sooner found."""
_WHO = re.compile(
    rf"{_TITLE}{{0,2}}{_WORD}(?:(?:,\s|\s&\s|\sand\s|\s){_TITLE}{{0,1}}{_WORD}){{0,12}}\s*"
    r"(?:(?:had|also|each|both|then)\s*)*$"
)
_WITHDREW = re.compile(
    r"\b(?:withdrew|took no part|refrained from|(?:left|leave|leaving) the (?:meeting|room|chamber)"
    r"|did not (?:vote|take part|participate))\b",
    re.IGNORECASE,
)
_STAYED = re.compile(r"\b(?:remained in the (?:meeting|room)|took part|spoke and voted)\b", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:(?:members|councillors|also|officers|officials|others|those)\s+)?"
    r"(?P<status>present|in attendance|attendance|sederunt|apologies|absent)\b(?:\s+(?:in the chair|for absence))?"
    r"(?:\s+(?:were|was|had been)\s+(?:received|given|accepted))?(?:\s+(?:from|for))?\s*(?:[:–-]|$)?\s*",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"(?:the|members?|none|no|there|apologies|public|officers?|in|also|minutes|meeting|parish|community|town|county"
    r"|council|item|action|mon|tues|wednes|thurs|fri|satur|sun|village|hall|room|resolved|agreed|chair)(?:day)?\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[a-zà-ÿ]{3})\.$")
"""The full stop after the last name of a sentence, which no initial has."""
_LIST_BLOCKS = 40
"""Blocks after the heading of a list of names that may belong to it."""


def find_interests(context: Context) -> tuple[Interest, ...]:
    """Find declarations of interest: who, the words, and whether the person withdrew.

    Args:
        context: the document.

    Returns:
        One record a person; a repeated declaration once, with what any of them tells of withdrawal.
    """
    found: dict[str, Interest] = {}
    for match in _DECLARED.finditer(context.text):
        before = context.text[max(0, match.start() - 160) : match.start()]
        who = _WHO.search(re.split(r"[.;:\n]\s", before)[-1])
        if who is None:
            continue
        person = re.sub(r"\s+(?:had|also|each|both|then)(?=\s|$)", "", " ".join(who.group().split()))
        start = match.start() - (len(before) - before.rfind(who.group().strip()[:12]))
        after = context.text[match.start() : match.end() + 200]
        withdrew = True if _WITHDREW.search(after) else False if _STAYED.search(after) else None
        known = found.get(person)
        if known is None or (known.withdrew is None and withdrew is not None):
            found[person] = Interest(person, context.evidence(start, match.end()), withdrew)
    return tuple(found.values())


def find_attendance(context: Context) -> tuple[Attendance, ...]:
    """Find who was there and who sent apologies, from lists of names under their headings.

    Args:
        context: the document.

    Returns:
        One record a name, as written.
    """
    found: dict[tuple[str, Presence], Attendance] = {}
    blocks = context.document.blocks
    for index, block in enumerate(blocks):
        head = _HEAD.match(context.text, block.body, block.end)
        if head is None or (head.end() < block.end and context.text[head.end() - 1] not in ":–- \n"):
            continue
        status = _status(head["status"])
        for start, end in _iter_lists(context, head.end(), block, blocks[index + 1 : index + 1 + _LIST_BLOCKS]):
            for record in _iter_names(context, start, end, status):
                found.setdefault((record.person, status), record)
    return tuple(found.values())


def _status(words: str) -> Presence:
    return {"apologies": Presence.APOLOGIES, "absent": Presence.ABSENT}.get(words.lower(), Presence.PRESENT)


def _iter_lists(context: Context, start: int, block: Block, after: tuple[Block, ...]) -> Iterator[tuple[int, int]]:
    """Give the words after a heading such as "Present:", in its own block or in those that follow."""
    if start < block.end:
        yield start, block.end
        return
    for other in after:
        words = context.text[other.body : other.end]
        if (other.number and other.role is BlockRole.HEADING) or _HEAD.match(words) or len(words) > 1500:
            return
        if not _PERSON.match(words) or (len(words) > 90 and "," not in words and "\n" not in words):
            return
        yield other.body, other.end


def _iter_names(context: Context, start: int, end: int, status: Presence) -> Iterator[Attendance]:
    begin = start
    for stop in re.finditer(r"[,;\n]|\s&\s|\sand\s|\.\s|\s{3,}|$", context.text[start:end]):
        if start + stop.start() > begin:
            record = _attendance(context, begin, start + stop.start(), status)
            if record:
                yield record
        begin = start + stop.end()


def _attendance(context: Context, start: int, end: int, status: Presence) -> Attendance | None:
    words = context.text[start:end]
    start += len(words) - len(words.lstrip())
    match = _PERSON.match(context.text, start, end)
    if match is None or _NO_PERSON.match(match["name"]) or len(match["name"]) < 4:
        return None
    role = match["role"].strip("()[]–—- ") if match["role"] else None
    name = _STOP.sub("", " ".join(match["name"].split()))
    return Attendance(name, role, status, context.evidence(start, match.end()))
