"""Offer the reads of the store in one place: lists, one record with its evidence, and counts."""

from minutes_miner.store.connection import SlowQueryError
from minutes_miner.store.counting import Counted, Facets, count_facets
from minutes_miner.store.detail import DocumentFacts, Passage, RecordDetail, Twin, UnknownRecordError, get_record
from minutes_miner.store.document import (
    Contents,
    DocumentDetail,
    History,
    Kept,
    Mention,
    Version,
    check_shown,
    find_contents,
    find_history,
    find_kept,
    find_mentions,
    get_document,
    read_text,
)
from minutes_miner.store.filters import ActionFilter, DecisionFilter, Sort
from minutes_miner.store.listing import ActionRow, DecisionRow, find_actions
from minutes_miner.store.meeting import MeetingDetail, get_meeting
from minutes_miner.store.parties import (
    Deed,
    PartyDetail,
    PartyFilter,
    PartyRow,
    Seat,
    WrittenAs,
    count_unresolved,
    find_parties,
    get_party,
)
from minutes_miner.store.reading import open_reader
from minutes_miner.store.results import Page, find_decisions, search_decisions, search_with_facets
from minutes_miner.store.sampling import Total
from minutes_miner.store.similar import SimilarDecision, find_alike, find_similar
from minutes_miner.store.snippets import Snippet
from minutes_miner.store.summary import Statistics, count_records
from minutes_miner.store.totals import Grouping, MoneyTotal, MoneyTotals, total_money

__all__ = [
    "ActionFilter",
    "ActionRow",
    "Contents",
    "Counted",
    "DecisionFilter",
    "DecisionRow",
    "Deed",
    "DocumentDetail",
    "DocumentFacts",
    "Facets",
    "Grouping",
    "History",
    "Kept",
    "MeetingDetail",
    "Mention",
    "MoneyTotal",
    "MoneyTotals",
    "Page",
    "PartyDetail",
    "PartyFilter",
    "PartyRow",
    "Passage",
    "RecordDetail",
    "Seat",
    "SimilarDecision",
    "SlowQueryError",
    "Snippet",
    "Sort",
    "Statistics",
    "Total",
    "Twin",
    "UnknownRecordError",
    "Version",
    "WrittenAs",
    "check_shown",
    "count_facets",
    "count_records",
    "count_unresolved",
    "find_actions",
    "find_alike",
    "find_contents",
    "find_decisions",
    "find_history",
    "find_kept",
    "find_mentions",
    "find_parties",
    "find_similar",
    "get_document",
    "get_meeting",
    "get_party",
    "get_record",
    "open_reader",
    "read_text",
    "search_decisions",
    "search_with_facets",
    "total_money",
]
