"""Write minutes from a grammar, with known truth: seeded, in several layouts and formats.

usage: python scripts/generate.py FOLDER [--documents N] [--seed S] [--pdf SHARE] [--docx SHARE] [--gold FILE]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import grammar
from marked_text import build_gold, read_marked


class Draft:
    """Fill templates for one document: the same seed gives the same words."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(seed)
        self.met = date(2015, 1, 5) + timedelta(days=self.rng.randrange(3650))
        self.council = f"{self.rng.choice(grammar.COUNCILS)} Council"
        self.committee = self.rng.choice(grammar.COMMITTEES)
        self._numbers = {"D": 0, "A": 0}

    def fill(self, template: str, topic: str = "") -> str:
        """Replace the slots of a template by words, and number its decisions and actions."""
        words = re.sub(r"\{(\w+)\}", lambda slot: self._word(slot[1], topic), template)
        return re.sub(r"⟦([DA])(?=[ |])", self._number, words)

    def remarks(self, topic: str) -> str:
        """Give a paragraph or two of discussion, in which nothing is decided."""
        chosen = self.rng.sample(grammar.REMARKS, self.rng.randint(3, 6))
        return " ".join(self.fill(remark, topic) for remark in chosen)

    def topics(self, fewest: int, most: int) -> list[str]:
        """Choose the subjects of the meeting's items."""
        return self.rng.sample(grammar.TOPICS, self.rng.randint(fewest, most))

    def clauses(self, topic: str, most: int) -> list[str]:
        """Give operative clauses without the word "that"."""
        return [self.fill(c, topic) for c in self.rng.sample(grammar.THAT_CLAUSES, self.rng.randint(1, most))]

    def opening(self) -> str:
        """Say which body met, when."""
        day = mark_day(self.met, self.rng.choice(_DAY_FORMS))
        return f"Minutes of the meeting of the {self.committee} held on {day}"

    def _number(self, match: re.Match[str]) -> str:
        self._numbers[match[1]] += 1
        return f"⟦{match[1].lower()}{self._numbers[match[1]]}"

    def _word(self, slot: str, topic: str) -> str:
        lists = {
            "person": grammar.NAMES,
            "post": grammar.POSTS,
            "body": grammar.BODIES,
            "group": grammar.GROUPS,
        }
        if slot == "topic":
            return topic
        if slot in lists:
            return self.rng.choice(lists[slot])
        return _MARKED[slot](self.rng, self.met)


_DAY_FORMS = ("{d} {month} {y}", "{d}{th} {month} {y}", "{weekday} {d} {month} {y}", "{d:02}/{m:02}/{y}")


def mark_day(day: date, form: str) -> str:
    """Write a day, marked."""
    ends = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    words = form.format(
        d=day.day, m=day.month, y=day.year, month=f"{day:%B}", weekday=f"{day:%A}", th=ends.get(day.day, "th")
    )
    return f"⟦{day}|{words}⟧"


def _day(rng: random.Random, met: date) -> str:
    return mark_day(met + timedelta(days=rng.randint(-300, 300)), rng.choice(_DAY_FORMS))


def _month(rng: random.Random, met: date) -> str:
    day = met + timedelta(days=rng.randint(-200, 200))
    return f"⟦{day:%Y-%m}|{day:%B %Y}⟧"


def _year(rng: random.Random, met: date) -> str:
    year = met.year + rng.randint(-2, 1)
    words = rng.choice((f"{year}/{(year + 1) % 100:02}", f"{year}-{(year + 1) % 100:02}", f"{year}/{year + 1}"))
    return f"⟦{year}-04-01..{year + 1}-03-31|{words}⟧"


def _due(rng: random.Random, met: date) -> str:
    day = met + timedelta(days=rng.randint(20, 200))
    return f"{day}|{mark_day(day, rng.choice(_DAY_FORMS[:2]))}"


