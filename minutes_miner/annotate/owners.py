"""Mark who has to carry out a task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate.alignment import get_findings, get_text, set_spans
from minutes_miner.annotate.phrases import load_phrases
from minutes_miner.annotate.weights import Weights, load_weights, save_weights
from minutes_miner.domain.finding import Offsets, Task
from minutes_miner.domain.vocabulary import Label, SpanKey

_WORD = re.compile(r"[A-Za-zà-ÿ’']+|\d+|[^\w\s]")
_FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Mention:
    """Hold words that name somebody; ``sort`` is a label of ``patterns/owners.jsonl``."""

    start: int
    end: int
    sort: str


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """Find everybody whom part of a text names: people, posts, bodies, initials, pronouns; none twice."""
    found: list[Mention] = []
    for sort, pattern in load_phrases("owners").items():
        for match in pattern.finditer(text, start, end):
            if not any(mention.start < match.end() and match.start() < mention.end for mention in found):
                found.append(Mention(match.start(), match.end(), sort))
    return sorted(found, key=lambda mention: mention.start)


def describe_mention(text: str, task: Task, mentions: list[Mention], index: int) -> Iterator[str]:
    """Give the features by which the owner of a task is told from the others whom its words name."""
    mention = mentions[index]
    before = [word.lower() for word in _WORD.findall(text[max(task.start, mention.start - 60) : mention.start])]
    after = [word.lower() for word in _WORD.findall(text[mention.end : min(task.end, mention.end + 60)])]
    place = "first" if index == 0 else "last" if index == len(mentions) - 1 else "middle"
    yield f"sort={mention.sort}"
    yield f"place={place}"
    yield f"sort={mention.sort} place={place}"
    yield f"alone={len(mentions) == 1}"
    yield f"begins={not before}"
    yield f"words={text[mention.start : mention.end].lower().removeprefix('the ')}"
    for distance, word in enumerate(after[:4]):
        yield f"after{distance}={word}"
        yield f"after={word}"
    for distance, word in enumerate(reversed(before[-3:])):
        yield f"before{distance}={word}"
    yield f"between={' '.join(before[-1:])} _ {' '.join(after[:1])}"
    yield f"next={' '.join(after[:2])}"
    yield f"trigger={task.trigger}"


@Language.factory("minutes_owners", default_config={"share": 0.5})
class Owners:
    """Mark the owners of tasks, and find those of tasks whose rule told none.

    Marks: ``doc.spans["owners"]``, label OWNER; ``span._.owner`` is the words as written. Sets the owners of tasks in
    ``doc.spans["actions"]`` that have none to those whom its words name and who own it with a probability of ``share``.
    Needs: ``minutes_actions``.
    Example: in "Could the Clerk find out who laid the pipe?" the owner is "the Clerk".
    Limits: an owner told only in the sentence before is not found.
    """

    def __init__(self, nlp: Language, name: str, share: float) -> None:
        self.name = name
        self.share = share
        self.weights: Weights | None = None

    def __call__(self, doc: Doc) -> Doc:
        text = get_text(doc)
        tasks: list[Task] = get_findings(doc, SpanKey.ACTIONS)
        if self.weights is not None:
            tasks = [task if task.owners else replace(task, owners=self._choose(text, task)) for task in tasks]
            set_spans(doc, SpanKey.ACTIONS, ((t.start, t.end, Label.ACTION, t) for t in tasks))
        spots = sorted({spot for task in tasks for spot in task.owners})
        set_spans(doc, SpanKey.OWNERS, ((start, end, Label.OWNER, text[start:end]) for start, end in spots))
        return doc

    def _choose(self, text: str, task: Task) -> tuple[Offsets, ...]:
        assert self.weights is not None
        mentions = find_mentions(text, task.start, task.end)
        return tuple(
            (mention.start, mention.end)
            for index, mention in enumerate(mentions)
            if self.weights.weigh(describe_mention(text, task, mentions, index)) >= self.share
        )

    def to_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> None:
        """Save the weights into a folder."""
        path.mkdir(exist_ok=True)
        if self.weights is not None:
            save_weights({str(Label.OWNER): self.weights}, path / _FILE)

    def from_disk(self, path: Path, exclude: tuple[str, ...] = ()) -> Owners:
        """Load the weights from a folder."""
        if (path / _FILE).exists():
            self.weights = load_weights(path / _FILE)[str(Label.OWNER)]
        return self
