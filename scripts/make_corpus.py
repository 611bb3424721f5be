"""Make documents and their gold annotations from marked sources.

usage: python scripts/make_corpus.py samples [FOLDER]    (corpus/source → corpus/samples)
       python scripts/make_corpus.py councils [FOLDER]   (corpus/councils → build/corpus/{train,dev,test})
       python scripts/make_corpus.py excerpts [FOLDER]   (corpus/excerpts → build/excerpts/{read,unread})
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from marked_text import build_gold, read_header, read_marked
from render_docx import render_docx
from render_pdf import render_pdf

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SPLITS = {"train": 12, "dev": 3, "test": 5}
"""Of twenty councils, how many go where."""


def find_split(council: str) -> str:
    """Tell which split a council belongs to: by the hash of its folder's name, so that nobody chooses.

    Args:
        council: name of its folder in ``corpus/councils``.
    """
    place = int(hashlib.sha256(council.encode()).hexdigest(), 16) % sum(SPLITS.values())
    for split, share in SPLITS.items():
        if place < share:
            return split
        place -= share
    raise AssertionError(council)


def make_documents(sources: Iterable[Path], target: Path) -> list[Path]:
    """Write every document and ``gold.jsonl``.

    Args:
        sources: marked sources; ``name.pdf.txt`` and ``name.docx.txt`` become PDF and DOCX, others keep their format.
        target: existing folder to write into.

    Returns:
        The files written.
    """
    written: list[Path] = []
    lines: list[str] = []
    for path in sources:
        name = path.name.removesuffix(".txt") if path.name.endswith((".pdf.txt", ".docx.txt")) else path.name
        name = name if path.parent == CORPUS / "source" else f"{path.parent.name}.{name}"
        header, marked = read_header(path.read_text(encoding="utf-8"))
        try:
            text, marks = read_marked(marked)
            annotation = build_gold(text, marks)
        except ValueError as error:
            raise SystemExit(f"{path}: {error}; scripts/check_corpus.py tells more") from None
        _write(text, target / name, header)
        facts = {key: value for key, value in header.items() if key != "layout"}
        gold = {"id": Path(name).stem, "file": name, **facts, **annotation}
        lines.append(json.dumps(gold, ensure_ascii=False))
        written.append(target / name)
    return [*written, _write_gold(lines, target)]


def make_samples(source: Path, target: Path) -> list[Path]:
    """Write the sample documents and their ``gold.jsonl``."""
    return make_documents(sorted(source.iterdir()), target)


def make_splits(councils: Path, target: Path) -> list[Path]:
    """Write the documents of all councils, one folder a split, each with its ``gold.jsonl``."""
    written: list[Path] = []
    for split in SPLITS:
        folder = target / split
        folder.mkdir(parents=True, exist_ok=True)
        chosen = (path for path in sorted(councils.iterdir()) if path.is_dir() and find_split(path.name) == split)
        sources = [path for council in chosen for path in sorted(council.iterdir()) if path.suffix != ".json"]
        written += make_documents(sources, folder)
    return written


def make_excerpts(source: Path, target: Path) -> list[Path]:
    """Write each excerpt as a document of its own, one folder a half, each with its ``gold.jsonl``.

    Only decisions and actions are marked in excerpts, so that sums and dates in them have no gold.
    """
    written: list[Path] = []
    for path in sorted(source.glob("*.jsonl")):
        folder = target / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        lines: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            excerpt = json.loads(line)
            document = folder / f"{excerpt['id']}.txt"
            document.write_text(excerpt.pop("text") + "\n", encoding="utf-8")
            optional = dict.fromkeys(("decisions", "actions", "money", "dates"), []) | excerpt["optional"]
            gold = {**excerpt, "file": document.name, "money": [], "dates": [], "optional": optional}
            lines.append(json.dumps(gold, ensure_ascii=False))
            written.append(document)
        written.append(_write_gold(lines, folder))
    return written


def _write_gold(lines: list[str], folder: Path) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _write(text: str, path: Path, header: dict[str, str | None]) -> None:
    title = " ".join(filter(None, (header["authority"], header["committee"], "minutes")))
    if path.suffix == ".pdf":
        render_pdf(text, path, layout=header["layout"] or "", title=title)
    elif path.suffix == ".docx":
        render_docx(text, path, title=title)
    else:
        path.write_bytes(text.encode("utf-8"))


def main() -> int:
    """Make the documents and tell how many files were written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("samples", "councils", "excerpts"))
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    if options.what == "samples":
        folder = options.folder or CORPUS / "samples"
        written = make_samples(CORPUS / "source", folder)
    elif options.what == "excerpts":
        folder = options.folder or ROOT / "build" / "excerpts"
        written = make_excerpts(CORPUS / "excerpts", folder)
    else:
        folder = options.folder or ROOT / "build" / "corpus"
        written = make_splits(CORPUS / "councils", folder)
    print(f"{len(written)} files written to {folder}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
