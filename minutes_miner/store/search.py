"""Offer the reads of the store in one place: lists, one record with its evidence, and counts."""

from minutes_miner.store.detail import DocumentFacts, Passage, RecordDetail, Twin, get_record
from minutes_miner.store.filters import ActionFilter, DecisionFilter, Sort
from minutes_miner.store.listing import ActionRow, DecisionRow, find_actions, find_decisions
from minutes_miner.store.summary import Statistics, count_records

__all__ = [
    "ActionFilter",
    "ActionRow",
    "DecisionFilter",
    "DecisionRow",
    "DocumentFacts",
    "Passage",
    "RecordDetail",
    "Sort",
    "Statistics",
    "Twin",
    "count_records",
    "find_actions",
    "find_decisions",
    "get_record",
]
