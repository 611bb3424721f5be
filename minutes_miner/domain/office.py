"""Read the name of a post or a body, so that only what differs in case, punctuation and articles is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutes_miner.domain.namewords import POST_WORDS
from minutes_miner.domain.personname import fold_name, has_post
from minutes_miner.domain.vocabulary import PartyKind

_POST = re.compile(rf"\b(?:{'|'.join(POST_WORDS)}|chief \w+|s151|section 151)\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:committee|sub-?committee|council|cabinet|board|panel|group|forum|working party|executive|authority"
    r"|commission|partnership|trust|department|directorate|team|services?|spc)$",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    r"(?:vice[- ]?|deputy )?(?:chair(?:man|woman|person)?|conven[oe]r|president|cathaoirleach|secretary|treasurer)",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"\b(?:the|our|an|a)\b")
_BARE_BODIES = frozenset(
    "committee sub committee subcommittee council board panel group forum working party executive authority commission "
    "partnership trust department team service services meeting full council".split()
)
_NOBODY = frozenset("officers officer members member councillors all staff volunteers chairs holder".split())


@dataclass(frozen=True, slots=True)
class Office:
    """Hold a post or a body: ``key`` for comparing, ``shown`` for reading.

    ``is_certain`` is false for the chair of a body that is not told.
    """

    kind: PartyKind
    key: str
    shown: str
    is_certain: bool = True


@lru_cache(maxsize=50_000)
def read_offices(text: str, body: str | None = None) -> tuple[Office, ...]:
    """Read posts and bodies.

    Args:
        text: as written, such as "the Director of Finance & Resources (S151)" or "Head of Legal and Head of Planning".
        body: that met; "the Chair" is its chair, and "the Committee" is that committee.

    Returns:
        Those that the words name; none where they name neither, or only "officers" or "members".
    """
    words = " ".join(text.split()).strip(" .,;:")
    if len(words) > 120:
        return ()
    parts = [part for part in re.split(r"\s*(?:/|;|&|\band\b)\s*", words, flags=re.IGNORECASE) if part]
    if len(parts) > 1 and all(has_post(re.sub(r"\(.*\)?", "", part)) for part in parts):
        return tuple(office for part in parts for office in read_offices(part, body))
    found = _read_one(words, body)
    return (found,) if found else ()


def read_body(text: str) -> Office:
    """Read a body whose name is known to be one."""
    return Office(PartyKind.BODY, _key(text), _shown(text))


def _read_one(words: str, body: str | None) -> Office | None:
    key = _key(words)
    if not key or set(key.split()) <= _NOBODY or re.match(r"\d", key):
        return None
    if _BODY.search(words) and not _POST.search(words):
        if set(key.split()) - _BARE_BODIES:
            return Office(PartyKind.BODY, key, _shown(words))
        return read_body(body) if body and _key(body).endswith(key) else None
    if not _POST.search(words) or re.search(r"\b(?:officers|directors|managers|heads|chairs|leaders)\b", key):
        return None
    if not _OF_BODY.fullmatch(_shown(words)):
        return Office(PartyKind.POST, key, _shown(words))
    if body is None:
        return Office(PartyKind.POST, key, _shown(words), is_certain=False)
    return Office(PartyKind.POST, f"{key} | {_key(body)}", f"{_shown(words)}, {_shown(body)}")


def _key(words: str) -> str:
    folded = _ARTICLES.sub(" ", fold_name(words).replace("&", " and ").replace("'", "").replace("’", ""))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in folded).split())


def _shown(words: str) -> str:
    bare = re.sub(r"^(?:the|our|an|a)\s+", "", " ".join(words.split()).strip(" .,;:"), flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]
