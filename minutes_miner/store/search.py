"""Offer the reads of the store in one place: lists, one record with its evidence, and counts."""

from minutes_miner.store.connection import SlowQueryError
from minutes_miner.store.counting import Counted, Facets, Total, count_facets
from minutes_miner.store.detail import DocumentFacts, Passage, RecordDetail, Twin, UnknownRecordError, get_record
from minutes_miner.store.filters import ActionFilter, DecisionFilter, Sort
from minutes_miner.store.listing import ActionRow, DecisionRow, find_actions
from minutes_miner.store.reading import open_reader
from minutes_miner.store.results import Page, find_decisions, search_decisions
from minutes_miner.store.snippets import Snippet
from minutes_miner.store.summary import Statistics, count_records

__all__ = [
    "ActionFilter",
    "ActionRow",
    "Counted",
    "DecisionFilter",
    "DecisionRow",
    "DocumentFacts",
    "Facets",
    "Page",
    "Passage",
    "RecordDetail",
    "SlowQueryError",
    "Snippet",
    "Sort",
    "Statistics",
    "Total",
    "Twin",
    "UnknownRecordError",
    "count_facets",
    "count_records",
    "find_actions",
    "find_decisions",
    "get_record",
    "open_reader",
    "search_decisions",
]
