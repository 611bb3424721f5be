"""Write minutes from a grammar, with known truth: seeded, in several layouts and formats.

usage: python scripts/generate.py FOLDER [--documents N] [--seed S] [--pdf SHARE] [--docx SHARE] [--gold FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from draft import Draft
from layouts import write_irish, write_page, write_parish, write_principal
from marked_text import build_gold, read_marked


def write_document(folder: Path, number: int, *, seed: int, pdf: float, docx: float) -> dict[str, object]:
    """Write one document.

    Args:
        folder: existing folder to write into.
        number: the document's number in the run; number and seed settle every word.
        seed: the run's seed.
        pdf: share of PDFs, from 0 to 1.
        docx: share of DOCX files, from 0 to 1.

    Returns:
        Its gold annotation.
    """
    draft = Draft(f"{seed}-{number}")
    text, suffix = _choose(draft, pdf=pdf, docx=docx)
    bare, marks = read_marked(text)
    path = folder / f"{number:06}.{suffix}"
    _save(bare, path, title=draft.council)
    gold = {"authority": draft.council, "committee": draft.committee, "meeting_date": draft.met.isoformat()}
    return {"id": path.stem, "file": path.name, **gold, **build_gold(bare, marks)}


def _choose(draft: Draft, *, pdf: float, docx: float) -> tuple[str, str]:
    draw = draft.rng.random()
    if draw < pdf:
        return write_principal(draft, bold="# "), "pdf"
    if draw < pdf + docx:
        return write_principal(draft, bold="# ", lettered="+ {clause}"), "docx"
    layouts = ((write_principal, "txt"), (write_parish, "txt"), (write_page, "html"), (write_irish, "md"))
    write, suffix = draft.rng.choice(layouts)
    return write(draft), suffix


def _save(text: str, path: Path, *, title: str) -> None:
    if path.suffix == ".pdf":
        from render_pdf import render_pdf

        render_pdf(text, path, layout="font=Helvetica; size=10; header=; footer=Page {page}", title=title)
    elif path.suffix == ".docx":
        from render_docx import render_docx

        render_docx(text, path, title=title)
    else:
        path.write_text(text, encoding="utf-8")


def generate(
    folder: Path, documents: int, *, seed: int = 1, pdf: float = 0.0, docx: float = 0.0
) -> list[dict[str, object]]:
    """Write documents into a folder, which is made where there is none.

    Returns:
        Their gold annotations, in order.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [write_document(folder, number, seed=seed, pdf=pdf, docx=docx) for number in range(documents)]


def main() -> int:
    """Generate and tell how much was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (1)")
    parser.add_argument("--pdf", type=float, default=0.0, help="share of PDFs, 0 to 1 (0)")
    parser.add_argument("--docx", type=float, default=0.0, help="share of DOCX files, 0 to 1 (0)")
    parser.add_argument("--gold", type=Path, help="write the truth as JSON Lines here")
    options = parser.parse_args()
    golds = generate(options.folder, options.documents, seed=options.seed, pdf=options.pdf, docx=options.docx)
    if options.gold:
        lines = (json.dumps(gold, ensure_ascii=False) + "\n" for gold in golds)
        options.gold.write_text("".join(lines), encoding="utf-8")
    print(f"{len(golds)} documents written to {options.folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
