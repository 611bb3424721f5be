"""Read the name of a member as minutes write it: titles, initials, honours, particles, either way round."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from minutes_miner.domain.namewords import (
    DOUBTFUL,
    HONOURS,
    MEMBER_TITLES,
    NO_NAME,
    PARTICLES,
    PARTIES,
    PLACES,
    POST_WORDS,
    SEXES,
    SUFFIXES,
    SURNAMES,
    TITLES,
)

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_QUOTED = re.compile(r"(?<!\w)['\"]\w+['\"](?!\w)")
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
_TOKEN = re.compile(r"[^\W\d_](?:[\w'-]*\w)?\.?")
_MEMBER = re.compile(rf"\b(?:{'|'.join(MEMBER_TITLES)})\b\.?", re.IGNORECASE)
_POST = re.compile(rf"\b(?:{'|'.join(POST_WORDS)})\b", re.IGNORECASE)
_CHAIR = re.compile(r"(?:chair(?:man|woman|person)?|mayor)\.?", re.IGNORECASE)
_LED = re.compile(rf"(?i:(?:the )?((?:vice[- ]|deputy )?(?:{'|'.join(POST_WORDS)})))\s+(?=[A-ZÀ-Þ][\w.'-]*\s[A-ZÀ-Þ])")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})
_LONGEST = 6
"""Words of a name; more are a misread line."""


@dataclass(frozen=True, slots=True, order=True)
class PersonName:
    """Hold what a name tells of a person, for comparing: without titles, capitals, accents and signs.

    Attributes:
        surname: in one piece, such as "desouza" or "smithjones".
        forenames: words, or letters where only initials are given; none where only the surname is.
        sex: "f" or "m" where a title tells it.
        suffix: "jr" or "sr".
    """

    surname: str
    forenames: tuple[str, ...] = ()
    sex: str = ""
    suffix: str = ""

    @property
    def fullness(self) -> tuple[int, int, str]:
        """How much the name tells: the fuller of two that fit each other is larger."""
        return (sum(map(len, self.forenames)), len(self.forenames), self.sex)

    def can_be(self, other: PersonName) -> bool:
        """Tell whether two names can be of one person: initials stand for words, and words for themselves alone."""
        if (self.surname, self.suffix) != (other.surname, other.suffix) or {self.sex, other.sex} == {"f", "m"}:
            return False
        return all(_is_short(*pair) for pair in zip(self.forenames, other.forenames, strict=False))


@dataclass(frozen=True, slots=True)
class Written:
    """Hold a name as it was read.

    Attributes:
        name: for comparing.
        shown: for reading, without titles and honours.
        is_member: whether a title such as "Councillor" says so.
        is_plural: whether the title announces more than one, as in "Councillors Ash, Birch and Cole".
        role: post, where it stands beside the name.
    """

    name: PersonName
    shown: str
    is_member: bool = False
    is_plural: bool = False
    role: str | None = None


def fold_name(text: str) -> str:
    """Give text without capitals and accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@lru_cache(maxsize=100_000)
def read_name(text: str, doubles: frozenset[str] = frozenset(), *, is_name: bool = False) -> Written | None:
    """Read one person's name.

    Args:
        text: as written, such as "Cllr Mrs J. Howson MBE", "Howson, J." or "the Leader (Councillor Howson)".
        doubles: surnames of two words that the authority's papers elsewhere join by a hyphen, as in
            :attr:`PersonName.surname`.
        is_name: whether its place says that it is a name, so that "Ward" and "Hall" are names too.

    Returns:
        The name; None where the words are no plain name of one person.
    """
    words = " ".join(unicodedata.normalize("NFC", text).translate(_SIGNS).split())
    core, notes = _part_brackets(re.sub(r"(?<=\w)- (?=[A-Z])", "-", words))
    if len(_MEMBER.findall(core)) > 1:
        return None
    core, role = _part_role(core)
    title = _MEMBER.search(core)
    is_plural = bool(title and re.search(r"s\b\.?$", title.group(), re.IGNORECASE) and title.group()[-1] != ".")
    found = _read_bare(_drop_post(core) if title else core, notes, doubles, is_name=is_name)
    if found is None:
        return None
    role = role or next((note for note in notes if _POST.search(note)), None) or _post_before(core)
    return replace(found, is_member=title is not None, is_plural=is_plural, role=role)


