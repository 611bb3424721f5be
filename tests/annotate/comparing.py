"""Run the pipeline over a case and tell how what it marks differs from the case's own marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from marked import Case, Mark, read_cases
from spacy.language import Language
from spacy.tokens import Doc

from minutes_miner.annotate import annotate
from minutes_miner.domain.finding import Offsets
from minutes_miner.domain.outline import outline_text
from minutes_miner.domain.source import Document, DocumentRef

CASES = Path(__file__).parent / "cases"
Found = TypeVar("Found")
_SAME = 0.5
"""Share of the characters of two spans taken together that both must cover to count as the same."""


def load_params(name: str) -> list[object]:
    """Make a parameter of each case of a file; a known failure is expected to fail, and told of when it passes."""
    return [
        pytest.param(
            case, id=case.name, marks=[pytest.mark.xfail(reason=case.known, strict=True)] if case.known else []
        )
        for case in read_cases(CASES / f"{name}.txt")
    ]


def annotate_text(nlp: Language, text: str, *, meeting: date | None = None, council: str | None = None) -> Doc:
    """Run the pipeline over plain text as if a parser had read it."""
    ref = DocumentRef("minutes.txt", "0" * 64, len(text.encode()), "text/plain")
    document = Document(ref, text, outline_text(text), authority=council, meeting_date=meeting)
    doc: Doc = annotate(nlp, document)
    return doc


def annotate_case(nlp: Language, case: Case) -> Doc:
    """Run the pipeline over a case's bare text."""
    return annotate_text(nlp, case.marked.text, meeting=case.meeting, council=case.council)


def cover(first: Offsets, second: Offsets) -> float:
    """Give the share of two ranges together that both cover."""
    common = max(0, min(first[1], second[1]) - max(first[0], second[0]))
    return float(common / (max(first[1], second[1]) - min(first[0], second[0])))


def pair(
    marks: Sequence[Mark], found: Sequence[Found], spots: Callable[[Found], Sequence[Offsets]], text: str
) -> tuple[list[tuple[Mark, Found]], list[str]]:
    """Pair marks with findings whose words are about the same.

    Args:
        marks: what is to be found.
        found: what was found.
        spots: gives the places of a finding.
        text: the bare text.

    Returns:
        The pairs, and a line for each mark that was not found and each finding that is not marked.
    """
    rest = list(found)
    pairs: list[tuple[Mark, Found]] = []
    wrong: list[str] = []
    for mark in marks:
        shares = [max(cover((mark.start, mark.end), spot) for spot in spots(item)) for item in rest]
        if shares and max(shares) >= _SAME:
            pairs.append((mark, rest.pop(shares.index(max(shares)))))
        else:
            wrong.append(f"not found: {text[mark.start : mark.end]!r}")
    wrong += [f"found, but not marked: {text[slice(*spots(item)[0])]!r} ({_trigger(item)})" for item in rest]
    return pairs, wrong


def _trigger(item: object) -> str:
    return str(getattr(item, "trigger", "") or getattr(item, "manner", ""))
