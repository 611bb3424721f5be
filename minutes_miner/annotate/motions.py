"""Read motions and amendments: the sentence that moves them, the quotation or list that holds their words."""

from __future__ import annotations

from minutes_miner.annotate.clauses import Clause, iter_clauses
from minutes_miner.annotate.drafts import Draft, Drafts
from minutes_miner.annotate.outcomes import read_settled
from minutes_miner.annotate.phrases import Words, load_phrases
from minutes_miner.annotate.sections import Layout, Unit
from minutes_miner.annotate.tally import read_vote
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.vocabulary import BlockRole, Label

_QUOTES = {"“": "”", '"': '"', "‘": "’\n"}
_LONGEST_OPENING = 6
"""Characters after a sentence within which a quotation can open."""
_LONGEST_LEAD = 160
_LONGEST_QUOTE = 8000
_NEAR_HEAD = 400
_SHORTEST = 15
_LEADS_ON = (":", ",", "-", "–")
"""Ends of a sentence whose list stands below it."""


class Motions:
    """Read what is moved in the sentences of one document, in order; what comes of it is told by ``Proposals``."""

    def __init__(self, layout: Layout, drafts: Drafts) -> None:
        self._layout = layout
        self._text = layout.text
        self._drafts = drafts
        self._phrases = load_phrases("resolutions")
        self._title: str | None = None

    def read_titled(self, unit: Unit, words: str) -> int | None:
        """Read the words under a line that only says "Motion" or "Amendment", as Scottish councils print them.

        Returns:
            The offset up to which the text is read, or None where the sentence is neither.
        """
        title = self._phrases["MOTION_TITLE"].match(words)
        if title and not self._layout.blocks[unit.block].number:
            self._title = title["name"].lower()
            return unit.end
        name, self._title = self._title, None
        if name is None or len(words) < 20 or self._phrases["MOVERS_ONLY"].match(words):
            return None
        end = self._layout.blocks[unit.block].end
        if self._phrases["NO_SECONDER"].search(self._text, unit.start, end):
            return end
        if self._find_clauses(unit, words):
            return self.read_motion(unit, words)
        draft = self._drafts.add(unit.start, end, "MOTION", unit.block)
        draft.label, draft.name, draft.titled = Label.MOTION, name, True
        draft.mentions.append((unit.start, end))
        return end

    def read_motion(self, unit: Unit, words: str) -> int | None:
        """Read a sentence that proposes something, with the quotation or list that holds the motion's words.

        Returns:
            The offset up to which the text is read, or None where the sentence proposes nothing.
        """
        phrases = self._phrases
        in_heading = self._layout.blocks[unit.block].role is BlockRole.HEADING
        if in_heading and phrases["ONLY_NOTICE"].match(words):
            return None
        if len(words) < _SHORTEST or not phrases["PROPOSED"].search(words) or phrases["PUT"].search(words):
            return None
        clauses = self._find_clauses(unit, words)
        if len(words) < 110 and phrases["ONLY_MOVERS"].match(words) and not clauses:
            return None
        if phrases["NO_SECONDER"].search(words):
            return unit.end
        name = "amendment" if phrases["AMENDS"].search(words) else "motion"
        end = clauses[-1][1] if clauses else unit.end
        if not clauses and (words.rstrip().endswith((":", "that", "motion", "–", "-")) or self._opening(unit)):
            end = self._quote_end(unit)
        for index, (start, stop) in enumerate(clauses or [(unit.start, end)]):
            draft = self._drafts.add(start, stop, "MOTION", unit.block, same_group=index > 0)
            draft.label, draft.name = Label.MOTION, name
            if clauses:
                own = Words(self._text[start:stop])
                draft.settle_if(read_settled(own) if read_vote(own) else None)
            else:
                draft.mentions.append((unit.start, unit.end))
                self._settle_at_once(draft, unit)
        return max(end, self._find_close(unit) or end) if clauses else end

    def read_moved(self, unit: Unit, words: str, previous: Unit | None) -> bool:
        """Read "Moved by Cllr Denny, seconded by Cllr Pryce." after the motion's words in quotation marks."""
        if previous is None or not self._phrases["QUOTED_MOTION"].match(previous.words) or read_vote(words):
            return False
        draft = self._drafts.add(previous.start, previous.end, "MOTION", previous.block)
        draft.label, draft.name = Label.MOTION, "motion"
        draft.mentions.append((previous.start, unit.end))
        return True

    def _find_clauses(self, unit: Unit, words: str) -> list[Offsets]:
        """Give the clauses of a motion that stands as a list under its movers, each to be decided.

        What it notes and believes before it resolves is none; a list with one lead-in after another is read to the
        closing quotation mark.
        """
        is_last = unit.end >= self._layout.blocks[unit.block].end - 2
        if not is_last or not words.rstrip(" \"“‘”’").endswith(_LEADS_ON):
            return []
        stop = self._find_close(unit)
        found: list[Offsets] = []
        at, lead = unit.block + 1, words
        while at < len(self._layout.blocks) and self._layout.blocks[at].start < (stop or len(self._text)):
            block = self._layout.blocks[at]
            if block.number is None:
                lead = self._text[block.start : block.end]
                at += 1
                if not lead.rstrip().endswith(":") or len(lead) >= _LONGEST_LEAD:
                    break
                continue
            clauses = list(iter_clauses(self._layout, at, any_paragraph=False))
            if clauses and not self._phrases["PREAMBLE"].search(lead):
                found += [(clause.start, min(clause.end, stop or clause.end)) for clause in clauses]
            if not clauses or not stop:
                break
            at = self._find_block_after(clauses[-1])
        return found if len(found) > 1 else []

    def _find_block_after(self, clause: Clause) -> int:
        blocks = self._layout.blocks
        return next((at for at in range(clause.block + 1, len(blocks)) if blocks[at].start >= clause.end), len(blocks))

    def _find_close(self, unit: Unit) -> int | None:
        """Give where the motion's closing quotation mark stands, if one opens in or right after a sentence."""
        opened = self._phrases["OPENED"].search(self._text, unit.start, unit.end + _LONGEST_OPENING)
        close = self._text.find(_QUOTES[opened["mark"]], opened.end(), opened.end() + _LONGEST_QUOTE) if opened else -1
        return close + 1 if close > 0 else None

    def _settle_at_once(self, draft: Draft, unit: Unit) -> None:
        """Settle a proposal whose own sentence tells the vote: "X proposed and Y seconded it (4 for, 1 against)."."""
        outcome = read_settled(unit.words)
        if outcome is None:
            return
        body = self._layout.blocks[unit.block].body
        draft.settle(outcome, (body, unit.end) if unit.start - body < _NEAR_HEAD else None)

    def _opening(self, unit: Unit) -> str | None:
        """Give the quotation mark that opens right after a sentence."""
        mark = self._text[unit.end : unit.end + 6].strip()[:1]
        return mark if mark in _QUOTES else None

    def _quote_end(self, unit: Unit) -> int:
        """Give the end of the motion's own words: its closing quotation mark, or the list that follows."""
        opening = self._opening(unit)
        if opening:
            close = self._text.find(_QUOTES[opening], unit.end + 3, unit.end + _LONGEST_QUOTE)
            if close > 0:
                return close + 1
        clauses = list(iter_clauses(self._layout, unit.block + 1, any_paragraph=True))
        return clauses[-1].end if clauses else unit.end