def read_code(text: str) -> str | None:
    """Give initials that stand for a person of the meeting, such as "AS", or None."""
    bare = text.strip(" .()")
    return bare if re.fullmatch(r"[A-Z]{2}[a-z]?|[A-Z][a-z]?[A-Z]|[A-Z]{3}", bare) else None


def codes_of(written: Written) -> set[str]:
    """Give the initials that can stand for a name."""
    capitals = re.findall(r"[A-ZÀ-Þ]", written.shown)
    return {"".join(capitals), "".join(capitals[:1] + capitals[-1:])}


def split_names(text: str) -> list[str]:
    """Part words that name several people, as in "Cllrs Ash and Birch" or "Cllr Ash and Cllr Birch"."""
    parts = [part for part in re.split(r"\s*(?:;|/|&|,?\s\band\b)\s+|(?<=[a-z]),\s+(?=Cllr|Councillor)", text) if part]
    titled = [bool(_MEMBER.search(part)) for part in parts]
    if len(parts) > 1 and all(titled):
        return parts
    plural = re.match(r"\s*((?:County |Borough |District )?(?:Cllrs|Councillors))\b", text)
    if plural and not any(titled[1:]):
        parts = [one for part in parts for one in re.split(r",\s+", part)]
        return [parts[0], *(f"{plural[1]} {part}" for part in parts[1:])]
    return [text]


def part_post(text: str) -> tuple[str, str]:
    """Part a post from the name behind it, as in "Secretary Greg Easton"; without a post all is name."""
    match = _LED.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def has_post(text: str) -> bool:
    """Tell whether words hold the name of a post."""
    return _POST.search(text) is not None


def _part_brackets(words: str) -> tuple[str, list[str]]:
    """Part a name from what stands in brackets; in "the Leader (Cllr Howson)" the name itself does."""
    notes = [note.strip() for note in _BRACKETS.findall(words) if note.strip()]
    core = " ".join(_QUOTED.sub(" ", _BRACKETS.sub(" ", words)).split())
    for note in notes:
        if _MEMBER.search(note) and not _MEMBER.search(core) and _POST.search(core):
            return note, [re.sub(r"^the ", "", core, flags=re.IGNORECASE)]
    return core, notes


def _part_role(core: str) -> tuple[str, str | None]:
    """Part a name from a post before or after it; turn "Howson, J." round."""
    name, dash, role = core.partition(" - ")
    if dash:
        return name, role
    parts = [part.strip() for part in core.split(",") if part.strip(" .")]
    if len(parts) < 2:
        return core, None
    if _POST.search(parts[0]) and _MEMBER.search(parts[-1]):
        return parts[-1], re.sub(r"^the ", "", parts[0], flags=re.IGNORECASE)
    if all(_is_honour(word) for word in parts[1].split()):
        return parts[0], None
    titles, rest = _part_titles(parts[1].split())
    if rest and not _POST.search(parts[1]) and (titles or _INITIALS.fullmatch(" ".join(rest)) or parts[0].isupper()):
        return " ".join((*titles, *rest, parts[0])), None
    return (parts[0], ", ".join(parts[1:])) if _POST.search(parts[1]) else (core, None)


def _drop_post(core: str) -> str:
    """Give a name from its member's title on, where only a post stands before: "Chairman Cllr Howson"."""
    title = _MEMBER.search(core)
    before = core[: title.start()].strip() if title else ""
    return core[title.start() :] if title and before and _POST.search(before) else core


def _post_before(core: str) -> str | None:
    title = _MEMBER.search(core)
    before = core[: title.start()].strip(" ,") if title else ""
    return re.sub(r"^the ", "", before, flags=re.IGNORECASE) if _POST.search(before) else None


