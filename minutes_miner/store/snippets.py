"""Cut from a decision's text what a reader needs to see why it was found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, Text, bindparam, column, func, literal_column, select
from sqlalchemy import table as named_table
from sqlalchemy.dialects.postgresql import ARRAY

from minutes_miner.store.hits import words_fts5, words_tsquery
from minutes_miner.store.matching import Match

LENGTH = 200
"""Characters of a snippet, more or less."""

_START, _STOP = "\ue001", "\ue002"
"""Mark a match in what the database gives back: signs that no text holds for long."""

_SIGN = re.compile("[^0-9A-Za-z]")

_OPTIONS = f"HighlightAll=true, StartSel={_START}, StopSel={_STOP}"


@dataclass(frozen=True, slots=True)
class Snippet:
    """Hold part of a text; ``text[start:end]`` of each mark is a word, or a phrase, that was looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def with_signs(self, before: str, after: str) -> str:
        """Write the text with signs around each match."""
        pieces, place = [], 0
        for start, end in self.marks:
            pieces += [self.text[place:start], before, self.text[start:end], after]
            place = end
        return "".join((*pieces, self.text[place:]))


def cut_snippets(connection: Connection, match: Match, texts: Mapping[int, str]) -> dict[int, Snippet]:
    """Cut a snippet of each text, by the decision's number; without words, its beginning."""
    marked: dict[int, str] = {}
    if texts and words_fts5(match):
        find = _mark_sqlite if connection.dialect.name == "sqlite" else _mark_postgresql
        marked = find(connection, match, texts)
    return {number: cut_snippet(text, _find_marks(marked.get(number, ""), text)) for number, text in texts.items()}


def cut_snippet(text: str, marks: Sequence[tuple[int, int]]) -> Snippet:
    """Cut about LENGTH characters out of a text, from shortly before the first mark, at blanks."""
    if len(text) <= LENGTH:
        return Snippet(text, tuple(marks))
    first, least = marks[0] if marks else (0, 0)
    start = min(max(0, first - LENGTH // 4), len(text) - LENGTH)
    blank = text.find(" ", start, first) + 1 if start else 0
    start = blank or start
    end = max(start + LENGTH, least)
    if end < len(text):
        end = max(text.rfind(" ", start, end), least) or end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    kept = tuple((one + shift, other + shift) for one, other in marks if other <= end)
    return Snippet(before + text[start:end] + after, kept)


def _mark_sqlite(connection: Connection, match: Match, texts: Mapping[int, str]) -> dict[int, str]:
    index = named_table("decisions_fts", column("rowid"))
    marked = func.highlight(literal_column("decisions_fts"), 0, _START, _STOP)
    asked = literal_column("decisions_fts").op("MATCH")(words_fts5(match))
    found = select(index.c.rowid, marked.label("marked")).where(asked, index.c.rowid.in_(texts))
    return {row.rowid: row.marked for row in connection.execute(found)}


def _mark_postgresql(connection: Connection, match: Match, texts: Mapping[int, str]) -> dict[int, str]:
    """Let PostgreSQL mark what it would find, in texts without accents and signs, as its index has them."""
    given = func.unnest(
        bindparam(None, list(texts), ARRAY(BigInteger)),
        bindparam(None, [plain_text(text) for text in texts.values()], ARRAY(Text)),
    ).table_valued("number", "text").render_derived(name="given")
    marked = func.ts_headline(literal_column("'minutes'"), given.c.text, words_tsquery(match), _OPTIONS)
    return {row.number: row.marked for row in connection.execute(select(given.c.number, marked.label("marked")))}


def plain_text(text: str) -> str:
    """Replace each sign by its bare letter, or by a blank: as long as the text, so that places are the same."""
    if text.isascii():
        return _SIGN.sub(" ", text)
    bare = (unicodedata.normalize("NFD", sign)[0] for sign in text)
    return "".join(sign if sign.isalnum() else " " for sign in bare)


def _find_marks(marked: str, text: str) -> list[tuple[int, int]]:
    """Find what stands between the signs; none where the text itself holds such signs."""
    if _START in text or _STOP in text:
        return []
    marks, shift = [], 0
    for found in re.finditer(f"{_START}(.*?){_STOP}", marked, re.DOTALL):
        start = found.start() - shift
        marks.append((start, start + len(found[1])))
        shift += 2
    return marks
