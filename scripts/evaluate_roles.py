"""Tell how often sums of money get the role that a reader gave them.

usage: python scripts/evaluate_roles.py [--split dev] [--errors]

``corpus/roles.jsonl`` names some sums of the councils' documents, drawn at random, and what a reader took each for;
null where the words do not tell. The documents are made as ``scripts/make_corpus.py`` makes them, mined, and the sums
found are set against the marked ones, in order. Of each role the table tells how many sums a reader gave it (gold), how
many of those got it (recall), and how many of all that got it are right (precision).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from make_corpus import CORPUS, make_documents
from rich.console import Console
from rich.table import Table
from spacy.language import Language

from minutes_miner.annotate import annotate, load_pipeline
from minutes_miner.annotate.alignment import get_findings
from minutes_miner.domain.finding import Sum
from minutes_miner.domain.vocabulary import SpanKey
from minutes_miner.parse import identify, parse

UNTOLD = "(not told)"
NOT_FOUND = "(not found)"
NEEDED = ("sections", "money")
"""The components that sums and their roles need."""


def read_gold(split: str) -> dict[str, list[dict[str, Any]]]:
    """Give the labelled sums of a split, by the document's source below ``corpus/councils``."""
    found = defaultdict(list)
    for line in (CORPUS / "roles.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(line)
        if entry["split"] == split:
            found[entry["file"]].append(entry)
    return found


def find_sums(nlp: Language, folder: Path, source: Path) -> tuple[str, list[Sum], list[str]]:
    """Make a document and give its text, the sums found, and the amounts that are marked in it."""
    target = folder / source.parent.name / source.name
    target.mkdir(parents=True)
    make_documents([source], target)
    annotation = json.loads((target / "gold.jsonl").read_text("utf-8"))
    path = target / annotation["file"]
    document = parse(path.read_bytes(), identify(path.read_bytes(), str(path)))
    found = get_findings(annotate(nlp, document), SpanKey.MONEY)
    return document.text, found, [entry["amount"] for entry in annotation["money"]]


def compare(nlp: Language, split: str) -> Iterator[tuple[str, str, str]]:
    """Give for each labelled sum the reader's role, the program's, and the words around."""
    with tempfile.TemporaryDirectory() as folder:
        for name, entries in read_gold(split).items():
            text, found, marked = find_sums(nlp, Path(folder), CORPUS / "councils" / name)
            own, wanted = [float(item.amount) for item in found], [float(amount) for amount in marked]
            blocks = SequenceMatcher(None, wanted, own, autojunk=False).get_matching_blocks()
            places = {a + step: b + step for a, b, size in blocks for step in range(size)}
            for entry in entries:
                item = found[places[entry["sum"]]] if entry["sum"] in places else None
                around = text[max(0, item.start - 90) : item.end + 50] if item else entry["quote"]
                role = (item.role or UNTOLD) if item else NOT_FOUND
                yield entry["role"] or UNTOLD, str(role), f"{name}: {' '.join(around.split())}"


def make_table(pairs: list[tuple[str, str, str]], title: str) -> Table:
    """Write the figures of each role and of all."""
    table = Table("role", "gold", "right", "recall", "precision", title=title)
    gold, given = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    right = Counter(wanted for wanted, got, _ in pairs if wanted == got)
    for role, count in gold.most_common():
        precision = f"{right[role] / given[role]:.2f}" if given[role] else "–"
        table.add_row(role, str(count), str(right[role]), f"{right[role] / count:.2f}", precision)
    told = [pair for pair in pairs if pair[1] not in {UNTOLD, NOT_FOUND}]
    true = sum(wanted == got for wanted, got, _ in told)
    table.add_row("a role was given", str(len(told)), str(true), "", f"{true / len(told):.2f}")
    table.add_row("all", str(len(pairs)), str(right.total()), f"{right.total() / len(pairs):.2f}", "")
    return table


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("train", "dev"), default="dev", help="which councils (dev)")
    parser.add_argument("--errors", action="store_true", help="list each sum that got another role")
    options = parser.parse_args()
    nlp = load_pipeline()
    for name in set(nlp.pipe_names) - set(NEEDED):
        nlp.remove_pipe(name)
    pairs = list(compare(nlp, options.split))
    if options.errors:
        for wanted, got, around in pairs:
            if wanted != got:
                print(f"{wanted} → {got}: {around}", file=sys.stderr)
    Console().print(make_table(pairs, f"roles of sums, split {options.split}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
