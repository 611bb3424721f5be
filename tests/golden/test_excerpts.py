"""Every excerpt's marks stand in its words, and no excerpt stands in both halves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from make_corpus import CORPUS, make_excerpts

from minutes_miner.evaluate import read_gold

HALVES = sorted((CORPUS / "excerpts").glob("*.jsonl"))


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_excerpt(path: Path) -> None:
    for excerpt in _read(path):
        records = excerpt["decisions"] + excerpt["actions"]
        quotes = [quote for record in records for quote in (*record["quotes"], *record.get("owners", ()))]
        quotes += [record["due"]["quote"] for record in excerpt["actions"] if record["due"]]
        text = _squeeze(excerpt["text"])
        assert [(excerpt["id"], quote) for quote in quotes if _squeeze(quote) not in text] == []


def test_no_excerpt_stands_twice() -> None:
    names = [excerpt["id"] for path in HALVES for excerpt in _read(path)]
    assert len(HALVES) == 2 and len(names) == len(set(names)) > 900


def test_excerpts_are_gold_that_can_be_evaluated(tmp_path: Path) -> None:
    written = make_excerpts(CORPUS / "excerpts", tmp_path)
    for gold in (path for path in written if path.name == "gold.jsonl"):
        assert all(document.path.exists() for document in read_gold(gold))
