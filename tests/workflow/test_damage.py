"""Damaged copies of the samples: each gives records or one clear line, never a fault of the program."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes_miner.domain.record import Extraction
from minutes_miner.workflow import Failure, extract_files

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".pdf", ".docx", ".html", ".md", ".txt"})


def damage(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """Cut a file short, cut pieces out, change bytes, and put one half after the other."""
    yield data[: chance.randrange(1, len(data))]
    start = chance.randrange(len(data))
    yield data[:start] + data[start + chance.randrange(1, 2000) :]
    changed = bytearray(data)
    for _ in range(max(20, len(data) // 200)):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    yield bytes(changed)
    middle = len(data) // 2
    yield data[middle:] + data[:middle]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", sorted({path.suffix for path in FILES}))
def test_damaged_files_give_records_or_a_line(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(suffix)
    damaged = []
    for path in FILES:
        if path.suffix == suffix:
            for number, data in enumerate(damage(path.read_bytes(), chance)):
                damaged.append(tmp_path / f"{path.stem}-{number}{suffix}")
                damaged[-1].write_bytes(data)
    outcomes = list(extract_files(damaged, jobs=2))
    assert len(outcomes) == len(damaged) >= 4
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            assert outcome.trace is None, outcome.trace
            assert "crashed" not in outcome.reason and "\n" not in outcome.reason
        else:
            check_evidence(outcome)


def check_evidence(extraction: Extraction) -> None:
    text = extraction.document.text
    records = [*extraction.decisions, *extraction.actions]
    evidence = [mention for record in records for mention in record.mentions]
    evidence += [found.evidence for found in (*extraction.money, *extraction.dates)]
    assert all(text[mention.start : mention.end] == mention.quote for mention in evidence)
