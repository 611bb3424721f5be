"""Mark agenda items and other headed parts, with their topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import cast

import regex
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_blocks, get_findings, get_items, get_text, set_spans
from minutes_miner.annotate.choices import load_choice
from minutes_miner.annotate.columns import find_decision_cells
from minutes_miner.annotate.phrases import Phrase, Words, load_phrases, read_clues
from minutes_miner.annotate.sentences import iter_sentences
from minutes_miner.domain.finding import Section, SectionIndex
from minutes_miner.domain.source import AgendaItem, Block
from minutes_miner.domain.vocabulary import BlockRole, Label, SpanKey

Mark = tuple[int, str | None, str, bool]
"""Where a section begins, its number and title, and whether it is an agenda item."""


def find_sections(text: str, blocks: tuple[Block, ...], items: tuple[AgendaItem, ...]) -> list[Section]:
    """Make a section of each agenda item and of each heading inside it.

    Args:
        text: the document's text.
        blocks: its blocks.
        items: its agenda items.

    Returns:
        Sections ordered by their start; a heading inside an item ends where the next heading or item begins and names
        its item as ``parent``.
    """
    topics = load_choice("sections")
    marks: list[Mark] = [
        (item.start, item.number, item.title, True)
        for item in items
        if not (item.title.endswith(":") and _names(item.title))
    ]
    starts = {mark[0] for mark in marks}
    for block, after in zip_longest(blocks, blocks[1:]):
        title = " ".join(text[block.body : block.end].split())
        if block.start in starts or block.role is BlockRole.MARGIN_NOTE or block.cell or _is_in_list(block, after):
            continue
        if block.role is BlockRole.HEADING or (len(title) < 60 and load_choice("sections", _LABELLED).match(title)):
            is_name = bool(marks) and title.endswith(":") and _names(title)
            if not (is_name and topics.match(marks[-1][2]) == "ACTION_LIST"):
                marks.append((block.start, block.number, title[:200], False))
    marks += _after_rolls(text, blocks, marks)
    marks += _after_lists(blocks, marks)
    marks.sort(key=lambda mark: mark[0])
    ends = [*(mark[0] for mark in marks[1:]), len(text)][: len(marks)]
    bodies = {block.start: block.end for block in blocks}
    sections: list[Section] = []
    parent: int | None = None
    told: int | None = None
    for index, (mark, end) in enumerate(zip(marks, ends, strict=True)):
        start, number, title, is_item = mark
        parent = index if is_item else parent
        topic = topics.match(title)
        if parent is None and topic in _TOLD:
            told = None if told is not None and _is_told_anew(title, sections[told:]) else told
            above, told = told, index if told is None else told
        else:
            above, told = None if is_item else parent, None
        sections.append(Section(start, end, bodies.get(start, start), number, title, topic, above))
    return sections


def _is_told_anew(title: str, told: list[Section]) -> bool:
    """Tell whether a title "Decision" begins another meeting's part, since minutes stood under the one before."""
    return title.lower().startswith("decision") and any(section.topic == "MINUTES" for section in told)


def _is_in_list(block: Block, after: Block | None) -> bool:
    """Tell whether a block is one of the bullets of a list, as where the titles of an agenda are listed."""
    if block.role is not BlockRole.LIST_ITEM or after is None or after.role is not BlockRole.LIST_ITEM:
        return False
    return not any(map(str.isalnum, block.number or "")) and block.number == after.number


def _after_rolls(text: str, blocks: tuple[Block, ...], marks: list[Mark]) -> Iterator[Mark]:
    """Give a mark for the first numbered point after a roll of those present: business begins there."""
    topics = load_choice("sections")
    rolls = {mark[0] for mark in marks if topics.match(mark[2]) in {"ATTENDANCE", "APOLOGIES"}}
    others = {mark[0] for mark in marks} - rolls
    in_roll = False
    for block in blocks:
        in_roll = block.start in rolls or (in_roll and block.start not in others)
        is_point = block.role is BlockRole.LIST_ITEM and bool(_COUNTED.match(block.number or ""))
        if in_roll and is_point and block.start not in rolls:
            title = _FIRST.match(text, block.body, block.end)
            yield block.start, block.number, " ".join(title.group().split()) if title else "", True
            in_roll = False


def _names(title: str) -> bool:
    """Tell whether a title only names somebody, whose tasks stand under it: "Town Clerk:"."""
    return load_phrases("actions")["ENTRY_OWNER"].match(title) is not None


def _after_lists(blocks: tuple[Block, ...], marks: list[Mark]) -> Iterator[Mark]:
    """Give a mark for the point that is counted after a numbered title of a list of actions: another item begins."""
    topics = load_choice("sections")
    wanted: str | None = None
    starts = {mark[0]: mark for mark in marks}
    for block in blocks:
        number = (block.number or "").strip("().")
        if block.start in starts:
            goes_on = number.isdecimal() and topics.match(starts[block.start][2]) in {"ACTION_LIST", "CARRIED_ACTIONS"}
            wanted = str(int(number) + 1) if goes_on else None
        elif wanted is not None and number == wanted:
            yield block.start, block.number, "", False
            wanted = None


_COUNTED = regex.compile(r"\d{1,4}(?:[./]\d{1,4})*[.)]?$|[A-Z]{1,4}[./ ]?\d")
_FIRST = regex.compile(r"[^.:;\n]{2,80}")


_TOLD = frozenset(("DECISION", "MINUTES"))
"""Topics of parts that tell the same matter: on the page of one item they need no item's title to belong together."""


