"""What decisions are told to be about, and that the weights are what training writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from minutes_miner.domain.topic import load_topics
from minutes_miner.extract.topics import MOST, find_topics, load_model, save_model
from minutes_miner.extract.topicwords import find_terms, list_terms, read_wording, split_words, topics_of

CLEAR = [
    ("Special school places", "That a new special school for pupils with EHC plans be built.", "Cabinet", "send"),
    ("Planning applications", "24/00912/FUL, two dwellings at Mill Croft: no objection.", None, "planning"),
    ("Accounts", "RESOLVED that cheques 811 to 829 be paid.", "Parish Council", "finance"),
    ("Potholes in Tanner Street", "That the potholes and the pavement be repaired.", None, "roads"),
    ("Pension fund investments", "That the fund manager's report be noted.", "Pension Fund Committee", "pensions"),
    ("Premises licence, The Swan", "That the licence be granted.", "Licensing Sub-Committee", "licensing"),
    ("Refuse collection", "That garden waste bins be emptied every three weeks.", "Cabinet", "waste"),
    ("Foster carers", "That allowances for children in care be raised.", "Corporate Parenting Panel", "childrens-care"),
    ("Council tax base", "That the council tax base be set.", "Council", "taxes"),
    ("Flooding", "That the drainage board be asked to clear the culvert before the winter floods.", None, "flooding"),
]


@pytest.mark.parametrize(("title", "text", "committee", "topic"), CLEAR)
def test_a_plain_matter_has_its_topic_first(title: str, text: str, committee: str | None, topic: str) -> None:
    found = find_topics(title, text, committee)
    assert found[0].code == topic
    assert 0.5 < found[0].confidence <= 1


def test_several_topics_come_with_the_surest_first() -> None:
    found = find_topics("Allotments: lease", "That the allotment land be leased to the society for ten years.", None)
    assert {"parks", "property"} <= {score.code for score in found}
    assert [score.confidence for score in found] == sorted((score.confidence for score in found), reverse=True)
    assert len(found) <= MOST


@pytest.mark.parametrize("text", ["Agreed.", "That the update be noted.", "", "Qwxz 17 !!", "\x00\ud800 ﷽"])
def test_words_that_tell_nothing_have_no_topic(text: str) -> None:
    assert find_topics(None, text, None) == ()


def test_a_long_text_is_read_at_its_beginning() -> None:
    words = "That the potholes in the road be filled by the highways team. "
    assert find_topics("Roads", words, None)
    assert find_topics("Roads", words * 10_000, None)[0].code == "roads"


def test_the_longest_term_counts_alone() -> None:
    assert find_terms(split_words("the Council Tax Base for the year")) == {("council", "tax", "base")}
    assert find_terms(split_words("nothing of that kind")) == frozenset()


def test_endings_and_signs_do_not_matter() -> None:
    assert split_words("Libraries’ CAR PARKS 24/00912/FUL") == ("library", "car", "park", "0/0", "ful")


def test_the_committee_counts_apart_from_the_words() -> None:
    wording = read_wording("Fares", "Agreed", "Licensing Committee")
    assert {"t:fare", "fare", "agreed", "c:licensing"} <= wording.features
    assert "licensing" not in wording.features
    assert wording.terms[2] == {("licensing",)} and not wording.terms[1]


def test_each_term_tells_of_a_topic_that_is_listed() -> None:
    assert len(list_terms()) > 1000
    assert {code for term in list_terms() for code in topics_of(term)} == set(load_topics())


def test_the_weights_are_of_the_topics_and_terms_that_are_listed() -> None:
    model = load_model()
    assert model.codes == tuple(load_topics())
    assert set(model.trust) == {(term, code) for term in list_terms() for code in topics_of(term)}
    assert len(model.features) == len(model.weights) > 1000


def test_weights_are_written_as_they_were_read(tmp_path: Path) -> None:
    model = load_model()
    for name in ("one.npz", "two.npz"):
        save_model(model, tmp_path / name)
    again = load_model(tmp_path / "one.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert np.array_equal(again.weights, model.weights) and again.trust == model.trust
    assert again.find("Library", "That the library be open on Sundays.", None) == find_topics(
        "Library", "That the library be open on Sundays.", None
    )
