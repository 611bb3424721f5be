"""Run the pipeline over gold files and print how right it is.

usage: python scripts/evaluate.py [GOLD.jsonl …] [--faults] [--json]   (default: corpus/samples/gold.jsonl)
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from scoring import COUNTED, Object, Score, score_documents

from minutes_miner.annotate import load_pipeline
from minutes_miner.export.contract import as_contract
from minutes_miner.workflow import extract_file

GOLD = Path(__file__).resolve().parent.parent / "corpus" / "samples" / "gold.jsonl"


def read_gold(path: Path) -> list[tuple[Path, Object]]:
    """Read a gold file.

    Returns:
        The path of each document and its annotation.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines if line.strip()]
    return [(path.parent / record["file"], record) for record in records]


def evaluate(paths: list[Path]) -> dict[str, Score]:
    """Extract every document that the gold files name, and score it."""
    nlp = load_pipeline()
    golds = [entry for path in paths for entry in read_gold(path)]
    return score_documents((gold, as_contract(extract_file(path, nlp=nlp))) for path, gold in golds)


def make_table(scores: dict[str, Score]) -> Table:
    """Lay scores out: precision, recall and F1 for what is counted, the share of right ones for single facts."""
    table = Table("field", *(("precision", "recall", "F1", "right", "spurious", "missed")))
    for column in table.columns[1:]:
        column.justify = "right"
    for name, score in scores.items():
        if not score.right + score.spurious + score.missed:
            continue
        shares = [f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}"]
        spurious = str(score.spurious) if name in COUNTED else ""
        shares = shares if name in COUNTED else ["", f"{score.recall:.3f}", ""]
        table.add_row(name, *shares, str(score.right), spurious, str(score.missed))
    return table


def main() -> int:
    """Evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[GOLD])
    parser.add_argument("--faults", action="store_true", help="list every disagreement on standard error")
    parser.add_argument("--json", action="store_true", help="print the scores as one JSON object")
    options = parser.parse_args()
    scores = evaluate(options.gold)
    if options.faults:
        for name, score in scores.items():
            sys.stderr.writelines(f"{name}\t{fault}\n" for fault in score.faults)
    if options.json:
        rows = {name: [s.precision, s.recall, s.f1, s.right, s.spurious, s.missed] for name, s in scores.items()}
        print(json.dumps(rows))
    else:
        Console(width=None if sys.stdout.isatty() else 100).print(make_table(scores))
    return 0


if __name__ == "__main__":
    sys.exit(main())
