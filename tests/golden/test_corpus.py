"""Every document of the corpus is marked without a fault, and no council stands in two splits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from check_corpus import COUNCILS, count, find_faults, iter_documents
from make_corpus import SPLITS, find_split

DOCUMENTS = list(iter_documents([COUNCILS]))


@pytest.mark.parametrize("council", sorted({path.parent for path in DOCUMENTS}), ids=lambda path: path.name)
def test_the_marks_of_a_council_are_without_fault(council: Path) -> None:
    documents = [path for path in DOCUMENTS if path.parent == council]
    assert [fault for path in documents for fault in find_faults(path)] == []
    assert sum(count(path)["decisions"] + count(path)["actions"] for path in documents) > 0
    facts = json.loads((council / "council.json").read_text(encoding="utf-8"))
    assert facts.keys() >= {"authority", "kind", "nation", "style"}


def test_the_corpus_is_as_large_as_its_datasheet_says() -> None:
    councils = {path.parent.name for path in DOCUMENTS}
    assert len(DOCUMENTS) >= 600 and len(councils) >= 60
    assert {find_split(council) for council in councils} == set(SPLITS)


def test_a_fault_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    header = "%authority: Nowhere Parish Council\n%committee:\n%meeting_date: 2024-05-01\n"
    path.write_text(f"{header}⟦d1 approve|Pay £40 on 3 May 2024.⟧\n", encoding="utf-8")
    faults = list(find_faults(path))
    assert len(faults) == 2 and "a sum is not marked" in faults[0] and "a date is not marked" in faults[1]
    path.write_text(f"{header}⟦d1 consent|That it be so.⟧\n", encoding="utf-8")
    assert ["kind 'consent'" in fault for fault in find_faults(path)] == [True]
