"""Compare what was found in documents with gold annotations: scores, groups, reliability and a report to read."""

from minutes_miner.evaluate import tables
from minutes_miner.evaluate.annotation import Answer, GoldDocument
from minutes_miner.evaluate.answer import read_answer, read_answers
from minutes_miner.evaluate.compare import Comparison, compare
from minutes_miner.evaluate.disagreement import Disagreement, find_disagreements
from minutes_miner.evaluate.gold import read_gold
from minutes_miner.evaluate.group import Grouping, group_scores, score_kinds
from minutes_miner.evaluate.reliability import Bin, measure_reliability
from minutes_miner.evaluate.report import format_report
from minutes_miner.evaluate.score import Accuracy, Scores, Tally, score
from minutes_miner.evaluate.summary import summarise

__all__ = [
    "Accuracy",
    "Answer",
    "Bin",
    "Comparison",
    "Disagreement",
    "GoldDocument",
    "Grouping",
    "Scores",
    "Tally",
    "compare",
    "find_disagreements",
    "format_report",
    "group_scores",
    "measure_reliability",
    "read_answer",
    "read_answers",
    "read_gold",
    "score",
    "score_kinds",
    "summarise",
    "tables",
]
