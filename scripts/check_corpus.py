"""Check marked minutes: each mark is read strictly, and no sum or plain date goes unmarked.

usage: python scripts/check_corpus.py [PATH …]   (files or folders; corpus/councils by default)

The table at the end counts documents, words and records by split.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from make_corpus import SPLITS, find_split
from marked_text import Mark, build_gold, read_header, read_marked

COUNCILS = Path(__file__).resolve().parent.parent / "corpus" / "councils"
SUFFIXES = (".txt", ".md", ".html")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SUM = re.compile(r"[£€]\s?\d|&pound;\s?\d|&euro;\s?\d|\b\d+p\b")
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTHS})\b|\b(?:{_MONTHS}),?\s+(?:19|20)\d\d\b"
    r"|\b\d{1,2}/\d{1,2}/(?:19|20)?\d\d\b|\b20\d\d/(?:20)?\d\d\b"
)
_HIDDEN = re.compile(r"<(?:script|style|head)\b.*?</(?:script|style|head)>|<[^>]+>", re.DOTALL)


def find_faults(path: Path) -> Iterator[str]:
    """Give what is wrong with one marked document, a line each.

    Args:
        path: the marked source.
    """
    try:
        header, source = read_header(path.read_text(encoding="utf-8"))
        text, marks = read_marked(source)
        build_gold(text, marks)
        date.fromisoformat(header.get("meeting_date") or "2000-01-01")
    except (ValueError, AssertionError) as error:
        yield str(error)
        return
    missing = {"authority", "committee", "meeting_date"} - set(header)
    if missing:
        yield f"the lines at the top lack {', '.join(sorted(missing))}"
    if path.name.endswith(".pdf.txt") and not header.get("layout"):
        yield "a PDF needs a line %layout at the top"
    yield from _find_unmarked(text, marks)
    yield from _find_strange(text, marks)


def _find_unmarked(text: str, marks: tuple[Mark, ...]) -> Iterator[str]:
    """Give the sums and dates that stand in no mark of their sort."""
    hidden = [match.span() for match in _HIDDEN.finditer(text)]
    for name, pattern, tags in (("sum", _SUM, ("£", "€", "?£")), ("date", _DATE, ("1", "2", "?@", "?£"))):
        spots = [(mark.start, mark.end) for mark in marks if mark.tag.startswith(tags)]
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for start, end in (*spots, *hidden)):
                yield f"a {name} is not marked: {_around(text, match.start())!r}"


def _find_strange(text: str, marks: tuple[Mark, ...]) -> Iterator[str]:
    """Give marks that can hardly be meant."""
    for mark in marks:
        words = text[mark.start : mark.end]
        if not words.strip():
            yield f"the mark {mark.tag} is empty, near {_around(text, mark.start)!r}"
        elif re.match(r"[da]\d", mark.tag) and len(words.split()) > 400:
            yield f"the mark {mark.tag} holds {len(words.split())} words: is a closing bracket missing?"
        elif mark.tag[:1] in "£€" and not re.search(r"\d|half|hundred|thousand|million|pound|penny|pence", words):
            yield f"the mark {mark.tag} holds no sum: {words!r}"


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 40) : at + 30].split())


def iter_documents(paths: list[Path]) -> Iterator[Path]:
    """Give the marked documents among files and folders, in order."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
        else:
            yield path


def count(path: Path) -> Counter[str]:
    """Count what one marked document holds."""
    _, source = read_header(path.read_text(encoding="utf-8"))
    text, marks = read_marked(source)
    gold = build_gold(text, marks)
    decisions = gold["decisions"]
    assert isinstance(decisions, list)
    found = {name: len(gold[name]) for name in ("decisions", "actions", "money", "dates")}  # type: ignore[arg-type]
    lost = sum(decision["outcome"] != "carried" for decision in decisions)
    votes = sum("vote" in decision for decision in decisions)
    return Counter(
        {"documents": 1, "words": len(re.sub(r"<[^>]+>", " ", text).split()), **found, "votes": votes, "lost": lost}
    )


def main() -> int:
    """Check and count; 1 where anything is wrong."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    councils: dict[str, set[str]] = defaultdict(set)
    wrong = 0
    for path in iter_documents([Path(name) for name in sys.argv[1:]] or [COUNCILS]):
        faults = list(find_faults(path))
        wrong += len(faults)
        print(*(f"{path}: {fault}" for fault in faults), sep="\n", end="\n" * bool(faults), file=sys.stderr)
        if not faults:
            split = find_split(path.parent.name)
            councils[split].add(path.parent.name)
            counts[split] += count(path)
    names = list(counts[next(iter(counts))]) if counts else []
    print("| split | councils | " + " | ".join(names) + " |")
    print("|---" * (len(names) + 2) + "|")
    rows = [(split, len(councils[split]), counts[split]) for split in SPLITS if split in counts]
    rows.append(("all", sum(row[1] for row in rows), sum((row[2] for row in rows), Counter())))
    for split, number, row in rows:
        print(f"| {split} | {number} | " + " | ".join(f"{row[name]:,}" for name in names) + " |")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
