"""Whatever the text, the pipeline does not fail, and what it finds it quotes."""

from __future__ import annotations

from time import perf_counter

from building import get_records, iter_evidence, mine
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

_PARTS = [
    "RESOLVED",
    "RESOLVED – That",
    "RESOLVED:",
    "It was agreed that",
    "Decision",
    "Minutes:",
    "(a)",
    "(b)",
    "(i)",
    "1.",
    "2.",
    "•",
    "the report be noted",
    "the budget be approved",
    "Clerk to write to Highways.",
    "ACTION: RW",
    "by the next meeting",
    "Cllr Yeo proposed",
    "seconded by Cllr Orde",
    "an amendment that",
    "The amendment was lost.",
    "The motion was carried",
    "For (3): Cllrs Ash, Birch and Coyle",
    "Against: 2",
    "unanimously",
    "£1,250",
    "31 April 2024",
    "2023/24",
    "“",
    "”",
    "PLANNING",
    "7. Ferry Fares",
    "Present: Cllr Yeo",
    "Apologies: none",
    "Cllr Orde declared an interest and left.",
    "Reasons for the decision",
]


def _check(nlp: Language, text: str) -> None:
    extraction = mine(nlp, text)
    assert extraction.document.text == text
    for record in get_records(extraction):
        assert record.text == record.mentions[0].quote
        assert all(owner.text and owner.text in " ".join(text.split()) for owner in record.owners)
    for quote in iter_evidence(extraction):
        assert quote.quote == text[quote.start : quote.end] != ""
    ids = [record.id for record in get_records(extraction)]
    assert len(ids) == len(set(ids))


@given(text=st.text(max_size=300))
def test_arbitrary_text(nlp: Language, text: str) -> None:
    _check(nlp, text)


@settings(max_examples=150)
@given(
    parts=st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from([" ", "\n", "\n\n", ". ", "; "])), max_size=25)
)
def test_text_made_of_the_words_of_minutes(nlp: Language, parts: list[tuple[str, str]]) -> None:
    _check(nlp, "".join(word + gap for word, gap in parts))


def test_a_long_text_takes_time_in_proportion(nlp: Language) -> None:
    """Ten times the text takes far less than a hundred times as long: no expression runs away."""
    page = "".join(
        f"{number}. Ferry Fares Part {number}\n\n"
        f"Cllr Yeo proposed and Cllr Orde seconded that fare {number} be frozen, which was agreed.\n\n"
        f"The Clerk to write to operator {number} by 30 April.\n\n"
        for number in range(1, 31)
    )
    times = []
    for text in (page, page * 10):
        begin = perf_counter()
        extraction = mine(nlp, text)
        times.append(perf_counter() - begin)
        assert extraction.decisions and extraction.actions
    assert times[1] < 60 * times[0]
