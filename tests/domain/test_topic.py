"""The list of topics, and that the documentation tells the same."""

from __future__ import annotations

import re
from pathlib import Path

from minutes_miner.domain.topic import load_topics

DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs" / "topics.md"


def test_codes_can_be_typed() -> None:
    assert 30 <= len(load_topics()) <= 40 and "send" in load_topics()
    for code, topic in load_topics().items():
        assert topic.code == code and re.fullmatch(r"[a-z]+(-[a-z]+)?", code)
        assert topic.name and topic.description and len(topic.terms) >= 15
        assert len(set(topic.terms)) == len(topic.terms)


def test_the_documentation_lists_them() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \| (.+) \| (.+) \|$", DOCUMENTATION.read_text("utf-8"), re.MULTILINE)
    assert told == [(topic.code, topic.name, topic.description) for topic in load_topics().values()]
