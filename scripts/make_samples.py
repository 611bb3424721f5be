"""Make the sample documents and their gold annotations from the marked sources in corpus/source.

usage: python scripts/make_samples.py [FOLDER]   (from corpus/source into FOLDER, corpus/samples by default)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from marked_text import build_gold, read_header, read_marked
from render_docx import render_docx
from render_pdf import render_pdf

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def make_samples(source: Path, target: Path) -> list[Path]:
    """Write every document and ``gold.jsonl``.

    Args:
        source: folder of marked sources; ``name.pdf.txt`` and ``name.docx.txt`` become PDF and DOCX, others keep
            their format.
        target: existing folder to write into.

    Returns:
        The files written.
    """
    written: list[Path] = []
    lines: list[str] = []
    for path in sorted(source.iterdir()):
        name = path.name.removesuffix(".txt") if path.name.endswith((".pdf.txt", ".docx.txt")) else path.name
        header, marked = read_header(path.read_text(encoding="utf-8"))
        text, marks = read_marked(marked)
        _write(text, target / name, header)
        facts = {key: value for key, value in header.items() if key != "layout"}
        gold = {"id": Path(name).stem, "file": name, **facts, **build_gold(text, marks)}
        lines.append(json.dumps(gold, ensure_ascii=False))
        written.append(target / name)
    gold_path = target / "gold.jsonl"
    gold_path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [*written, gold_path]


def _write(text: str, path: Path, header: dict[str, str | None]) -> None:
    title = " ".join(filter(None, (header["authority"], header["committee"], "minutes")))
    if path.suffix == ".pdf":
        render_pdf(text, path, layout=header["layout"] or "", title=title)
    elif path.suffix == ".docx":
        render_docx(text, path, title=title)
    else:
        path.write_bytes(text.encode("utf-8"))


def main() -> int:
    """Make the samples and tell how many files were written."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS / "samples"
    print(f"{len(make_samples(CORPUS / 'source', folder))} files written to {folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
