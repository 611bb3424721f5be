"""What a pattern needs is never more than what it matches."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from minutes_miner.annotate.anchor import Anchor
from minutes_miner.annotate.clues import Clues
from minutes_miner.annotate.needs import NeedReader
from minutes_miner.annotate.phrases import Words, load_phrases, read_clues
from minutes_miner.annotate.runs import find_runs
from minutes_miner.annotate.times import find_times
from minutes_miner.parse import identify, parse

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
FILES = ("actions", "clauses", "dates", "due", "kinds", "money", "procedural", "resolutions", "times", "verbs", "votes")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    texts = []
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in {".txt", ".md", ".html"}:
            data = path.read_bytes()
            texts.append(parse(data, identify(data, path.name)).text)
    return list(dict.fromkeys(line for text in texts for line in text.splitlines() if len(line) > 20))[::3]


@pytest.mark.parametrize("name", FILES)
def test_words_find_what_the_plain_expression_finds(name: str, lines: list[str]) -> None:
    matched = 0
    for label, phrase in load_phrases(name).items():
        whole = regex.compile("|".join(line.pattern.pattern for line in phrase._lines), regex.IGNORECASE)
        for line in lines:
            plain = [match.span() for match in whole.finditer(line)]
            words = Words(line)
            assert [match.span() for match in phrase.finditer(words)] == plain, (label, line)
            assert [match.span() for match in phrase.finditer(line)] == plain, (label, line)
            first = phrase.search(words)
            assert (first.span() if first else None) == (plain[0] if plain else None), (label, line)
            matched += bool(plain)
    assert matched > 3


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bagreed\b", [[{" agreed "}]]),
        (r"\bagree(?:d|s)?\s+to\s+go", [[{" agree to ", " agreed to ", " agrees to "}]]),
        (r"approv|note[sd]", [[{"approv"}], [{"notes", "noted"}]]),
        (r"^\W*(?:in\s+)?favour", [[{" ^ favour", " in favour"}]]),
        (r"(?m)^\W*favour", [[{" favour"}]]),
        (r"\bcarried\W*$", [[{" carried $ "}]]),
        (r"(?:^|;)\s*noted", [[{" ^ noted", " noted"}]]),
        (r"\bvotes?\s*[:–]\s*(?=\(|\[)", [[{" vote ", " votes "}, {":", "–"}, {"(", "["}]]),
        (r"(?:for|to)\.?\s*[(\d]", [[{"for ", "to ", "for0", "to0", "for 0", "to 0"}]]),
        (r"\blost\b[^.]{0,60}\bvotes?\b", [[{" lost "}, {" vote ", " votes "}]]),
        (r"(?<!\w)\d{2}(?=\s+March)", [[{" march"}, {" 00"}]]),
        (r"(?i:No|none)\W+(?!more)\w+", [[{"no ", "none "}]]),
        (r"\w+\s*", [[]]),
    ],
)
def test_needs_are_read_from_the_pattern(pattern: str, needs: list[list[set[str]]]) -> None:
    assert [[set(clause) for clause in branch.clauses] for branch in NeedReader({}).read(pattern)] == needs


def test_a_name_is_read_by_its_definitions() -> None:
    reader = NeedReader({"BODY": ["council", "board"], "WHO": [r"[A-Z]\w+"]})
    assert reader.read(r"\b{{BODY}}\b")[0].clauses == (frozenset({" council ", " board "}),)
    assert reader.read(r"{{WHO}}\s+moved\b|noted")[0].tail == r"\s+moved\b"
    assert reader.read(r"moved\s+by\s+{{WHO}}")[0].tail == ""


def test_flags_at_the_front_hold_for_every_alternative() -> None:
    assert [branch.pattern for branch in NeedReader({}).read("(?m)^a|^(?:b|c)")] == ["(?m)^a", "(?m)^(?:b|c)"]


@pytest.mark.parametrize(
    ("text", "pattern"), [("AGREED", "agreed"), ("Ağreed to ſign İt", r"\bsign it\b"), ("in ４ days", r"\d")]
)
def test_letters_that_regex_takes_for_others_are_clues(text: str, pattern: str) -> None:
    assert regex.search(pattern, text, regex.IGNORECASE)
    for phrase in load_phrases("due").values():
        assert [m.span() for m in phrase.finditer(Words(text))] == [m.span() for m in phrase.finditer(text)]
    assert read_clues(text) != read_clues("")


def test_words_side_by_side_are_a_clue() -> None:
    clues = Clues()
    to_go, at_the_end = clues.add([frozenset({" agreed to "})]), clues.add([frozenset({"ried $ "})])
    assert clues.read("All agreed to go") & to_go
    assert not clues.read("All agreed that he went to Rome") & to_go
    assert clues.read("It was carried.") & at_the_end
    assert not clues.read("It was carried by two") & at_the_end


def test_times_match_inside_runs_only(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = [(run.start, run.end) for run in find_runs(text)]
    found = 0
    for rule, phrase in load_phrases("times").items():
        for match in phrase.finditer(text):
            found += 1
            assert any(start <= match.start() and match.end() <= end for start, end in spans), (rule, match)
    assert found > 100
    assert find_times(text, Anchor(None, text))
