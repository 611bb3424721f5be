"""Write a report of a run: rates, what each stage took, failures by reason, slow documents, and scores where known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from minutes_miner.domain.record import Extraction
from minutes_miner.errors import EvaluateError
from minutes_miner.workflow.outcome import Progress, Report

if TYPE_CHECKING:
    from minutes_miner.evaluate import Comparison, GoldDocument

GOLD = "gold.jsonl"
"""Name of the file that holds the truth of the documents in its folder, if anybody wrote it down."""

_EXAMPLES = 3
_SCORED = 2_000
"""Documents that are compared with their truth, at most: their records are held until the end."""

_TITLE = "A run of minutes-miner"


class RunReport:
    """Listen to a run and write its report at the end.

    Args:
        path: the report, an HTML page or, where its name ends in .json, an object.
        paths: what is mined; the truth that lies in one of these folders is compared with what is found.
    """

    def __init__(self, path: Path, paths: Sequence[Path | str]) -> None:
        self._path = path
        self._gold = _find_gold(paths)
        self._compared: list[Comparison] = []

    def __call__(self, progress: Progress) -> None:
        """Compare one document with its truth, where there is one."""
        if not self._gold or not isinstance(progress.outcome, Extraction) or len(self._compared) >= _SCORED:
            return
        gold = self._gold.pop(progress.outcome.document.ref.source, None)
        if gold is None:
            return
        from minutes_miner.evaluate import compare, read_answer
        from minutes_miner.export.contract import as_contract

        self._compared.append(compare(gold, read_answer(as_contract(progress.outcome), gold.id)))

    def finish(self, report: Report) -> None:
        """Write the report."""
        told = describe(report)
        if self._compared:
            from minutes_miner.evaluate import summarise

            told["scores"] = summarise(self._compared)
        if self._path.suffix.lower() == ".json":
            text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        else:
            text = _format_page(told, self._compared)
        self._path.write_text(text, "utf-8")


def describe(report: Report) -> dict[str, object]:
    """Give the figures of a run as JSON holds them."""
    done = report.mined + report.unchanged + report.copied
    whole = sum(report.spent.values())
    return {
        "run": report.run,
        "pipeline": report.pipeline,
        "records": report.address,
        "seconds": round(report.seconds, 2),
        "counts": report.counts(),
        "documents_per_second": round(done / report.seconds, 2) if report.seconds else 0.0,
        "stages": {
            stage: {"seconds": round(seconds, 3), "share": round(seconds / whole, 4) if whole else 0.0}
            for stage, seconds in report.spent.items()
        },
        "failures": group_failures(report),
        "slowest": [{"source": source, "seconds": round(seconds, 3)} for seconds, source in report.slowest],
    }


def group_failures(report: Report) -> list[dict[str, object]]:
    """Count failures by reason, the commonest first, with a few examples each."""
    groups: dict[str, list[str]] = {}
    for failure in report.failed:
        groups.setdefault(failure.reason, []).append(failure.source)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {"reason": reason, "count": len(sources), "examples": sources[:_EXAMPLES]} for reason, sources in ordered
    ]


def _find_gold(paths: Sequence[Path | str]) -> dict[str, GoldDocument]:
    from minutes_miner.evaluate import read_gold
    from minutes_miner.workflow.files import source_of

    found: dict[str, GoldDocument] = {}
    for path in paths:
        if isinstance(path, Path) and (path / GOLD).is_file():
            try:
                found |= {source_of(gold.path): gold for gold in read_gold(path / GOLD)}
            except EvaluateError:  # a file of that name that is no gold
                continue
    return found


def _format_page(told: dict[str, object], compared: Sequence[Comparison]) -> str:
    """Give the report as the text of an HTML file that needs nothing beside it."""
    from minutes_miner.evaluate.markup import Markup, element

    style = files("minutes_miner.evaluate").joinpath("report.css").read_text("utf-8")
    head = [
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        element("title", _TITLE),
        element("style", Markup(style)),
    ]
    title = f"{_TITLE} {told['run'] or ''}".strip()
    body = [
        element("header", element("h1", title), element("p", f"{told['pipeline']}; in {told['records']}")),
        element("main", *_tables(told), *_scores(compared)),
    ]
    return f"<!doctype html>\n{element('html', element('head', *head), element('body', *body), lang='en')}\n"


def _tables(told: dict[str, object]) -> list[str]:
    from minutes_miner.evaluate.markup import make_table

    counts, stages, failures, slowest = (told[name] for name in ("counts", "stages", "failures", "slowest"))
    assert isinstance(counts, dict) and isinstance(stages, dict)
    assert isinstance(failures, list) and isinstance(slowest, list)
    figures = [*((name, f"{count:,}") for name, count in counts.items())]
    figures += [("seconds", str(told["seconds"])), ("documents a second", str(told["documents_per_second"]))]
    spent = [(name, f"{one['seconds']:,.1f}", f"{one['share']:.3f}") for name, one in stages.items()]
    failed = [(one["reason"], f"{one['count']:,}", "; ".join(one["examples"])) for one in failures]
    slow = [(one["source"], f"{one['seconds']:.2f}") for one in slowest]
    return [
        make_table("What became of the files", ("", "count"), figures),
        make_table("What each stage took, all workers together", ("stage", "seconds", "share"), spent),
        make_table("Failures by reason", ("reason", "files", "such as"), failed),
        make_table("The slowest documents", ("source", "seconds"), slow),
    ]


def _scores(compared: Sequence[Comparison]) -> list[str]:
    if not compared:
        return []
    from minutes_miner.evaluate import score, tables
    from minutes_miner.evaluate.markup import element, make_table

    scores = score(compared)
    return [
        element("h2", "Scores"),
        element("p", f"{len(compared):,} documents have their truth beside them."),
        make_table("Records and mentions", tables.SCORE_HEADINGS, tables.score_rows(scores)),
        make_table("Facts of the records found", tables.FACT_HEADINGS, tables.fact_rows(scores)),
    ]
