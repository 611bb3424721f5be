"""Write the report: one HTML page with every figure, and every disagreement in its paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from minutes_miner.domain.source import Document
from minutes_miner.evaluate.compare import Comparison
from minutes_miner.evaluate.disagreement import find_disagreements
from minutes_miner.evaluate.group import Grouping, group_scores, score_kinds
from minutes_miner.evaluate.markup import Markup, element, join, make_table
from minutes_miner.evaluate.passages import LEGEND, show_document
from minutes_miner.evaluate.reliability import measure_reliability
from minutes_miner.evaluate.score import score
from minutes_miner.evaluate.tables import (
    FACT_HEADINGS,
    GROUP_HEADINGS,
    KIND_HEADINGS,
    RELIABILITY_HEADINGS,
    SCORE_HEADINGS,
    fact_rows,
    group_rows,
    kind_rows,
    reliability_rows,
    score_rows,
)

TITLE = "What was found, compared with gold"

SHORT = "; of owners, sums and dates F1 alone"

EXPLANATION = (
    "A decision or action counts as found where its words and gold's share enough (token F1 of 0.5 or more), one to "
    "one; sums and dates by value, each mention. Facts are judged of the records found. What gold calls optional "
    "counts neither way. Spurious is what was found and is not in the gold."
)

CONFIDENCE = (
    "Records found, by the confidence the program gave them, and the share that is in the gold. Where the two agree, "
    "confidence can be read as a probability."
)


def format_report(comparisons: Sequence[Comparison], documents: Sequence[Document | None]) -> str:
    """Give the report as the text of an HTML file that needs nothing beside it.

    Args:
        comparisons: one a document.
        documents: the text of each, in the same order; None where it could not be read.
    """
    pairs = list(zip(comparisons, documents, strict=True))
    anchors = [f"document-{number}" for number in range(1, len(pairs) + 1)]
    counts = [len(find_disagreements(comparison)) for comparison in comparisons]
    shown = [
        show_document(comparison, document, anchor)
        for (comparison, document), anchor, count in zip(pairs, anchors, counts, strict=True)
        if count or comparison.answer.error
    ]
    body = [
        element("header", element("h1", TITLE), element("p", f"{len(pairs)} documents, {sum(counts)} disagreements.")),
        element("main", *_show_figures(comparisons), _show_list(comparisons, anchors, counts), *_show_errors(shown)),
    ]
    head = [
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        element("title", TITLE),
        element("style", Markup(files(__package__).joinpath("report.css").read_text("utf-8"))),
    ]
    return f"<!doctype html>\n{element('html', element('head', *head), element('body', *body), lang='en')}\n"


def _show_figures(comparisons: Sequence[Comparison]) -> list[Markup]:
    scores = score(comparisons)
    groups = {grouping: group_scores(comparisons, grouping) for grouping in (Grouping.AUTHORITY, Grouping.LAYOUT)}
    return [
        element("h2", "Scores"),
        element("p", EXPLANATION),
        make_table("Records and mentions", SCORE_HEADINGS, score_rows(scores)),
        make_table("Facts of the records found", FACT_HEADINGS, fact_rows(scores)),
        element("h2", "Groups"),
        make_table("Decisions by kind", KIND_HEADINGS, kind_rows(score_kinds(comparisons))),
        *(
            make_table(f"Documents by {grouping}{SHORT}", (str(grouping), *GROUP_HEADINGS), group_rows(found))
            for grouping, found in groups.items()
        ),
        element("h2", "Confidence"),
        element("p", CONFIDENCE),
        make_table("Reliability", RELIABILITY_HEADINGS, reliability_rows(measure_reliability(comparisons))),
    ]


def _show_list(comparisons: Sequence[Comparison], anchors: Sequence[str], counts: Sequence[int]) -> Markup:
    rows = []
    for comparison, anchor, count in zip(comparisons, anchors, counts, strict=True):
        is_shown = count or comparison.answer.error
        name = element("a", comparison.gold.id, href=f"#{anchor}") if is_shown else comparison.gold.id
        figures = group_rows({comparison.gold.id: score([comparison])})[0][2:]
        rows.append([name, *figures, str(count)])
    headings = ("document", *GROUP_HEADINGS[1:], "disagreements")
    return join([element("h2", "Documents"), make_table(f"Every document{SHORT}", headings, rows)])


def _show_errors(shown: Sequence[Markup]) -> list[Markup]:
    if not shown:
        return [element("h2", "Disagreements"), element("p", "There are none.")]
    return [element("h2", "Disagreements"), LEGEND, *shown]
