"""Write a large archive of invented minutes whose truth is known: many formats, sizes and faults, seeded.

usage: python scripts/make_archive.py FOLDER [--documents N] [--seed S] [--short] [--faults SHARE]

The files lie in one folder a council and year. Beside them stand ``gold.jsonl``, the truth of each plain file as
``minutes-miner evaluate`` reads it, and ``truth.jsonl``, one line a document, those in archives and mails too: its
source below the folder, and how many decisions and actions it holds, or the fault that was planted in it.

Text and web pages are written afresh, and so are the first PDFs and Word files; later ones are these with another
reference number, so that their bytes and ids differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from archive_faults import FAULTS, spoil
from archive_formats import pack_mail, pack_zip, print_docx, print_pdf
from draft import Draft
from layouts import write_irish, write_page, write_parish, write_principal, write_short
from marked_text import build_gold, read_marked

SHARES = (("pdf", 0.04), ("docx", 0.03), ("zip", 0.01), ("eml", 0.02))
"""How many of the files have a format that is no text; the others are text, Markdown and web pages."""

MEMBERS = 3
"""Documents in an archive, and attached to a mail."""


@dataclass(frozen=True)
class Made:
    """Hold a document's bytes and truth; ``fault`` names what was planted in it, if anything was."""

    data: bytes
    suffix: str
    council: str
    year: int
    gold: dict[str, object]
    fault: str = ""


def make_archive(
    folder: Path,
    documents: int,
    *,
    seed: int = 1,
    short: bool = False,
    faults: float = 0.01,
    containers: float = 1.0,
) -> dict[str, int]:
    """Write an archive of so many documents, or two more where the last file holds several.

    Args:
        folder: is made where there is none.
        documents: how many to write, those in archives and mails counted each.
        seed: the same seed gives the same bytes.
        short: whether documents have a few lines each instead of a few pages.
        faults: share of files that can't be read, from 0 to 1.
        containers: how many archives and mails there are, of their usual share.

    Returns:
        The number of files by kind, and of documents as ``documents``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {"documents": 0}
    with ExitStack() as stack:
        gold = stack.enter_context((folder / "gold.jsonl").open("w", encoding="utf-8"))
        truth = stack.enter_context((folder / "truth.jsonl").open("w", encoding="utf-8"))
        number = 0
        while counts["documents"] < documents:
            kind = _choose_kind(seed, number, faults)
            if kind in ("zip", "eml") and Draft(f"held {seed}-{number}").rng.random() >= containers:
                kind = "plain"
            counts["documents"] += _write_file(folder, kind, Run(seed, number, short), (gold, truth))
            counts[kind] = counts.get(kind, 0) + 1
            number += 1
    return counts


@dataclass(frozen=True)
class Run:
    """Name a file: the run's seed and the file's number settle every word."""

    seed: int
    number: int
    short: bool


def _choose_kind(seed: int, number: int, faults: float) -> str:
    draw = Draft(f"kind {seed}-{number}").rng.random()
    if draw < faults:
        return "fault"
    draw = (draw - faults) / (1 - faults)
    for kind, share in SHARES:
        if draw < share:
            return kind
        draw -= share
    return "plain"


def _write_file(folder: Path, kind: str, run: Run, books: tuple[IO[str], IO[str]]) -> int:
    """Write one file and its truth; give the number of documents in it."""
    gold, truth = books
    parts = list(_make_parts(kind, run))
    first = parts[0]
    place = folder / first.council.lower().replace(" ", "-") / str(first.year)
    place.mkdir(parents=True, exist_ok=True)
    names = [f"minutes-{run.number:07}-{index}.{part.suffix}" for index, part in enumerate(parts, 1)]
    path = place / (f"minutes-{run.number:07}.{first.suffix if kind in ('plain', 'fault') else kind}")
    if kind in ("zip", "eml"):
        pack = pack_zip if kind == "zip" else pack_mail
        path.write_bytes(pack(dict(zip(names, (part.data for part in parts), strict=True))))
    else:
        path.write_bytes(first.data)
    for name, part in zip(names, parts, strict=True):
        source = path.relative_to(folder).as_posix()
        if len(parts) > 1:
            source += f"!/{name}"
        elif not part.fault:
            gold.write(json.dumps({"id": path.stem, "file": source, **part.gold}, ensure_ascii=False) + "\n")
        truth.write(json.dumps(_tell(source, part)) + "\n")
    return len(parts)


def _make_parts(kind: str, run: Run) -> Iterator[Made]:
    if kind == "fault":
        rng = Draft(f"fault {run.seed}-{run.number}").rng
        fault = rng.choice(list(FAULTS))
        base = _make("plain" if FAULTS[fault] == "txt" else "pdf", run, 0)
        yield Made(spoil(base.data, fault), FAULTS[fault], base.council, base.year, {}, fault)
    elif kind in ("zip", "eml"):
        yield from (_make("plain", run, index) for index in range(1, MEMBERS + 1))
    else:
        yield _make(kind, run, 0)


def _make(kind: str, run: Run, index: int) -> Made:
    """Make one document; PDFs and Word files are one of a few, with the number of the run in them."""
    reuse = {"pdf": 40, "docx": 20}.get(kind)
    name = f"{kind}-{run.number % reuse}" if reuse else f"{run.number}-{index}"
    draft = Draft(f"{run.seed}-{name}")
    text, suffix = _compose(draft, kind, short=run.short)
    bare, marks = read_marked(text)
    if kind == "pdf":
        data = print_pdf(bare, draft.council, run.number)
    elif kind == "docx":
        data = print_docx(bare, draft.council, run.number)
    else:
        data = bare.encode()
    about = {"authority": draft.council, "committee": draft.committee, "meeting_date": draft.met.isoformat()}
    return Made(data, suffix, draft.council, draft.met.year, {**about, **build_gold(bare, marks)})


def _compose(draft: Draft, kind: str, *, short: bool) -> tuple[str, str]:
    suffix = kind if kind in ("pdf", "docx") else ""
    if short:
        return write_short(draft), suffix or "txt"
    if suffix:
        return write_principal(draft, bold="# "), suffix
    layouts = ((write_principal, "txt"), (write_parish, "txt"), (write_page, "html"), (write_irish, "md"))
    write, suffix = draft.rng.choice(layouts)
    return write(draft), suffix


def _tell(source: str, made: Made) -> dict[str, object]:
    if made.fault:
        return {"source": source, "fault": made.fault}
    counts = {}
    for noun in ("decisions", "actions"):
        found = made.gold[noun]
        assert isinstance(found, list)
        counts[noun] = len(found)
    return {"source": source, **counts}


def main() -> int:
    """Write the archive and tell how much was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes (1)")
    parser.add_argument("--short", action="store_true", help="a few lines a document, for runs of very many")
    parser.add_argument("--faults", type=float, default=0.01, help="share of files that can't be read (0.01)")
    options = parser.parse_args()
    counts = make_archive(
        options.folder, options.documents, seed=options.seed, short=options.short, faults=options.faults
    )
    print(", ".join(f"{count:,} {kind}" for kind, count in counts.items()), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
