"""Tell who is to do a task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

import regex

from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.sections import Layout
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.source import Block
from minutes_miner.domain.vocabulary import BlockRole

_HEAD = 3000
"""Characters at the head of a document in which those present are named."""
_OPENING = 700
"""Characters at the start in which informal minutes name who has come, without saying so."""
_INITIALS = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]\b")
_BARE_NAME = re.compile(r"[A-Z][\w’'-]+\s[A-Z][\w’'-]+")
_FULL_NAME = re.compile(r"(?=\b([A-ZÀ-Þ])[a-zà-ÿ’'-]+\s(?:[A-Z]\.?\s)?([A-ZÀ-Þ])[a-zà-ÿ’'-]+)")
_BETWEEN = re.compile(r"\s*(?:,|/|&|\band\b)\s*|(?:(?<=\b[A-Z]{2})|(?<=\b[A-Z]{3}))\s+(?=[A-Z]{2,3}\b)")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+")
_PRESENT = frozenset(("ATTENDANCE", "APOLOGIES"))
_TASKED = frozenset(("Clerk", "RFO", "ALL", "all"))
_PROSE = frozenset(("SAID_WOULD", "VOWED", "OWES", "WOULD", "DID_NOT_KNOW", "BY_AGENT"))
_DECIDED = re.compile(r"\b(?:RESOLVED|AGREED|NOTED|DECIDED|Resolved|Agreed)\b")
_LONE_NAMES = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:,\s|\s?&\s?|\sand\s)[A-ZÀ-Þ][\w’'-]+")
_NOTE_PART = re.compile(r"[^/,&;\n]+")


class Players:
    """Know the people, posts and bodies of one document who can be given tasks."""

    def __init__(self, layout: Layout) -> None:
        self._text = layout.text
        self._phrases = load_phrases("actions")
        notes = " ".join(self._text[b.start : b.end] for b in layout.blocks if b.role is BlockRole.MARGIN_NOTE)
        self._layout = layout
        self._opening = set(_NAME.findall(self._text[:_OPENING]))
        self._initials = {*_INITIALS.findall(self._text[:_HEAD] + notes), *self._make_initials(layout)}

    @cached_property
    def _names(self) -> set[str]:
        """Hold the names of those present and of those who speak."""
        told = (match["name"] for match in self._layout.iter_matches(self._phrases["SPEAKER"]))
        return {*_NAME.findall(" ".join(self._present(self._layout))), *told}

    def is_known(self, owner: str, trigger: str, words: str) -> bool:
        """Tell whether an owner is one of the meeting's own people.

        In what somebody "will" do, initials must be known in the document, and names without a title must stand in its
        head, unless the words are a promise.

        Args:
            owner: as written.
            trigger: name of the pattern that found the task.
            words: what the pattern matched.
        """
        parts = [part for part in _BETWEEN.split(owner.strip()) if part]
        if _DECIDED.search(owner) or all(self._phrases["THIRD_PLAYER"].match(part) for part in parts):
            return False
        if trigger in {"NAME_END", "NAME_START", "INITIALS_TO"}:
            return all(part in self._initials or part in self._names or part in _TASKED for part in parts)
        if trigger not in {"WILL", "SETS_TASK", *_PROSE}:
            return True
        if trigger in _PROSE:
            return self._is_person(parts[0])
        if trigger == "SETS_TASK":
            asked = bool(self._phrases["IS_ASKED"].search(words))
            return (asked or self._is_person(parts[0])) and not self._phrases["NO_DOER"].search(owner)
        if _INITIALS.fullmatch(parts[0]):
            return parts[0] in self._initials
        is_bare = _BARE_NAME.fullmatch(parts[0]) and not self._phrases["POST"].search(parts[0])
        return not is_bare or bool(self._phrases["PROMISED"].search(words)) or parts[0] in self._text[:_HEAD]

    def _is_person(self, words: str) -> bool:
        """Tell whether words name somebody who can promise: by title, post, pronoun, or a name known from the head."""
        if self._phrases["PERSON_LIKE"].search(words):
            return True
        if _INITIALS.fullmatch(words):
            return words in self._initials
        return bool(self._phrases["LONE_NAME"].match(words)) and (
            set(words.split()) <= self._names or words in self._opening
        )

    def _present(self, layout: Layout) -> Iterator[str]:
        """Give the parts at the head of a document that list who is there, and who is not."""
        for block in layout.blocks:
            if block.start > _HEAD:
                break
            words = self._text[block.start : block.end]
            if layout.topic(block.start) in _PRESENT or self._phrases["LISTS_PRESENT"].match(words):
                yield words

    def _make_initials(self, layout: Layout) -> Iterator[str]:
        """Give the initials of those present: "Catriona Renfrew" is CR."""
        for words in (*self._present(layout), self._text[:_OPENING]):
            for match in _FULL_NAME.finditer(words):
                yield "".join(part[0] for part in match.groups())

    def knows(self, initials: str) -> bool:
        """Tell whether all initials of a list such as "HP/JS" are those of people at the meeting."""
        parts = [part for part in _BETWEEN.split(initials.strip()) if part]
        return all(part in self._initials and not self._phrases["THIRD_PLAYER"].match(part) for part in parts)

    def spots(self, match: regex.Match[str], offset: int) -> tuple[Offsets, ...]:
        """Give each owner that a match names: "JS and HL" are two, "Head of Parks and Leisure" is one."""
        if not match.groupdict().get("owner"):
            return ()
        begin, end = match.span("owner")
        names = set(_NAME.findall(match["owner"]))
        each_known = names <= self._names and not self._phrases["SHARED_TITLE"].match(match["owner"])
        each_known = each_known or (_LONE_NAMES.fullmatch(match["owner"]) is not None and names <= self._opening)
        between = _BETWEEN if each_known else self._phrases["BETWEEN_OWNERS"]
        gaps = [gap.span() for gap in between.finditer(match.string, begin, end)]
        starts = [begin, *(stop for _, stop in gaps)]
        ends = [*(start for start, _ in gaps), end]
        return tuple((offset + start, offset + stop) for start, stop in zip(starts, ends, strict=True))

    def find_agent(self, words: str, offset: int) -> tuple[Offsets, ...]:
        """Give who does what is "to be arranged by the Traffic Manager"."""
        match = self._phrases["AGENT"].search(words)
        return self.spots(match, offset) if match else ()

    def find(self, start: int, end: int) -> tuple[Offsets, ...]:
        """Give who acts in words that are known to be a task."""
        words = Words(self._text[start:end])
        for trigger in ("TO_VERB", "BARE", "WILL", "ASKED"):
            match = self._phrases[trigger].search(words)
            if match and match.groupdict().get("owner"):
                return self.spots(match, start)
        return ()

    def in_note(self, note: Block) -> tuple[Offsets, ...]:
        """Give the owners that a margin note lists, such as "HP/JS"."""
        found = []
        for match in _NOTE_PART.finditer(self._text[note.start : note.end]):
            words = match.group().strip(" .")
            if words and words.lower() != "and":
                begin = note.start + match.start() + len(match.group()) - len(match.group().lstrip())
                found.append((begin, begin + len(words)))
        return tuple(found)