def _sum(rng: random.Random, _met: date) -> str:
    pounds, hundredths, tenths = rng.randint(1, 40_000), rng.randint(101, 4_000), rng.randint(11, 400)
    forms = (
        (f"{pounds}", f"£{pounds:,}"),
        (f"{pounds}.50", f"£{pounds:,}.50"),
        (f"{tenths}000", f"£{tenths}k"),
        (f"{hundredths}0000", f"£{hundredths / 100:.2f}m"),
        (f"{tenths}00000", f"£{tenths / 10:.1f} million"),
    )
    value, words = rng.choice(forms)
    return f"⟦£{value}|{words}⟧"


_MARKED: dict[str, Callable[[random.Random, date], str]] = {
    "day": _day,
    "month": _month,
    "year": _year,
    "due": _due,
    "sum": _sum,
}


def write_principal(draft: Draft, *, bold: str = "", lettered: str = "({letter}) {clause}") -> str:
    """Write numbered items with lettered resolutions; ``bold`` is put before headings."""
    parts = [f"{bold}{draft.council.upper()}", draft.opening(), _first_item(draft, bold)]
    for number, topic in enumerate(draft.topics(4, 9), 2):
        parts += [f"{bold}{number}. {topic.upper()}", draft.remarks(topic)]
        parts += [draft.fill(draft.rng.choice(grammar.ACTIONS), topic)] if draft.rng.random() < 0.4 else []
        clauses = draft.clauses(topic, 3)
        if len(clauses) == 1:
            parts.append(f"RESOLVED – That {clauses[0]}.")
            continue
        parts.append("RESOLVED – That:")
        listed = [lettered.format(letter=letter, clause=clause) for letter, clause in zip("abc", clauses)]
        parts += [f"{line};" for line in listed[:-1]] + [f"{listed[-1]}."]
    return "\n\n".join(parts) + "\n"


def write_parish(draft: Draft) -> str:
    """Write short paragraphs in which sentences decide and the clerk is to act."""
    parts = [draft.council.upper(), draft.opening(), _first_item(draft, "")]
    for number, topic in enumerate(draft.topics(5, 10), 2):
        said = [draft.remarks(topic), draft.fill(draft.rng.choice(grammar.SENTENCES), topic)]
        said += [draft.fill(draft.rng.choice(grammar.PARISH_ACTIONS), topic)] if draft.rng.random() < 0.6 else []
        parts += [f"{number}. {topic[0].upper()}{topic[1:]}", " ".join(said)]
    return "\n\n".join(parts) + "\n"


def write_irish(draft: Draft) -> str:
    """Write Markdown with movers and seconders."""
    parts = [f"**{draft.council.upper()}**", f"**{draft.opening()}**"]
    for number, topic in enumerate(draft.topics(4, 8), 1):
        parts += [f"**{number}. {topic[0].upper()}{topic[1:]}**", draft.remarks(topic)]
        mover, seconder = draft.rng.sample(grammar.NAMES, 2)
        clause = draft.clauses(topic, 1)[0]
        parts += [f"Proposed by Councillor {mover};", f"Seconded by Councillor {seconder};", "And Resolved:"]
        parts.append(f"“That, {clause}.”")
    return "\n\n".join(parts) + "\n"


def write_page(draft: Draft) -> str:
    """Write a meeting page whose decisions stand in a Decision block and again in the minutes."""
    head = f"{draft.committee} - {mark_day(draft.met, _DAY_FORMS[2])}"
    rows = [_page_item(draft, number, topic) for number, topic in enumerate(draft.topics(4, 9), 11)]
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{draft.council}</title>\n'
        f'<meta name="DC.date" scheme="W3CDTF" content="{draft.met}"/></head><body>\n'
        f'<div id="modgov"><h2 class="mgSubTitleTxt">{head}</h2>\n'
        f'<table class="mgItemTable" id="mgItemTable">\n{"".join(rows)}</table></div></body></html>\n'
    )


