"""Compose papers: for each layout the content, the dress and the furniture, settled by a seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from papers.boards import compose_board
from papers.content import SHY, Board, Dress, Furniture, Paper, Part, Passage
from papers.words import Words, syllabify

_SCHEMES = (
    ("{n}.", "({a})", "({i})"), ("{n})", "{a})", "{i})"), ("({n})", "({a})", "({i})"), ("({a})", "({i})", "({A})"),
    ("{a}.", "{i}.", "•"),
)  # fmt: skip
_FIGURES = (
    "{page}", "Page {page}", "Page {page} of {pages}", "- {page} -", "{page} / {pages}", "{page}|Page", "Page | {page}",
)  # fmt: skip
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


def compose(layout: str, number: int, seed: int) -> Paper:
    """Compose a paper.

    Args:
        layout: one of ``LAYOUTS``.
        number: of the paper within its layout.
        seed: of the run; layout, number and seed settle every word and measure.
    """
    rng = random.Random(f"{seed}/{layout}/{number}")
    words = Words(rng)
    body, settings = LAYOUTS[layout]
    dress = replace(_dress(rng), **settings(rng))
    parts = tuple(body(words))
    if any(isinstance(part, Board) for part in parts):
        size = min(dress.size, 10)
        dress = replace(dress, columns=1, size=size, leading=dress.leading * size / dress.size, side=50)
    if layout == "hyphens":
        parts = tuple(_hyphenate(part) for part in parts)
    council = f"{words.name().split()[-1]} {rng.choice(('Parish', 'Town', 'District', 'Borough'))} Council"
    met = date(2018, 1, 8) + timedelta(days=rng.randint(0, 2500))
    title = (council.upper(), f"Minutes of the meeting held on {met:%A} {met.day} {met:%B %Y} in the Village Hall")
    furniture = _furnish(rng, council, f"{met.day} {met:%B %Y}", words, plain=layout not in ("furniture", "over pages"))
    return Paper(layout, number, title, parts, dress, furniture)


def _dress(rng: random.Random) -> Dress:
    size = rng.choice((9.5, 10, 11, 11, 12))
    leading = size * rng.choice((1.15, 1.2, 1.25, 1.35, 1.5))
    return Dress(
        font=rng.choice(("serif", "sans", "open")),
        size=size,
        leading=leading,
        gap=leading * rng.choice((0.4, 0.5, 0.8, 1.0)),
        justified=rng.random() < 0.35,
        side=rng.choice((50, 57, 64, 72)),
    )


def _furnish(rng: random.Random, council: str, day: str, words: Words, *, plain: bool) -> Furniture:
    """Choose the furniture: mostly a page number on plain papers, more on others."""
    figure = rng.choice(_FIGURES)
    if plain:
        return Furniture(foot=(rng.choice((("", figure, ""), ("", "", figure))),), opens=rng.random() < 0.9)
    heads = (
        ((council, "", day),),
        (("", f"{council} – Minutes", ""),),
        (("", council, ""), ("", f"Minutes of {day}", "")),
        (("", "", f"Minute Book {rng.randint(20, 400)}"),),
        ((council, "", "Page {page}"), (f"Meeting of {day}", "", "")),
        (),
    )
    signed = ("Signed ........................", "", "Date ................")
    feet = (
        (("", figure, ""),),
        ((f"Minutes {day}", "", figure),),
        (("", f"Clerk: {words.name()}, The Old Forge, tel. 01632 {rng.randint(960000, 960999)}", ""), ("", figure, "")),
        (signed, ("", figure, "")),
        (("Initials ______", "", figure),),
        (("DRAFT – subject to approval", figure, council),),
    )
    return Furniture(
        rng.choice(heads), rng.choice(feet), mirrored=rng.random() < 0.25, opens=rng.random() < 0.7,
        roman=rng.random() < 0.1,
    )  # fmt: skip


def _headings(words: Words, fewest: int, most: int) -> Iterator[Passage]:
    first = words.rng.choice((1, 1, words.rng.randint(2, 200)))
    form = words.rng.choice(("{}.", "{}.", "{}/24", "{}", ""))
    upper = words.rng.random() < 0.4
    for number in range(first, first + words.rng.randint(fewest, most)):
        title = words.title()
        yield Passage(title.upper() if upper else title, "heading", form.format(number))


def _prose(words: Words) -> Iterator[Part]:
    for heading in _headings(words, 7, 14):
        yield heading
        for _ in range(words.rng.randint(1, 4)):
            yield Passage(words.paragraph(1, 5))


def _owned(words: Words) -> Iterator[Part]:
    for heading in _headings(words, 7, 14):
        yield heading
        for _ in range(words.rng.randint(1, 4)):
            yield Passage(words.paragraph(1, 4), owners=words.owner() if words.rng.random() < 0.45 else "")


def _clauses(words: Words) -> Iterator[Part]:
    scheme = words.rng.choice(_SCHEMES)
    for heading in _headings(words, 4, 7):
        yield heading
        yield Passage(f"{words.sentence()[:-1]}, and it was resolved that:")
        for n in range(1, words.rng.randint(2, 4) + 1):
            yield _clause(words, scheme, n, 0)
            for a in range(1, words.rng.choice((0, 2, 3)) + 1):
                yield _clause(words, scheme, a, 1)
                for i in range(1, words.rng.choice((0, 0, 2, 3)) + 1):
                    yield _clause(words, scheme, i, 2)


def _clause(words: Words, scheme: tuple[str, ...], value: int, depth: int) -> Passage:
    letter = "abcdefgh"[value - 1]
    number = scheme[depth].format(n=value, a=letter, i=_ROMAN[value - 1], A=letter.upper())
    return Passage(words.paragraph(1, 2), "clause", number, depth)


def _tables(rules: str) -> Callable[[Words], Iterator[Part]]:
    def body(words: Words) -> Iterator[Part]:
        for heading in _headings(words, 4, 6):
            yield heading
            yield Passage(words.paragraph(1, 3))
            yield compose_board(words, rules, 3, 12)
            if words.rng.random() < 0.6:
                yield Passage(words.paragraph(1, 2))

    return body


def _long(words: Words) -> Iterator[Part]:
    for heading in _headings(words, 3, 5):
        yield heading
        for _ in range(words.rng.randint(1, 3)):
            yield Passage(words.paragraph(6, 14))
        yield compose_board(words, words.rng.choice(("full", "full", "level")), 15, 45)


def _mixed(words: Words) -> Iterator[Part]:
    yield from words.rng.choice((_prose, _clauses, _tables("full")))(words)


def _hyphenate(part: Part) -> Part:
    if isinstance(part, Board) or part.role == "heading":
        return part
    return replace(part, text=syllabify(part.text, SHY))


_NARROW: dict[str, object] = {"size": 9.5, "leading": 11.5}
Settings = Callable[[random.Random], dict[str, object]]

LAYOUTS: dict[str, tuple[Callable[[Words], Iterator[Part]], Settings]] = {
    "one column": (_prose, lambda rng: {}),
    "two columns": (_prose, lambda rng: {**_NARROW, "columns": 2, "gap": rng.choice((4, 6)), "side": 50}),
    "action column": (
        _owned,
        lambda rng: {
            "margin": "open", "note_level": rng.choice(("first", "last")),
            "margin_header": rng.choice(("Action", "ACTION", "Action by", "")),
        },
    ),
    "action grid": (
        _owned,
        lambda rng: {
            "margin": "grid", "note_level": rng.choice(("first", "last")),
            "margin_header": rng.choice(("Action", "ACTION", "Owner")),
        },
    ),
    "furniture": (_prose, lambda rng: {}),
    "hyphens": (
        _prose,
        lambda rng: {**_NARROW, "justified": True, "hyphen": rng.choice(("-", SHY)), "columns": rng.choice((1, 2))},
    ),
    "clauses": (_clauses, lambda rng: {}),
    "ruled tables": (_tables("full"), lambda rng: {}),
    "half-ruled tables": (_tables("level"), lambda rng: {}),
    "unruled tables": (_tables("none"), lambda rng: {}),
    "over pages": (_long, lambda rng: {}),
    "scrambled": (_mixed, lambda rng: {**_NARROW, "scrambled": True, "columns": rng.choice((1, 2))}),
}  # fmt: skip
"""What papers of each layout hold, and how they differ from the usual dress."""
