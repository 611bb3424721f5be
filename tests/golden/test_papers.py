"""Check the printed papers: one seed gives the same papers, the truth is on them, and the parser reads them well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from evaluate_parse import AIMS
from papers.canvas import CanvasPrinter
from papers.content import Board, Furniture, Paper, Passage, Printed
from papers.layouts import LAYOUTS, compose
from papers.measure import Measures, measure
from papers.office import find_office, print_with_office
from papers.platypus import PlatypusPrinter

from minutes_miner.domain.source import Document
from minutes_miner.parse import identify, parse

PRINTERS: dict[str, Callable[[Paper], Printed]] = {
    "canvas": lambda paper: CanvasPrinter(paper).print(),
    "platypus": lambda paper: PlatypusPrinter(paper).print(),
}
SEED = 17


def read(printed: Printed) -> Document:
    """Parse a printed paper."""
    return parse(printed.data, identify(printed.data, "paper.pdf"))


@pytest.mark.parametrize("layout", ["action grid", "hyphens", "scrambled"])
def test_the_same_seed_gives_the_same_paper(layout: str) -> None:
    papers = [compose(layout, number, seed) for number, seed in ((0, SEED), (0, SEED), (1, SEED), (0, SEED + 1))]
    assert papers[0] == papers[1]
    assert papers[0].parts != papers[2].parts and papers[0].parts != papers[3].parts
    for printer in PRINTERS.values():
        assert printer(papers[0]).data == printer(papers[1]).data


@pytest.mark.parametrize("producer", PRINTERS)
def test_the_truth_stands_on_the_paper(producer: str) -> None:
    for layout in ("two columns", "action column", "furniture", "unruled tables"):
        printed = PRINTERS[producer](compose(layout, 2, SEED))
        with pdfium.PdfDocument(printed.data) as pdf:
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
        assert len(pages) == printed.page_count
        seen = "".join("".join(pages).split()).replace("-", "").replace("\ufffe", "").replace("\xad", "")
        told = list(printed.paper.furniture.iter_words(printed.page_count))
        for part in printed.paper.parts:
            told += part.words.split()[:1] if isinstance(part, Passage) else [cell for row in part.rows for cell in row]
        missing = [word for word in told if "".join(word.replace("-", "").split()) not in seen]
        assert len(told) > 20
        assert len(missing) <= 0.1 * len(told), (layout, missing[:5])  # words that are parted between columns or pages


@pytest.mark.parametrize("producer", PRINTERS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read(layout: str, producer: str) -> None:
    printed = PRINTERS[producer](compose(layout, 0, SEED))
    measures = measure(printed, read(printed))
    assert measures.words.of > 300 and measures.swapped.of > 10
    assert measures.words.right >= 0.99 * measures.words.of, measures.errors
    assert measures.swapped.right <= 0.01 * measures.swapped.of, measures.errors
    assert not measures.leaked.right, measures.errors
    assert measures.owners.right >= 0.9 * measures.owners.of, measures.errors
    assert measures.cells.right >= 0.85 * measures.cells.of, measures.errors


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_papers_of_libreoffice_are_read() -> None:
    measures = Measures()
    for printed in print_with_office([compose(layout, 0, SEED) for layout in LAYOUTS], find_office() or ""):
        measures.merge(measure(printed, read(printed)))
    assert measures.papers == len(LAYOUTS)
    assert measures.words.right >= AIMS["words"] * measures.words.of, measures.errors
    assert measures.cells.right >= 0.95 * measures.cells.of > 0, measures.errors
    assert measures.owners.right >= 0.95 * measures.owners.of > 0, measures.errors


def test_every_fault_is_counted() -> None:
    """A paper that is held to the wrong document scores badly in every measure."""
    paper = compose("action column", 3, SEED)
    rows = (("Fell Ltd", "36.00", "4 May"), ("A Quill", "412.36", "5 May"))
    board = Board(("Payee", "Sum", "Date"), rows, (0.4, 0.3, 0.3))
    furniture = Furniture(head=(("Larkbeck Council", "", "Page {page}"),))
    printed = CanvasPrinter(replace(paper, furniture=furniture)).print()
    document = read(printed)
    passages = [part for part in paper.parts if isinstance(part, Passage)]
    owners = [part for part in passages if part.owners]
    moved = tuple(replace(part, owners="ZZZ" if part.owners else "") for part in passages)
    other = replace(paper, parts=(*moved[::-1], board), furniture=Furniture(foot=(("", "the and of", ""),)))
    found = measure(Printed(other, printed.data, printed.page_count, {0: 9}), document)
    assert found.owners.right == 0 and found.owners.of == len(owners) > 2
    assert found.cells.right == 0 and found.cells.of == 9
    assert found.swapped.right > 0.5 * found.swapped.of
    assert found.pages.right == 0 and found.pages.of == 1
    assert found.words.right < found.words.of
    plain = replace(paper, parts=paper.parts[:1], furniture=Furniture(foot=(("", "the and of", ""),)))
    assert measure(Printed(plain, printed.data, printed.page_count, {}), document).leaked.right > 0
