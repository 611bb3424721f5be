"""Find the paragraph of each disagreement, and the words of both sides that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes_miner.domain.source import Document
from minutes_miner.evaluate.annotation import Annotation, Item, Span, Value
from minutes_miner.evaluate.compare import Comparison
from minutes_miner.evaluate.disagreement import NOUNS, Disagreement, find_disagreements
from minutes_miner.evaluate.finder import Finder, find_overlap


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold a piece of the document with the disagreements about it.

    Attributes:
        label: what they are about, a key of ``NOUNS``.
        span: where the piece stands.
        page_number: its page, counted from 1, where there are pages.
        wanted: where gold's words of that label stand in it.
        found: where the program's do.
    """

    label: str
    span: Span
    page_number: int | None
    disagreements: tuple[Disagreement, ...]
    wanted: tuple[Span, ...]
    found: tuple[Span, ...]


class _Side:
    """Hold where the items of one label stand, for gold or for the program."""

    def __init__(self, items: Sequence[Item], document: Document, finder: Finder) -> None:
        self._keys = [_key(item) for item in items]
        self._places = _place(items, document, finder)
        self._taken: set[tuple[str, int]] = set()
        self.spans = tuple(span for spans in self._places for span in spans)

    def pick(self, item: Item, purpose: str, others: Iterable[Span], *, overlapping: bool) -> tuple[Span, ...]:
        """Give where an item stands; of several that are alike, one that does or does not overlap the other side.

        Args:
            item: one of this side.
            purpose: what it is picked for; each place is given once for one purpose.
            others: where items of the other side stand.
            overlapping: whether the place should overlap one of those, or should not.
        """
        others = tuple(others)
        alike = [i for i, key in enumerate(self._keys) if key == _key(item) and self._places[i]]
        fresh = [i for i in alike if (purpose, i) not in self._taken] or alike
        if not fresh:
            return ()
        best = max(fresh, key=lambda i: any(find_overlap(span, others) for span in self._places[i]) is overlapping)
        self._taken.add((purpose, best))
        return self._places[best]


def find_passages(comparison: Comparison, document: Document) -> tuple[list[Passage], list[Disagreement]]:
    """Sort the disagreements on a document into its paragraphs.

    Returns:
        The passages in order, and the disagreements whose words could not be found in the text.
    """
    finder = Finder(document.text)
    passages: list[Passage] = []
    homeless: list[Disagreement] = []
    disagreements = find_disagreements(comparison)
    for label in NOUNS:
        wanted = _Side(_items(comparison.gold.wanted, label), document, finder)
        found = _Side(_items(comparison.answer.found, label), document, finder)
        anchored: list[tuple[Span, Disagreement]] = []
        for disagreement in disagreements:
            anchor = _find_anchor(disagreement, wanted, found) if disagreement.label == label else None
            if anchor:
                anchored.append((_find_paragraph(document, anchor), disagreement))
            elif disagreement.label == label:
                homeless.append(disagreement)
        passages += [_passage(document, label, group, (wanted, found)) for group in _merge(anchored)]
    homeless += [disagreement for disagreement in disagreements if disagreement.label not in NOUNS]
    return sorted(passages, key=lambda passage: passage.span), homeless


def _passage(
    document: Document, label: str, group: Sequence[tuple[Span, Disagreement]], sides: tuple[_Side, _Side]
) -> Passage:
    span = group[0][0][0], max(end for (_, end), _ in group)
    wanted, found = (tuple(inner for inner in side.spans if find_overlap(inner, [span])) for side in sides)
    told = tuple(disagreement for _, disagreement in group)
    return Passage(label, span, document.find_page(span[0]), told, wanted, found)


def _find_anchor(told: Disagreement, wanted: _Side, found: _Side) -> Span | None:
    """Give the place that a disagreement is about: where both sides meet, else where either stands."""
    if told.wanted is None or told.found is None:
        mine, other, item = (wanted, found, told.wanted) if told.wanted else (found, wanted, told.found)
        assert item is not None
        return next(iter(mine.pick(item, told.what, other.spans, overlapping=False)), None)
    theirs = found.pick(told.found, told.what, wanted.spans, overlapping=True)
    ours = wanted.pick(told.wanted, told.what, theirs, overlapping=True)
    both = (span for span in ours if find_overlap(span, theirs))
    return next(both, next(iter(ours + theirs), None))


def _place(items: Sequence[Item], document: Document, finder: Finder) -> list[tuple[Span, ...]]:
    """Give where each mention of each item stands: as told, else by its words, the longest first, each place once."""
    places: list[list[Span]] = [[] for _ in items]
    told = [(i, mention) for i, item in enumerate(items) for mention in item.mentions]
    taken: list[Span] = []
    for i, mention in sorted(told, key=lambda entry: -len(entry[1].text)):
        span = mention.span
        if span is None or document.text[span[0] : span[1]] != mention.text:
            spans = finder.find_all(mention.text)
            free = (one for one in spans if not find_overlap(one, taken))
            span = next(free, spans[0] if spans else finder.find_nearly(mention.text))
        if span and span[0] < span[1]:
            taken.append(span)
            places[i].append(span)
    return [tuple(sorted(spans)) for spans in places]


def _find_paragraph(document: Document, span: Span) -> Span:
    """Give the blocks that a span touches, or its lines where it stands in none."""
    blocks = [block for block in document.blocks if block.start < span[1] and span[0] < block.end]
    if blocks:
        return min(span[0], *(block.start for block in blocks)), max(span[1], *(block.end for block in blocks))
    end = document.text.find("\n", span[1])
    return document.text.rfind("\n", 0, span[0]) + 1, end if end >= 0 else len(document.text)


def _merge(anchored: Sequence[tuple[Span, Disagreement]]) -> list[list[tuple[Span, Disagreement]]]:
    """Put disagreements together whose paragraphs overlap."""
    groups: list[list[tuple[Span, Disagreement]]] = []
    end = -1
    for span, disagreement in sorted(anchored, key=lambda entry: entry[0]):
        if groups and span[0] < end:
            groups[-1].append((span, disagreement))
        else:
            groups.append([(span, disagreement)])
        end = max(end, span[1])
    return groups


def _items(annotation: Annotation, label: str) -> Sequence[Item]:
    items: dict[str, Sequence[Item]] = {
        "decisions": annotation.decisions,
        "actions": annotation.actions,
        "money": annotation.money,
        "dates": annotation.dates,
    }
    return items[label]


def _key(item: Item) -> object:
    return item.key if isinstance(item, Value) else item.texts
