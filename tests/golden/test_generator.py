"""Check that generated minutes are the same for one seed, differ for another, and carry the truth they tell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generate import generate

from minutes_miner.parse import identify, parse


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    seeds = {"a": 1, "b": 1, "c": 2}
    golds = [generate(tmp_path / name, 12, seed=seed, pdf=0.2, docx=0.2) for name, seed in seeds.items()]
    first, second, other = ([path.read_bytes() for path in sorted((tmp_path / name).iterdir())] for name in "abc")
    assert golds[0] == golds[1]
    assert len(first) == 12
    assert first == second
    assert not set(first) & set(other)


def test_every_layout_and_format_occurs(tmp_path: Path) -> None:
    generate(tmp_path, 60, seed=3, pdf=0.2, docx=0.2)
    assert {path.suffix for path in tmp_path.iterdir()} == {".txt", ".html", ".md", ".pdf", ".docx"}


def test_the_truth_stands_in_the_parsed_text(tmp_path: Path) -> None:
    quotes = 0
    for gold in generate(tmp_path, 20, seed=4, pdf=0.2, docx=0.2):
        path = tmp_path / str(gold["file"])
        data = path.read_bytes()
        text = " ".join(parse(data, identify(data, path.name)).text.split())
        for quote in find_quotes(gold):
            assert quote in text, (path.name, quote)
            quotes += 1
    assert quotes > 500


def find_quotes(gold: dict[str, Any]) -> list[str]:
    """Every quote of a generated document's decisions, sums and dates."""
    records = [entry for label in ("decisions", "money", "dates") for entry in gold[label]]
    return [quote for entry in records for quote in entry.get("quotes", [entry.get("quote")])]
