"""How a query is read, and that no input at all upsets either database."""

from __future__ import annotations

import sqlite3

import pytest
from council import PIPELINE, ashcombe
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from minutes_miner.errors import StoreError
from minutes_miner.store import Store
from minutes_miner.store.query import MAX_TERMS, Group, Term, fold, fts5_query, parse_query
from minutes_miner.store.search import DecisionFilter, find_decisions

PIECES = st.sampled_from(
    ["potholes", '"', "-", "*", "OR", "AND", "NOT", "NEAR", "(", ")", ":", "^", "+", "{", "}", "'", "\\", "|", "&", "!"]
    + [
        "<->",
        "%",
        "_",
        ";",
        "--",
        "/*",
        "\x00",
        "\ud800",
        "é",
        "ﬁ",
        "ß",
        "İ",
        "½",
        "٣",
        "中文",
        "£5",
        "text",
        " ",
        "the",
    ]
)
QUERIES = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=15).map("".join))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("play area", (Group((Term(("play",)), Term(("area",)))),)),
        ('"Play Area" -Grant', (Group((Term(("play", "area")),), (Term(("grant",)),)),)),
        ("hous*", (Group((Term(("hous",), True),)),)),
        ("a OR b c", (Group((Term(("a",)),)), Group((Term(("b",)), Term(("c",)))))),
        ("covid-19", (Group((Term(("covid", "19")),)),)),
        ("or", (Group((Term(("or",)),)),)),
        ("OR", ()),
        ("- * ''", ()),
    ],
)
def test_reading_a_query(text: str, query: tuple[Group, ...]) -> None:
    assert parse_query(text) == query


def test_a_query_that_is_too_long_is_refused() -> None:
    assert len(parse_query("word " * MAX_TERMS)[0].wanted) == MAX_TERMS
    with pytest.raises(StoreError, match="more than 100 words"):
        parse_query("word " * (MAX_TERMS + 1))


def test_the_longest_query_is_not_too_deep_for_the_database(store: Store) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    for query in ("potholes " * MAX_TERMS, "potholes OR " * MAX_TERMS, "potholes" + " -word" * (MAX_TERMS - 1)):
        assert len(find_decisions(store, DecisionFilter(query=query))) == 1


@given(QUERIES)
@example('"potholes')
@example("potholes NOT")
@settings(max_examples=400)
def test_no_query_is_a_syntax_error_of_fts5(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='porter unicode61')")
    connection.execute("INSERT INTO words VALUES ('the potholes be filled')")
    query = fts5_query(parse_query(text))
    if query is not None:
        assert len(connection.execute("SELECT * FROM words WHERE words MATCH ?", (query,)).fetchall()) <= 1
    connection.close()


@given(QUERIES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_upsets_a_search(store: Store, text: str) -> None:
    store.save(ashcombe(), pipeline=PIPELINE)
    words = text.replace(":", ";")  # what looks like a field may be refused
    assert len(find_decisions(store, DecisionFilter(query=words))) <= 2
    assert len(find_decisions(store, DecisionFilter(query="potholes"))) == 1
    assert len(find_decisions(store, DecisionFilter(authority=text, owner=text))) <= 2


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
