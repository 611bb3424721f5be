"""Read a document from top to bottom for what its sentences decide."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutes_miner.annotate.barelists import find_bare_list, is_operative
from minutes_miner.annotate.clauses import Clause, iter_clauses
from minutes_miner.annotate.contexts import Contexts
from minutes_miner.annotate.divisions import drop_repeats, settle_recorded
from minutes_miner.annotate.drafts import Draft, Drafts
from minutes_miner.annotate.inline import split_inline, split_sentence
from minutes_miner.annotate.motions import Motions
from minutes_miner.annotate.papers import is_paper
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.proposals import Proposals
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.annotate.tally import read_tally, read_vote
from minutes_miner.annotate.triggers import MUTED, STRONG, Trigger, Triggers
from minutes_miner.domain.clausenumbers import find_named_clauses, read_clause_number
from minutes_miner.domain.vocabulary import Label, Outcome

_TOLD_LATE = {*STRONG, "AGREED_BODY", "RELATIVE", "RESULT", "ALL_FOR", "DEFERRED", "WISHED"}
_LONG_HEAD = 30
"""Triggers whose own clause is a mention too where more characters of other matter stand before it."""
_NEAR = 400
"""Characters after a list within which a sentence can tell how its clauses were voted on."""
_OPENING = 20
"""Characters that such a sentence can have before it names a clause."""
_SAYS_WHAT = re.compile(r"\b(?:that|to)\s")
"""What follows who moved and seconded, where that tells what was agreed."""


class Reader:
    """Read a document from top to bottom and keep what its sentences decide.

    A sentence with a trigger makes a draft; a lead-in such as "RESOLVED –" makes one of each clause of the list after
    it; a proposal waits for the sentence that tells its outcome.
    """

    def __init__(self, layout: Layout, own_names: str) -> None:
        self._layout = layout
        self._text = layout.text
        self._phrases = load_phrases("resolutions")
        self._own_names = own_names
        self._triggers = Triggers(layout, own_names)
        self._contexts = Contexts(layout)
        self._drafts = Drafts(layout)
        self._motions = Motions(layout, self._drafts)
        self._proposals = Proposals(layout, self._drafts)
        self._read_to = 0

    def read(self) -> list[Draft]:
        """Give the settled drafts in order; none for a document that only proposes."""
        if is_paper(self._layout):
            return []
        previous: Unit | None = None
        for unit in self._layout.iter_units():
            if unit.start >= self._read_to:
                self._read_unit(unit, previous)
            previous = unit
        settle_recorded(self._layout, self._drafts)
        if self._phrases["LOWER_TIER"].search(self._own_names):
            self._proposals.settle_unopposed()
        drop_repeats(self._layout, self._drafts)
        return [draft for draft in self._drafts if draft.label is Label.DECISION]

    def _read_unit(self, unit: Unit, previous: Unit | None) -> None:
        words: Words = unit.words
        if unit.block in self._layout.decision_cells:
            self._read_cell(unit, words)
            return
        if unit.topic not in MUTED and (clauses := find_bare_list(self._layout, unit)):
            self._read_to = self._add_clauses(clauses, recommends=False)
            return
        if self._tells_how_clauses_went(unit):
            return
        trigger = self._triggers.find(unit, words)
        end = self._motions.read_titled(unit, words) or self._read_lead(unit, words, trigger)
        if end is None and trigger is None and self._proposes(unit, words):
            end = self._motions.read_motion(unit, words)
        if end is not None:
            self._read_to = end
            return
        if self._proposals.settle(unit, words, decides=trigger is not None):
            return
        if self._tells_movers(words, trigger):
            if self._motions.read_moved(unit, words, previous):
                return
            trigger = Trigger("MOVERS", 0)
        if trigger is None or self._is_agreement_in_talk(words, previous):
            return
        if trigger.name in {"STUB", "ALL_FOR", "MOVERS"} and self._proposals.settle_last(unit, words):
            return
        if trigger.name != "MOVERS" or (read_vote(words) and not self._resolved_after(unit)):
            self._add_sentence(unit, words, trigger, previous)

    def _tells_how_clauses_went(self, unit: Unit) -> bool:
        """Tell whether a sentence only gives the votes on clauses right above it: "Resolutions 1 and 2: 4 for"."""
        last = self._drafts.last
        if last is None or not 0 <= unit.start - last.end < _NEAR or last.item != self._layout.find_item(unit.start):
            return False
        named = list(find_named_clauses(unit.words))
        if not named or named[0].start > _OPENING or not read_tally(unit.words).spots:
            return False
        group = [draft for draft in self._drafts if draft.group == last.group]
        numbers = {read_clause_number(self._text, draft.start) for draft in group}
        return all(numbers.issuperset(part.numbers) for part in named)

    def _tells_movers(self, words: Words, trigger: Trigger | None) -> bool:
        """Tell whether a sentence only says who proposed and seconded, and nothing of what."""
        match = self._phrases["MOVERS_ONLY"].match(words)
        if match is None or (trigger and trigger.name in STRONG):
            return False
        return trigger is None or trigger.name != "PROPOSED_AGREED" or not _SAYS_WHAT.search(match["rest"])

    def _read_cell(self, unit: Unit, words: Words) -> None:
        """Read a sentence of a cell that tells what was decided of its row: the first, and others that go on so."""
        phrases = load_phrases("actions")
        empty = not any(letter.isalpha() for letter in words)
        if empty or unit.topic == "THIRD_PARTY" or phrases["CELL_OPEN"].match(words):
            return
        row, end = self._layout.decision_cells[unit.block]
        pieces = split_inline(self._text, unit.start, end) if unit.first else []
        if pieces:
            self._read_to = end
        elif unit.first or (phrases["CELL_MORE"].match(words) and not phrases["TO_BE_DONE"].search(words)):
            pieces = [(unit.start, unit.end)]
        for index, (start, stop) in enumerate(pieces):
            draft = self._drafts.add(start, stop, "CELL", unit.block, same_group=index > 0)
            draft.mentions.append((row if len(pieces) == 1 and unit.first else start, stop))

    def _is_agreement_in_talk(self, words: str, previous: Unit | None) -> bool:
        """Tell whether "Members agreed." only agrees with an opinion: nothing was put forward right before."""
        if not self._phrases["BARE_AGREED"].match(words):
            return False
        return previous is None or not self._phrases["PUT_FORWARD"].search(previous.words)

    def _read_lead(self, unit: Unit, words: str, trigger: Trigger | None) -> int | None:
        """Read a lead-in and its list; a sentence that decides keeps the list of its conditions or grounds.

        Returns:
            The offset up to which the text is read, or None where the sentence leads nothing in.
        """
        phrases = self._phrases
        if unit.end < self._layout.blocks[unit.block].end - 2:
            return None
        asked = phrases["ASKED"].search(words) and words.rstrip(" -–").endswith((":", "to", "that"))
        lead = phrases["LEAD"].search(words)
        holds = bool(trigger or lead) and bool(load_phrases("clauses")["HOLDS_LIST"].search(words))
        if not (asked or lead or holds):
            return None
        clauses = list(iter_clauses(self._layout, unit.block + 1, any_paragraph=not asked))
        end = clauses[-1].end if clauses else unit.end
        is_offered = phrases["OFFERED"].match(words) and self._layout.has_minutes_after(unit.start)
        if asked or is_offered or (unit.topic in MUTED and not phrases["FORMAL"].search(words)):
            return end
        if lead and (phrases["NOT"].search(words[: lead.start()]) or phrases["NOT_LEAD"].match(words.strip())):
            return None
        if not clauses or self._is_no_list(words, clauses):
            return None
        if holds or phrases["THINGS"].search(words):
            name = "FORMAL" if lead or trigger is None else trigger.name
            self._drafts.add(unit.start, unit.end, name, unit.block).mentions.append((unit.start, end))
            return end
        return self._add_clauses(clauses, recommends=bool(phrases["RECOMMENDS"].search(words)))

    def _is_no_list(self, words: str, clauses: Sequence[Clause]) -> bool:
        """Tell whether a list is none of clauses: one resolves itself, or a body's name alone stands over reports."""
        told = [Words(self._text[clause.start : clause.end]) for clause in clauses]
        phrases = load_phrases("clauses")
        if any(phrases["RESOLVES"].match(clause) for clause in told):
            return True
        if not phrases["BODY_LEAD"].match(words):
            return False
        return not any(self._phrases["UNDER_DECISION"].match(clause) or is_operative(clause) for clause in told)

    def _add_clauses(self, clauses: Sequence[Clause], *, recommends: bool) -> int:
        """Add the clauses of one list; give where it ends."""
        for index, clause in enumerate(clauses):
            draft = self._drafts.add(clause.start, clause.end, "CLAUSE", clause.block, same_group=index > 0)
            draft.recommends = recommends
        return clauses[-1].end

    def _proposes(self, unit: Unit, words: Words) -> bool:
        """Tell whether a sentence may propose something, and does not only lead to what was resolved right after it."""
        told = self._phrases["PROPOSED"].search(words)
        return told is not None and (" that " in words or not self._resolved_after(unit))

    def _resolved_after(self, unit: Unit) -> bool:
        """Tell whether the words that a proposer and a vote belong to stand right after them: "Resolved: …"."""
        after = self._text[unit.end : unit.end + 60].lstrip()
        return bool(self._phrases["FORMAL"].match(after) or self._phrases["LEAD"].match(after.split("\n")[0]))

    def _add_sentence(self, unit: Unit, words: str, trigger: Trigger, previous: Unit | None) -> None:
        pieces = split_sentence(self._layout, unit, trigger.name)
        for index, (start, end) in enumerate(pieces):
            self._drafts.add(start, end, "CLAUSE", unit.block, same_group=index > 0)
            self._read_to = end
        if pieces:
            return
        if trigger.name == "FORMAL" and self._phrases["NOTHING_SAID"].match(words):
            return
        draft = self._drafts.add(unit.start, unit.end, trigger.name, unit.block)
        draft.focus = trigger.focus
        not_agreed = trigger.name in {"STUB", "TAIL"} and self._phrases["NOT_AGREED"].search(words)
        if not_agreed or trigger.name == "FELL":
            draft.outcome = Outcome.LOST
        start = self._contexts.find_start(unit, words, trigger.name, previous)
        if start < unit.start:
            draft.mentions.append((start, unit.end))
        if trigger.at > _LONG_HEAD and trigger.name in _TOLD_LATE:
            draft.mentions.append((unit.start + trigger.at, unit.end))
        if self._phrases["PAID_BELOW"].search(words):
            draft.mentions.append((unit.start, self._contexts.find_payments_end(unit)))
