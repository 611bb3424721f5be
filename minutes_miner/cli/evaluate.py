"""Compare what is found in documents with their gold annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes_miner.cli.progress import listening
from minutes_miner.cli.terminal import Column, print_failure, print_table
from minutes_miner.errors import EvaluateError

if TYPE_CHECKING:
    from minutes_miner.domain.record import Extraction
    from minutes_miner.domain.source import Document
    from minutes_miner.evaluate import Answer, Comparison, GoldDocument
    from minutes_miner.workflow import Failure

GROUPINGS = ("authority", "layout", "kind")
BY = "Also score each authority, layout or kind; may be given several times."
PREDICTED = "Score these JSON Lines, as extract writes them, instead of extracting."


@click.command(name="evaluate")
@click.argument("golds", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="GOLD...")
@click.option("--by", "groupings", multiple=True, type=click.Choice(GROUPINGS), metavar="GROUP", help=BY)
@click.option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Write an HTML page of every error.")
@click.option("--errors", is_flag=True, help="List every disagreement on the standard error.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
@click.option("--predicted", type=click.Path(path_type=Path), metavar="FILE", help=PREDICTED)
@click.option("--jobs", type=click.IntRange(min=0), help="Worker processes; 0 for none.  [default: one a core]")
def command(
    golds: tuple[Path, ...],
    groupings: tuple[str, ...],
    report: Path | None,
    errors: bool,
    as_json: bool,
    predicted: Path | None,
    jobs: int | None,
) -> None:
    """Compare what is found in documents with gold annotations.

    GOLD is a file of JSON Lines, one annotated document a line; the documents are looked for beside it. Precision,
    recall and F1 are those of all documents together. A document that can't be read gets a line on the standard
    error and counts as one in which nothing was found; the exit status is then 1.

    \b
    Examples:
      minutes-miner evaluate corpus/samples/gold.jsonl
      minutes-miner evaluate corpus/samples/gold.jsonl --by kind --by authority --errors
      minutes-miner evaluate corpus/samples/gold.jsonl --report errors.html
      minutes-miner evaluate corpus/samples/gold.jsonl --predicted records.jsonl --json
    """
    from minutes_miner.evaluate import compare, format_report, read_gold

    if report and (report.is_dir() or not report.absolute().parent.is_dir()):
        raise click.BadParameter(f"{str(report)!r} is no file in a folder that is there", param_hint="--report")
    wanted = [document for path in golds for document in read_gold(path)]
    answers = _read_predicted(predicted, wanted) if predicted else None
    documents: list[Document | None] = [None] * len(wanted)
    if answers is None or report:
        found, documents = _extract(wanted, jobs, keep=report is not None)
        answers = answers or found
    comparisons = [compare(gold, answer) for gold, answer in zip(wanted, answers, strict=True)]
    if report:
        report.write_text(format_report(comparisons, documents), encoding="utf-8")
    if errors:
        _list_errors(comparisons)
    if as_json:
        _print_json(comparisons, groupings)
    else:
        _print_tables(comparisons, groupings)
    if any(answer.error for answer in answers):
        click.get_current_context().exit(1)


def _read_predicted(path: Path, wanted: Sequence[GoldDocument]) -> list[Answer]:
    """Read a file whose n-th line answers the n-th gold document, and print which of its lines are failures."""
    from minutes_miner.evaluate import read_answers

    answers = read_answers(path)
    if len(answers) != len(wanted):
        reason = f"{len(answers)} documents are answered, but gold has {len(wanted)}"
        raise EvaluateError(reason, where=str(path), advice="extract the documents in the order of the gold files")
    for gold, answer in zip(wanted, answers, strict=True):
        if answer.error:
            print_failure(str(gold.path), answer.error)
    return answers


def _extract(
    wanted: Sequence[GoldDocument], jobs: int | None, *, keep: bool
) -> tuple[list[Answer], list[Document | None]]:
    """Find everything in the documents; ``keep`` their texts, or None for each."""
    from minutes_miner.workflow import Failure

    answers: list[Answer] = []
    documents: list[Document | None] = []
    for outcome in _iter_outcomes([gold.path for gold in wanted], jobs):
        answers.append(_answer(outcome))
        documents.append(None if isinstance(outcome, Failure) or not keep else outcome.document)
    return answers, documents


def _iter_outcomes(paths: Sequence[Path], jobs: int | None) -> Iterator[Extraction | Failure]:
    from minutes_miner.workflow import Progress, extract_files

    with listening() as listen:
        for done, outcome in enumerate(extract_files(paths, jobs=jobs, is_whole=True), 1):
            listen(Progress(done, len(paths), outcome))
            yield outcome


def _answer(outcome: Extraction | Failure) -> Answer:
    from minutes_miner.evaluate import read_answer
    from minutes_miner.export.contract import as_contract, failure_as_contract
    from minutes_miner.workflow import Failure

    if isinstance(outcome, Failure):
        return read_answer(failure_as_contract(outcome.source, outcome.reason), outcome.source)
    return read_answer(as_contract(outcome), outcome.document.ref.source)


def _list_errors(comparisons: Sequence[Comparison]) -> None:
    from textwrap import shorten

    from minutes_miner.evaluate import find_disagreements

    for comparison in comparisons:
        for told in find_disagreements(comparison):
            parts = (told.what, told.detail, shorten(told.words, 160, placeholder=" …"))
            print_failure(comparison.gold.id, "; ".join(part for part in parts if part))


def _print_tables(comparisons: Sequence[Comparison], groupings: Sequence[str]) -> None:
    from minutes_miner.evaluate import Grouping, group_scores, measure_reliability, score, score_kinds, tables

    scores = score(comparisons)
    _print_table(tables.SCORE_HEADINGS, tables.score_rows(scores))
    if facts := tables.fact_rows(scores):
        _print_table(tables.FACT_HEADINGS, facts)
    for grouping in dict.fromkeys(map(Grouping, groupings)):
        if grouping is Grouping.KIND:
            _print_table(tables.KIND_HEADINGS, tables.kind_rows(score_kinds(comparisons)))
        else:
            groups = group_scores(comparisons, grouping)
            _print_table((str(grouping), *tables.GROUP_HEADINGS), tables.group_rows(groups))
    _print_table(tables.RELIABILITY_HEADINGS, tables.reliability_rows(measure_reliability(comparisons)), last=True)


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, last: bool = False) -> None:
    styles = {"F1": "green", "accuracy": "green", "spurious": "yellow", "missed": "yellow", "wrong": "yellow"}
    figures = [Column(heading, styles.get(heading, ""), right=True) for heading in headings[1:]]
    print_table([Column(headings[0], "bold", wraps=True), *figures], rows)
    if not last:
        click.echo()


def _print_json(comparisons: Sequence[Comparison], groupings: Sequence[str]) -> None:
    import json

    from minutes_miner.evaluate import summarise

    click.echo(json.dumps(summarise(comparisons, groupings), ensure_ascii=False, indent=1))