def _page_item(draft: Draft, number: int, topic: str) -> str:
    clauses = draft.clauses(topic, 3)
    listed = "".join(f'<p class="MsoNormal">{i}.&nbsp; {clause};</p>\n' for i, clause in enumerate(clauses, 1))
    resolved = f'<p class="MsoNormal"><b>RESOLVED</b> that:</p>\n{listed}'
    return (
        f'<tr><td class="mgItemNumberCell" ><p class="mgAiTitleTxt" >{number}.</p></td><td>\n'
        f'<p class="mgAiTitleTxt" >{topic[0].upper()}{topic[1:]}</p>\n<p class="mgSubItemTitleTxt">Decision:</p>\n'
        f'<div class="mgWordPara"><div class="WordSection1">\n{resolved}</div></div>\n'
        f'<p class="mgSubItemTitleTxt">Minutes:</p>\n<div class="mgWordPara"><div class="WordSection1">\n'
        f'<p class="MsoNormal">{draft.remarks(topic)}</p>\n{resolved}</div></div></td></tr>\n'
    )


def _first_item(draft: Draft, bold: str) -> str:
    before = mark_day(draft.met - timedelta(days=28), _DAY_FORMS[0])
    minutes = f"⟦D approve proc|The minutes of the meeting held on {before} were approved as a correct record.⟧"
    return f"{bold}1. MINUTES\n\n{draft.fill(minutes)}"


def write_document(folder: Path, number: int, *, seed: int, pdf: float, docx: float) -> dict[str, object]:
    """Write one document.

    Args:
        folder: existing folder to write into.
        number: the document's number in the run; number and seed settle every word.
        seed: the run's seed.
        pdf: share of PDFs, from 0 to 1.
        docx: share of DOCX files, from 0 to 1.

    Returns:
        Its gold annotation.
    """
    draft = Draft(f"{seed}-{number}")
    text, suffix = _choose(draft, pdf=pdf, docx=docx)
    bare, marks = read_marked(text)
    path = folder / f"{number:06}.{suffix}"
    _save(bare, path, title=draft.council)
    gold = {"authority": draft.council, "committee": draft.committee, "meeting_date": draft.met.isoformat()}
    return {"id": path.stem, "file": path.name, **gold, **build_gold(bare, marks)}


def _choose(draft: Draft, *, pdf: float, docx: float) -> tuple[str, str]:
    draw = draft.rng.random()
    if draw < pdf:
        return write_principal(draft, bold="# "), "pdf"
    if draw < pdf + docx:
        return write_principal(draft, bold="# ", lettered="+ {clause}"), "docx"
    layouts = ((write_principal, "txt"), (write_parish, "txt"), (write_page, "html"), (write_irish, "md"))
    write, suffix = draft.rng.choice(layouts)
    return write(draft), suffix


def _save(text: str, path: Path, *, title: str) -> None:
    if path.suffix == ".pdf":
        from render_pdf import render_pdf

        render_pdf(text, path, layout="font=Helvetica; size=10; header=; footer=Page {page}", title=title)
    elif path.suffix == ".docx":
        from render_docx import render_docx

        render_docx(text, path, title=title)
    else:
        path.write_text(text, encoding="utf-8")


def generate(
    folder: Path, documents: int, *, seed: int = 1, pdf: float = 0.0, docx: float = 0.0
) -> list[dict[str, object]]:
    """Write documents into a folder, which is made where there is none.

    Returns:
        Their gold annotations, in order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [write_document(folder, number, seed=seed, pdf=pdf, docx=docx) for number in range(documents)]


def main() -> int:
    """Generate and tell how much was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (1)")
    parser.add_argument("--pdf", type=float, default=0.0, help="share of PDFs, 0 to 1 (0)")
    parser.add_argument("--docx", type=float, default=0.0, help="share of DOCX files, 0 to 1 (0)")
    parser.add_argument("--gold", type=Path, help="write the truth as JSON Lines here")
    options = parser.parse_args()
    golds = generate(options.folder, options.documents, seed=options.seed, pdf=options.pdf, docx=options.docx)
    if options.gold:
        lines = (json.dumps(gold, ensure_ascii=False) + "\n" for gold in golds)
        options.gold.write_text("".join(lines), encoding="utf-8")
    print(f"{len(golds)} documents written to {options.folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
