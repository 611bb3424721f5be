"""Counts of many hits come from a sample, and say so."""

from __future__ import annotations

from datetime import date

import pytest
from council import PIPELINE, meeting

from minutes_miner.domain.vocabulary import Kind
from minutes_miner.store import Store, sampling
from minutes_miner.store.search import DecisionFilter, count_facets, search_decisions


def test_many_hits_are_counted_by_a_sample(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {True: Kind.REFUSE, False: Kind.APPROVE}
    clauses = [(f"mend fence {number}", {"kind": kinds[number % 4 == 0]}) for number in range(600)]
    store.save(meeting("Bramley Parish", date(2024, 5, 1), *clauses), pipeline=PIPELINE)
    monkeypatch.setattr(sampling, "FEW", 50)
    monkeypatch.setattr(sampling, "SAMPLED", 60)
    facets = count_facets(store, DecisionFilter(query="fence"))
    assert not facets.total.is_exact and str(facets.total).startswith("about ")
    assert 400 < facets.total.count < 800 and 90 < facets.sampled < 210
    counts = {counted.value: counted.count for counted in facets.counts["kind"]}
    assert list(counts) == ["approve", "refuse"] and 60 < counts["refuse"] < 260 < counts["approve"]
    assert count_facets(store, DecisionFilter(query="fence")) == facets
    few = count_facets(store, DecisionFilter(query='"fence 7"'))
    assert (few.total.count, few.total.is_exact, few.sampled) == (1, True, 1)


def test_a_page_tells_the_total_of_a_few_exactly(store: Store) -> None:
    store.save(meeting("Bramley Parish", date(2024, 5, 1), "mend a fence", "mend a gate"), pipeline=PIPELINE)
    page = search_decisions(store, DecisionFilter(query="mend", limit=1))
    assert (str(page.total), len(page.rows)) == ("2", 1)
    assert page.snippets[0].with_signs("[", "]") == "[mend] a fence"
