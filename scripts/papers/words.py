"""Draw sentences, titles, names and sums: the corpus's own invented minutes give the wording."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

from marked_text import read_header, read_marked

COUNCILS = Path(__file__).resolve().parents[2] / "corpus" / "councils"

_NUMBERED = re.compile(r"(?:item|agenda|minute)s?\b|\S*\d|[A-Za-z]\b|(?:ayes|noes|for|against)\b", re.IGNORECASE)
_NAME = re.compile(r"(?:Councillor|Cllr|Mr|Mrs|Ms|Dr) ([A-Z][a-z]+ [A-Z][a-z]+(?:-[A-Z][a-z]+)?)\b")
_TITLE = re.compile(r"^(?:#+ )?\*{0,2}(?:Item )?[\d.:/]+\s+([A-Z][\w’,&() –-]{6,60}\w)\*{0,2}$", re.MULTILINE)
_SYLLABLE = re.compile(
    r"(?<=[a-z]{2}[aeiou][bcdfghklmnprst])(?=[bcdfghklmnprst][aeiouy][a-z]{2})|(?<=[a-z]{2}[aeiou])(?=ti[ao]n)"
)
_NO_NAMES = {"That", "The", "And", "For", "Chair", "Vice", "Report"}
_TRADES = ("Grounds Care", "Lamps", "Joinery", "Print", "Roofing", "Skip Hire", "Water Testing", "Signs", "Play Safety")


class Words:
    """Draw words from one seeded source; no sentence is drawn twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._sentences = list(read_sentences())
        rng.shuffle(self._sentences)

    def sentence(self) -> str:
        """Give a sentence that this source has not given before."""
        return self._sentences.pop()

    def paragraph(self, fewest: int, most: int) -> str:
        """Give some sentences."""
        return " ".join(self.sentence() for _ in range(self.rng.randint(fewest, most)))

    def title(self) -> str:
        """Give an item's title."""
        return self.rng.choice(read_titles())

    def name(self) -> str:
        """Give a person's name."""
        return self.rng.choice(read_names())

    def initials(self) -> str:
        """Give a person's initials."""
        return "".join(part[0] for part in re.split(r"[ -]", self.name()))

    def owner(self) -> str:
        """Give what stands in an Action column."""
        post = self.rng.choice(("Clerk", "Chair", "All", "Treasurer"))
        forms = (
            self.initials(), self.initials(), f"{self.initials()}/{self.initials()}", post, f"Clerk/{self.initials()}",
            f"Cllr {self.name().split()[-1]}", self.name(),
        )  # fmt: skip
        return self.rng.choice(forms)

    def firm(self) -> str:
        """Give a payee."""
        return f"{self.name().split()[-1]} {self.rng.choice(_TRADES)}{self.rng.choice((' Ltd', '', ' & Co'))}"

    def pence(self) -> int:
        """Give a sum in pence."""
        return int(10 ** self.rng.uniform(2.5, 6.5))

    def phrase(self, fewest: int, most: int) -> str:
        """Give the opening words of a sentence."""
        words = self.sentence().rstrip(".").split()[: self.rng.randint(fewest, most)]
        return re.sub(r"[^\w)]+$", "", " ".join(words))


def syllabify(text: str, shy: str) -> str:
    """Put soft hyphens where long words may be parted."""
    return re.sub(r"[A-Za-z]{7,}", lambda word: _SYLLABLE.sub(shy, word[0]), text)


@cache
def _read_bare() -> tuple[str, ...]:
    paths = [path for path in sorted(COUNCILS.glob("*/*")) if path.suffix in {".txt", ".md"}]
    return tuple(read_marked(read_header(path.read_text(encoding="utf-8"))[1])[0] for path in paths)


@cache
def read_sentences() -> tuple[str, ...]:
    """Collect the plain sentences of the corpus's councils, each once."""
    found: dict[str, None] = {}
    for text in _read_bare():
        for paragraph in re.split(r"\n+", text):
            for sentence in re.split(r"(?<=[a-z0-9)]{2}\.) (?=[A-Z])", paragraph.strip()):
                if _is_plain(sentence):
                    found[sentence] = None
    return tuple(found)


@cache
def read_titles() -> tuple[str, ...]:
    """Collect the titles of items, in their own capitals."""
    titles = {title for text in _read_bare() for title in _TITLE.findall(text) if _is_latin(title)}
    return tuple(sorted(titles))


@cache
def read_names() -> tuple[str, ...]:
    """Collect the names of people."""
    return tuple(sorted({n for text in _read_bare() for n in _NAME.findall(text) if n.split()[-1] not in _NO_NAMES}))


def _is_plain(sentence: str) -> bool:
    words = sentence.split()
    return (
        6 <= len(words) <= 45
        and sentence[0].isupper()
        and sentence[-1] == "."
        and not any(sign in sentence for sign in "*|\t_#<>:…")
        and not any(_NUMBERED.match(word) for word in words[:2])
        and not re.search(r"  | \d+\. ", sentence)
        and _is_latin(sentence)
    )


def _is_latin(text: str) -> bool:
    """Tell whether the standard fonts can print it."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return "\u00ad" not in text and "\u00a0" not in text