_LABELLED = ("DECISION", "MINUTES", "REASON", "RECOMMENDATION", "ACTION_LIST", "CARRIED_ACTIONS", "THIRD_PARTY")


_TITLE = re.compile(r"\s*(?P<title>(?:To\s[a-z]|[A-Z])[^.:;\n]{2,110}):[-–]?\s+(?=\S)")


_LONGEST_ENTRY = 700
"""Characters of an application's entry, from its reference to the answer."""
_PROSE_CELL = 120
"""Characters from which a table cell is read as running text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Hold one sentence and where it stands: its block, its place in the block, its section and its words."""

    start: int
    end: int
    block: int
    first: bool
    section: int
    topic: str | None
    words: Words


class Layout:
    """Answer where an offset stands: its block, section and agenda item."""

    def __init__(self, text: str, blocks: tuple[Block, ...], sections: list[Section]) -> None:
        self.text = text
        self.blocks = blocks
        self.sections = sections
        self.decision_cells = find_decision_cells(text, blocks)
        index = SectionIndex(sections)
        self.find_section, self.find_item = index.find_section, index.find_item
        self._units: tuple[Unit, ...] | None = None

    def topic(self, offset: int) -> str | None:
        """Give the topic of the section that an offset stands in, or of its item."""
        index = self.find_section(offset)
        if index < 0:
            return None
        parent = self.sections[index].parent
        return self.sections[index].topic or (self.sections[parent].topic if parent is not None else None)

    def has_minutes_after(self, offset: int) -> bool:
        """Tell whether the minutes of an item stand under a title of their own after an offset in it."""
        item = self.find_item(offset)
        later = (section for section in self.sections if section.start > offset and section.topic == "MINUTES")
        return any(self.find_item(section.start) == item for section in later)

    def _read_title(self, block: Block) -> tuple[int, str | None]:
        """Read a title such as "To receive apologies: ": give where the words after it begin, and the topic."""
        topic = self.topic(block.start)
        match = _TITLE.match(self.text, block.body, block.end)
        leads = load_phrases("leads")
        if match is None or leads["NO_TITLE"].search(match.group()):
            return block.body, topic
        if leads["MOVED_NEXT"].match(self.text, match.end()):
            return block.body, topic
        return match.end(), load_choice("sections").match(match["title"]) or topic

    def iter_units(self) -> Iterator[Unit]:
        """Give every sentence of running text, in order; short table cells and margin notes are left out."""
        if self._units is None:
            self._units = tuple(self._cut_units())
        yield from self._units

    def iter_pieces(self) -> Iterator[tuple[int, int, int]]:
        """Give the sentences, and what stands between them, such as notes in the margin, each with its clues."""
        reached = 0
        for unit in self.iter_units():
            if unit.start - reached > 2:
                yield reached, unit.start, read_clues(self.text[reached : unit.start])
            yield unit.start, unit.end, unit.words.clues
            reached = unit.end
        yield reached, len(self.text), read_clues(self.text[reached:])

    def iter_matches(self, phrase: Phrase) -> Iterator[regex.Match[str]]:
        """Give a phrase's matches: none goes over the end of a sentence, and few sentences have the words for one."""
        for start, end, clues in self.iter_pieces():
            if phrase.can_match(clues):
                yield from phrase.finditer(self.text, start, end, clues=clues)

    def find_reference(self, unit: Unit) -> int | None:
        """Give where the reference of the application begins in whose entry a sentence stands, if it stands in one."""
        block = self.blocks[unit.block]
        phrase = load_phrases("resolutions")["REFERENCE"]
        near = max(block.start, unit.end - _LONGEST_ENTRY)
        starts = [match.start() for match in phrase.finditer(self.text, near, unit.end)]
        return starts[-1] if starts else None

    def _cut_units(self) -> Iterator[Unit]:
        for index, block in enumerate(self.blocks):
            decided = index in self.decision_cells
            short = block.cell is not None and block.end - block.start < _PROSE_CELL
            if block.role is BlockRole.MARGIN_NOTE or (short and not decided):
                continue
            section = self.find_section(block.start)
            begin, topic = (block.body, self.topic(block.start)) if decided else self._read_title(block)
            first = True
            for start, end in iter_sentences(self.text, begin, block.end):
                yield Unit(start, end, index, first, section, topic, Words(self.text[start:end]))
                first = False


def get_layout(doc: Doc) -> Layout:
    """Give the layout of a document whose sections are marked, or else of its plain text; made once a document."""
    if doc._.layout is None:
        text, blocks = get_text(doc), get_blocks(doc)
        sections = get_findings(doc, SpanKey.SECTIONS) or find_sections(text, blocks, get_items(doc))
        doc._.layout = Layout(text, blocks, sections)
    return cast(Layout, doc._.layout)


@Language.factory("minutes_sections")
class Sections:
    """Mark agenda items and headed parts.

    Marks: ``doc.spans["sections"]``, label AGENDA_ITEM; ``span._.section`` is a ``Section``.
    Needs: nothing; without ``doc._.blocks`` the lines of the text are read.
    Example: "7. Planning applications" opens a section with number "7" and topic PLANNING.
    Limits: a heading that looks like running text opens none.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        sections = find_sections(get_text(doc), get_blocks(doc), get_items(doc))
        set_spans(doc, SpanKey.SECTIONS, ((s.start, max(s.end, s.start + 1), Label.AGENDA_ITEM, s) for s in sections))
        return doc
