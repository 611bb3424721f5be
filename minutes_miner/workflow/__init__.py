"""Conduct the stages: bytes to document to spans to records to database, for one document or many."""

from minutes_miner.workflow.document import extract_bytes, extract_file
from minutes_miner.workflow.files import find_files
from minutes_miner.workflow.mining import extract_files, mine
from minutes_miner.workflow.outcome import Failure, Outcome, Progress, Report, Skipped, Task, Unchanged

__all__ = [
    "Failure",
    "Outcome",
    "Progress",
    "Report",
    "Skipped",
    "Task",
    "Unchanged",
    "extract_bytes",
    "extract_file",
    "extract_files",
    "find_files",
    "mine",
]
