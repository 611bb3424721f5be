"""Lay generated minutes out in the ways that councils do; the text is marked as ``marked_text`` reads it."""

from __future__ import annotations

from datetime import timedelta

import grammar
from draft import DAY_FORMS, Draft, mark_day


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


def write_short(draft: Draft) -> str:
    """Write a few lines: one item, one clause, sometimes one action."""
    topic = draft.topics(1, 1)[0]
    parts = [draft.council.upper(), draft.opening(), f"1. {topic.upper()}"]
    parts.append(f"RESOLVED – That {draft.clauses(topic, 1)[0]}.")
    parts += [draft.fill(draft.rng.choice(grammar.ACTIONS), topic)] if draft.rng.random() < 0.4 else []
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
    head = f"{draft.committee} - {mark_day(draft.met, DAY_FORMS[2])}"
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
    before = mark_day(draft.met - timedelta(days=28), DAY_FORMS[0])
    minutes = f"⟦D approve proc|The minutes of the meeting held on {before} were approved as a correct record.⟧"
    return f"{bold}1. MINUTES\n\n{draft.fill(minutes)}"
