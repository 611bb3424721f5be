"""Mark the tasks that a meeting sets, asks for or hears promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.actionlists import LISTED, ActionLists
from minutes_miner.annotate.alignment import get_findings, set_spans
from minutes_miner.annotate.choices import load_choice
from minutes_miner.annotate.clauses import iter_clauses
from minutes_miner.annotate.decided import read_decided
from minutes_miner.annotate.labels import TRAILING, Labels
from minutes_miner.annotate.margins import read_margins
from minutes_miner.annotate.papers import is_paper
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.players import Players
from minutes_miner.annotate.sections import Layout, Unit, get_layout
from minutes_miner.annotate.sentences import iter_sentences
from minutes_miner.annotate.tables import find_table_tasks
from minutes_miner.domain.finding import Offsets, Resolution, Task
from minutes_miner.domain.vocabulary import Label, SpanKey

_MUTED = {"RECOMMENDATION", "THIRD_PARTY"}
_QUIET = {"OPTIONS", "ATTENDANCE", "APOLOGIES", "NEXT_MEETING"}
"""Topics of parts that set no tasks, and of parts in which only plain words do."""
_PROMISES = ("WILL", "SAID_WOULD", "VOWED", "OWES", "WOULD", "DID_NOT_KNOW")
_NAMED = ("TO_VERB", "INITIALS_TO", "BARE", *_PROMISES)
_LOOSE = ("TO_VERB", "BARE", "WILL", "INITIALS_END", "ASKED", "UNDERTAKEN")
_UNNAMED = ("ASKED", "UNDERTAKEN", "BY_AGENT", "TO_BE", "ORDER_END", "NAME_END", "NAME_START")
_SENTENCE_TRIGGERS = ("TO_VERB", "INITIALS_TO", "INITIALS_END", "BARE", *_PROMISES, *_UNNAMED)
_TAIL = 90
"""Characters at the end of a point that may tell that it is done."""
_LONGEST_LEAD = 20
"""Characters before an owner from which what stands there is no part of the task."""
_CONFIDENCE = {
    "LIST": LISTED, "TO_VERB": 0.88, "INITIALS_TO": 0.85, "BARE": 0.85,
    "WILL": 0.75, "ASKED": 0.7, "SAID_WOULD": 0.75, "VOWED": 0.75, "OWES": 0.7, "WOULD": 0.65, "DID_NOT_KNOW": 0.7,
    "ORDER_END": 0.8, "NAME_END": 0.7, "NAME_START": 0.7,
    "UNDERTAKEN": 0.7, "INITIALS_END": TRAILING, "TO_BE": 0.6, "BY_AGENT": 0.7,
}  # fmt: skip


class TaskReader:
    """Read a document's sentences, margin notes, tables and decisions for tasks."""

    def __init__(self, layout: Layout, resolutions: list[Resolution]) -> None:
        self.layout = layout
        self.text = layout.text
        self.phrases = load_phrases("actions")
        self.resolutions = resolutions
        self._motions = [(r.start, r.end) for r in resolutions if r.trigger == "MOTION"]
        self._skip_until = 0
        self._players = Players(layout)
        self._labels = Labels(layout, self._players)
        self._lists = ActionLists(layout, self._players)

    def read(self) -> list[Task]:
        """Give every task in order; one sentence gives one task, or two where two owners each have a verb."""
        if is_paper(self.layout):
            return []
        tasks = list(find_table_tasks(self.layout))
        previous: Unit | None = None
        for unit in self.layout.iter_units():
            if unit.start >= self._skip_until:
                found = self._read_unit(unit, previous)
                if found and previous and (found[0].trigger, found[0].start) == ("LABELLED", previous.start):
                    tasks, found = self._labels.give_owners(tasks, found[0], previous.block, unit.end)
                elif tasks and found and previous and self._answers(unit, found[0], previous, tasks[-1]):
                    asked = tasks.pop()
                    found[0] = replace(found[0], mentions=(*found[0].mentions, (asked.start, unit.end)))
                tasks += found
            previous = unit
        tasks = read_decided(self.layout, self._players, self.resolutions, tasks)
        tasks = read_margins(self.layout, self._players, self.resolutions, tasks)
        return sorted(tasks, key=lambda task: (task.start, task.end))

    def _answers(self, unit: Unit, found: Task, previous: Unit, asked: Task) -> bool:
        """Tell whether a promise answers what was asked for in the sentence right before: both are one task."""
        return (
            asked.trigger == "ASKED"
            and not asked.owners
            and asked.end == previous.end
            and previous.block == unit.block
            and found.trigger in (*_PROMISES, "TO_BE", "TO_VERB")
        )

    def _read_unit(self, unit: Unit, previous: Unit | None) -> list[Task]:
        words = unit.words
        if unit.topic in _MUTED or self._is_done(unit) or self._is_motion(unit):
            return []
        if self._is_lead(unit, words):
            clauses = list(iter_clauses(self.layout, unit.block + 1, any_paragraph=True))
            self._skip_until = clauses[-1].end if clauses else 0
            return [
                self._task(start, end, self._players.find(start, end), "LIST")
                for clause in clauses
                for start, end in iter_sentences(self.text, clause.start, clause.end)
                if end - start > 12 and self._is_still_to_do(self.text[start:end])
            ]
        labelled = self.phrases["LABELLED"].search(words)
        if labelled:
            return self._labels.read(unit, labelled, previous)
        trailing = [] if unit.topic in _QUIET else self._labels.read_trailing(unit, previous, self._names_owner)
        if trailing:
            return trailing
        listed = self._lists.read(unit) if unit.topic == "ACTION_LIST" else []
        return listed or self._read_sentence(unit, words, previous)

    def _is_done(self, unit: Unit) -> bool:
        """Tell whether a task is told as done, here or in the last words of its point."""
        block = self.layout.blocks[unit.block]
        if self.phrases["DONE"].search(unit.words):
            return True
        if not block.number:
            return False
        return bool(self.phrases["BLOCK_DONE"].search(self.text[max(unit.start, block.end - _TAIL) : block.end]))

    def _is_motion(self, unit: Unit) -> bool:
        """Tell whether a sentence stands in the words of a motion: only what is carried sets tasks, as a decision."""
        return any(start <= unit.start < end for start, end in self._motions)

    def _is_still_to_do(self, words: str) -> bool:
        return not self.phrases["ONLY_TOLD"].search(words) or bool(self.phrases["STILL_TO_DO"].search(words))

    def _is_lead(self, unit: Unit, words: str) -> bool:
        at_end = unit.end >= self.layout.blocks[unit.block].end - 2
        is_lead = at_end and bool(self.phrases["ACTION_LEAD"].search(words))
        return is_lead and not self.phrases["OF_LAST_MEETING"].search(words)

    def _read_sentence(self, unit: Unit, words: Words, previous: Unit | None) -> list[Task]:
        possible = load_choice("actions", _SENTENCE_TRIGGERS).find(words.clues)
        if not possible:
            return []
        hits = {trigger: self._hits(trigger, words) for trigger in _NAMED if trigger in possible}
        named = [(trigger, hit) for trigger, found in hits.items() for hit in found]
        named.sort(key=lambda pair: pair[1].start("owner"))
        apart = [pair for i, pair in enumerate(named) if i == 0 or pair[1].start("owner") >= named[i - 1][1].end()]
        if len(apart) > 1:
            return list(self._split(unit, apart))
        for trigger in _SENTENCE_TRIGGERS:
            if unit.topic in _QUIET and trigger not in _NAMED:
                return []
            if trigger not in possible:
                continue
            hit = next(iter(hits[trigger] if trigger in hits else self._hits(trigger, words)), None)
            if hit:
                context = self._context(unit, words, previous)
                owners = self._players.spots(hit, unit.start) or self._players.find_agent(words, unit.start)
                start, end = self._clause(unit, hit) if trigger in _NAMED else (unit.start, unit.end)
                whole = ((unit.start, unit.end),) if (start, end) != (unit.start, unit.end) else ()
                return [self._task(start, end, owners, trigger, mentions=(*whole, *context))]
        return []

    def _clause(self, unit: Unit, hit: regex.Match[str]) -> Offsets:
        """Give the clause of a longer sentence that sets the task: from its owner to the next semicolon."""
        start = unit.start + hit.start("owner")
        if start - unit.start < _LONGEST_LEAD:
            start = unit.start
        stop = self.text.find(";", unit.start + hit.end(), unit.end)
        return start, stop if stop >= 0 else unit.end

    def _names_owner(self, words: str) -> bool:
        return any(self._hits(trigger, words) for trigger in _NAMED)

    def _hits(self, trigger: str, words: str) -> list[regex.Match[str]]:
        return [match for match in self.phrases[trigger].finditer(words) if self._is_task(trigger, match, words)]

    def _split(self, unit: Unit, hits: list[tuple[str, regex.Match[str]]]) -> Iterator[Task]:
        """Give a task for each owner of "HD will draft a letter; the Clerk will send it"."""
        starts = [unit.start] + [unit.start + hit.start("owner") for _, hit in hits[1:]]
        ends = starts[1:] + [unit.end]
        for (trigger, hit), start, end in zip(hits, starts, ends, strict=True):
            loose = self.phrases["LOOSE_END"].search(self.text, start, end)
            end = loose.start() if loose else end
            owners = self._players.spots(hit, unit.start)
            yield self._task(start, end, owners, trigger, mentions=((unit.start, unit.end),))

    def _context(self, unit: Unit, words: str, previous: Unit | None) -> tuple[Offsets, ...]:
        """Give the sentence before as well where a short order such as "Clerk to chase." rests on it."""
        if previous is None or len(words) > 70 or previous.block != unit.block or unit.start - previous.start > 500:
            return ()
        return ((previous.start, unit.end),)

    def _is_task(self, trigger: str, match: regex.Match[str], words: str) -> bool:
        owner = match.groupdict().get("owner")
        before = words[: match.start("owner") if owner else match.start()]
        if self.phrases["NOT_A_TASK"].search(match.group()) and trigger in _LOOSE:
            return False
        if trigger in {"WILL", "WOULD", "OWES", "TO_BE"} and self.phrases["HYPOTHETICAL"].search(before):
            return False
        if owner and not self._players.is_known(owner, trigger, match.group()):
            return False
        if trigger == "ASKED" and self.phrases["QUESTION_TIME"].match(words):
            return False
        if (trigger == "TO_BE" and words.rstrip().endswith(":")) or self.phrases["WILL_PROPOSE"].search(words):
            return False
        if trigger == "INITIALS_END":
            return bool(self.phrases["IMPERATIVE"].match(words))
        if trigger == "TO_VERB" and self.phrases["TO_BE_DONE"].search(match.group()):
            return False
        return not (words.rstrip().endswith("?") and trigger != "ASKED")

    def _task(
        self, start: int, end: int, owners: tuple[Offsets, ...], trigger: str, *, mentions: tuple[Offsets, ...] = ()
    ) -> Task:
        return Task(start, end, owners, trigger, _CONFIDENCE[trigger], mentions)


@Language.factory("minutes_actions")
class Actions:
    """Mark tasks.

    Marks: ``doc.spans["actions"]``, label ACTION; ``span._.task`` is a ``Task`` with its owners' offsets.
    Needs: ``minutes_sections``, ``minutes_resolutions``; blocks give Action columns and action tables.
    Example: "Clerk to write to Highways." is a task of the Clerk.
    Limits: plans told in a presentation look like promises.
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        tasks = TaskReader(get_layout(doc), get_findings(doc, SpanKey.RESOLUTIONS)).read()
        set_spans(doc, SpanKey.ACTIONS, ((t.start, t.end, Label.ACTION, t) for t in tasks))
        return doc
