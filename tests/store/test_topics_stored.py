"""Topics and territories are stored, replaced, read and brought up from an older layout; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from alembic.config import Config
from council import PIPELINE, meeting
from sqlalchemy import select

from minutes_miner.domain.record import Extraction, TopicScore
from minutes_miner.store import Store, open_store
from minutes_miner.store.connection import WRITES, connect
from minutes_miner.store.gathertables import authorities
from minutes_miner.store.search import DecisionFilter, count_facets, find_decisions, get_record
from minutes_miner.store.tables import decision_topics

SCHOOLS = (TopicScore("schools", 0.93), TopicScore("property", 0.61))


def two_decisions(*topics: TopicScore) -> Extraction:
    facts = {"committee": "Cabinet", "territory": "SCT", "source": "a.txt"}
    sold = ("that the school be sold", {"topics": topics})
    return meeting("Netherby Council", date(2024, 3, 1), sold, "that it be so", **facts)


def test_topics_are_stored_with_how_sure_they_are(store: Store) -> None:
    store.save(two_decisions(*SCHOOLS), pipeline=PIPELINE)
    (row,) = find_decisions(store, DecisionFilter(topic="schools"))
    assert row.topics == "schools; property"
    assert get_record(store, row.id).topics == SCHOOLS
    (other,) = find_decisions(store, DecisionFilter(query="-topic:schools"))
    assert other.topics is None and get_record(store, other.id).topics == ()


def test_mining_again_replaces_them(store: Store) -> None:
    store.save(two_decisions(*SCHOOLS), pipeline=PIPELINE)
    store.save(two_decisions(TopicScore("culture", 0.7)), pipeline="rules-2")
    with store.read() as connection:
        assert [row.topic for row in connection.execute(select(decision_topics))] == ["culture"]
    assert find_decisions(store, DecisionFilter(topic="schools")) == []
    assert len(find_decisions(store, DecisionFilter(topic="culture"))) == 1


def test_a_decision_counts_under_each_of_its_topics(store: Store) -> None:
    store.save(two_decisions(*SCHOOLS), pipeline=PIPELINE)
    counts = count_facets(store, DecisionFilter()).counts
    assert {one.value: one.count for one in counts["topic"]} == {"schools": 1, "property": 1}
    assert {one.value: one.count for one in counts["territory"]} == {"Scotland": 2}


def test_an_older_layout_learns_the_territory_of_councils_that_were_gathered(url: str) -> None:
    from alembic import command

    found = two_decisions()
    nowhere = replace(found, document=replace(found.document, territory=None))
    with open_store(url) as store:
        store.save(nowhere, pipeline=PIPELINE)
        with store.write() as connection:
            connection.execute(authorities.insert(), {"code": "NTB", "name": "Netherby Council", "territory": "SCT"})
        assert find_decisions(store, DecisionFilter(territory="scotland")) == []
    engine = connect(url, wait_s=1)
    config = Config()
    config.set_main_option("script_location", "minutes_miner.store:migrations")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
    engine.dispose()
    with open_store(url) as store:
        assert len(find_decisions(store, DecisionFilter(territory="scotland"))) == 2
        assert store.check() == []
