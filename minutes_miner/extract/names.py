"""Read a party as written into name and role."""

from __future__ import annotations

import re

from minutes_miner.domain.record import Party

_TITLE = re.compile(
    r"^(?:(?:the|county|district|borough|ward|parish|town)\s+)*"
    r"(?:cllrs?|councillors?|cmhlr|mr|mrs|ms|miss|dr|sir|rev(?:d|erend)?|prof(?:essor)?|alderman|ald)\b\.?\s+(?=\S)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:clerk|chair\w*|convener|secretary|treasurer|officers?|manager|director|head|leader|mayor|provost|warden"
    r"|members?|councillors?|cllrs|committee|group|staff|volunteers|council|executive|solicitor|auditor|holder"
    r"|engineer|co-?ordinator|administrator|all|rfo|team|board|panel|department)\b",
    re.IGNORECASE,
)


def drop_title(words: str) -> str:
    """Give a name without the title before it."""
    return _TITLE.sub("", words)


def read_party(words: str) -> Party:
    """Read a party; what is neither plainly a name nor plainly a role is left unresolved.

    Args:
        words: as written, such as "Cllr J. Howson", "the Clerk" or "NO".

    Returns:
        The words with name or role where they are plain.
    """
    text = " ".join(words.split())
    name = drop_title(text)
    if name != text:
        return Party(text, name=name)
    if _ROLE.search(text):
        return Party(text, role=re.sub(r"^(?:the|our|an?)\s+", "", text, flags=re.IGNORECASE))
    if re.fullmatch(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’.-]*){1,3}", text):
        return Party(text, name=text)
    return Party(text)