def _part_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Part the titles at the beginning from the rest."""
    count = 0
    while count < len(words) and fold_name(words[count]).strip(".") in TITLES:
        count += 1
    return words[:count], words[count:]


def _is_honour(word: str) -> bool:
    return word.replace(".", "").strip(",").upper() in HONOURS and not word.islower()


def _read_bare(core: str, notes: list[str], doubles: frozenset[str], *, is_name: bool) -> Written | None:
    """Read a name that has only titles before it and honours behind it."""
    spaced = re.sub(r"\b([A-ZÀ-Þ])\.(?=[A-ZÀ-Þ])", r"\1. ", core.strip(" .,;:"))
    titles, words = _part_titles(spaced.replace(",", " ").split())
    if not words and len(titles) > (not is_name) and fold_name(titles[-1]).strip(".") in DOUBTFUL:
        titles, words = titles[:-1], titles[-1:]
    while len(words) > 1 and (_is_honour(words[-1]) or _CHAIR.fullmatch(words[-1])):
        words = words[:-1]
    suffix = "" if len(words) < 2 or words[-1] == "JR" else SUFFIXES.get(fold_name(words[-1]).strip("."), "")
    words = _part_initials(words[:-1] if suffix else words)
    if not words or not _is_plausible(words, is_name=is_name or any(fold_name(one) not in PLACES for one in titles)):
        return None
    start = _surname_start(words, doubles)
    surname = _join(words[start:])
    forenames = [word.strip(".") for word in words[:start]]
    forenames = forenames or _bracketed(notes)
    if len(surname) < 2:
        return None
    sex = next((SEXES[key] for word in titles if (key := fold_name(word).strip(".")) in SEXES), "")
    shown = " ".join((*forenames, *(word.strip(".") for word in words[start:]), *((suffix.title(),) if suffix else ())))
    return Written(PersonName(surname, tuple(map(_join, [[one] for one in forenames])), sex, suffix), shown)


def _part_initials(words: list[str]) -> list[str]:
    """Part initials that stand together, as in "JR Howson", and put those behind a surname before it."""
    if len(words) < 2:
        return words
    is_loud = all(word.isupper() for word in words)
    letters = [
        len(bare) == 1 or (not is_loud and len(bare) <= 3 and bare.isupper() and place in {0, 1, len(words) - 1})
        for place, bare in enumerate(word.replace(".", "").replace("-", "") for word in words)
    ]
    parted = [
        list(word.replace(".", "").replace("-", "")) if is_short else [word]
        for word, is_short in zip(words, letters, strict=True)
    ]
    if not any(letters[:-1]) and letters[-1] and len(words[-1].strip(".")) <= 2:
        parted = [*parted[-1:], *parted[:-1]]
    elif letters[1:] and all(letters[1:]) and not letters[0]:
        parted = [*parted[1:], *parted[:1]]
    return [word for some in parted for word in some]


def _is_plausible(words: list[str], *, is_name: bool) -> bool:
    """Tell whether each word can be one of a name."""
    if len(words) > _LONGEST or _MEMBER.search(" ".join(words)):
        return False
    for word in words:
        folded = fold_name(word).strip(".")
        if folded in NO_NAME or not _TOKEN.fullmatch(word) or (word[0].islower() and folded not in PARTICLES):
            return False
        if folded in SURNAMES and not is_name and len(words) < 2:
            return False
    inner = [word for word in words[:-1] if len(word) > 1 and word.isupper()]
    return not inner or all(word.isupper() for word in words)


def _surname_start(words: list[str], doubles: frozenset[str]) -> int:
    """Find where the surname begins: its particles belong to it."""
    start = len(words) - 1
    if start > 0 and _join(words[start - 1 :]) in doubles:
        start -= 1
    while start > 0:
        word = words[start - 1]
        folded = fold_name(word)
        is_forename = start == 1 and folded in {"al", "ben", "van", "la", "el", "san"} and word[0].isupper()
        if folded not in PARTICLES or is_forename or word in {"O", "Y"}:
            break
        start -= 1
    return start


def _bracketed(notes: list[str]) -> list[str]:
    """Give the initials that stand behind a surname in brackets, as in "Sheahan (J)"; parties are none."""
    for note in notes:
        if _INITIALS.fullmatch(note) and note.upper() not in PARTIES and len(note.replace(".", "")) <= 3:
            return re.findall("[A-Z]", note)
    return []


def _join(words: list[str]) -> str:
    return re.sub(r"[^\w]", "", fold_name("".join(words)))


def _is_short(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
