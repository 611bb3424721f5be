"""Money: every form in which minutes write a sum, and figures that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from comparing import annotate_case, load_params
from hypothesis import given
from hypothesis import strategies as st
from marked import Case
from spacy.language import Language

from minutes_miner.annotate.alignment import get_findings
from minutes_miner.annotate.money import find_sums
from minutes_miner.domain.finding import Sum
from minutes_miner.domain.outline import outline_text
from minutes_miner.domain.vocabulary import Label, SpanKey

PENCE = st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2)


@pytest.mark.parametrize("case", [*load_params("money"), *load_params("money_traps")])
def test_sums_are_found_with_amount_and_currency(nlp: Language, case: Case) -> None:
    text = case.marked.text
    expected = [
        (text[mark.start : mark.end], mark.attributes["amount"], mark.attributes.get("currency", "GBP"))
        for mark in case.marked.find_marks(Label.MONEY)
    ]
    sums: list[Sum] = get_findings(annotate_case(nlp, case), SpanKey.MONEY)
    assert [(text[item.start : item.end], item.amount, item.currency) for item in sums] == expected


@pytest.mark.parametrize("case", load_params("money_roles"))
def test_the_words_around_a_sum_tell_what_it_is(nlp: Language, case: Case) -> None:
    marks = case.marked.find_marks(Label.MONEY)
    sums: list[Sum] = get_findings(annotate_case(nlp, case), SpanKey.MONEY)
    assert [(item.amount, item.role or "") for item in sums] == [
        (mark.attributes["amount"], mark.attributes["role"]) for mark in marks
    ]


@given(amount=PENCE, sign=st.sampled_from("£€"), has_commas=st.booleans(), space=st.sampled_from(["", " "]))
def test_a_written_sum_is_read_back(amount: Decimal, sign: str, has_commas: bool, space: str) -> None:
    words = f"{sign}{space}{amount:,.2f}" if has_commas else f"{sign}{space}{amount:.2f}"
    _check_single(f"The invoice of {words} was paid.", words, amount, "EUR" if sign == "€" else "GBP")


@given(pounds=st.integers(0, 10_000_000))
def test_whole_pounds_are_read_back(pounds: int) -> None:
    _check_single(f"A grant of £{pounds:,} was made.", f"£{pounds:,}", Decimal(pounds), "GBP")


@given(
    number=st.decimals(Decimal("0.1"), Decimal("999.9"), places=1),
    unit=st.sampled_from(
        [
            ("k", 3),
            ("K", 3),
            (" thousand", 3),
            ("m", 6),
            ("M", 6),
            (" million", 6),
            ("million", 6),
            ("bn", 9),
            (" billion", 9),
        ]
    ),
)
def test_a_scaled_sum_is_read_back(number: Decimal, unit: tuple[str, int]) -> None:
    words = f"£{number}{unit[0]}"
    _check_single(f"The programme costs {words} over its life.", words, number.scaleb(unit[1]), "GBP")


@given(pence=st.integers(1, 99), form=st.sampled_from(["{}p", "{} pence"]))
def test_pence_are_read_back(pence: int, form: str) -> None:
    words = form.format(pence)
    _check_single(f"Copies cost {words} each.", words, Decimal(pence) / 100, "GBP")


@given(
    low=st.integers(1, 400),
    more=st.integers(1, 400),
    sign=st.sampled_from(["-", "–", " - ", " to "]),
    second=st.sampled_from(["", "£"]),
)
def test_a_range_is_two_sums(low: int, more: int, sign: str, second: str) -> None:
    text = f"It would cost £{low * 1000:,}{sign}{second}{(low + more) * 1000:,} in all."
    if more > 99 * low:
        return
    sums = find_sums(text, outline_text(text))
    assert [item.amount for item in sums] == [low * 1000, (low + more) * 1000]


def _check_single(text: str, words: str, amount: Decimal, currency: str) -> None:
    [item] = find_sums(text, outline_text(text))
    assert (text[item.start : item.end], item.amount, item.currency) == (words, amount, currency)


@given(text=st.text(max_size=400))
def test_any_text_gives_sums_that_do_not_overlap(text: str) -> None:
    _check_sums(text)


@given(
    pieces=st.lists(
        st.sampled_from(
            "£ € $ 1 12 123 1,234 0.75 , . - – to k m bn million pounds pence p half a thousand Payments: total".split()
            + [" ", "\n"]
        ),
        max_size=40,
    )
)
def test_text_made_of_parts_of_sums_gives_sums_that_do_not_overlap(pieces: list[str]) -> None:
    _check_sums("".join(pieces))


def _check_sums(text: str) -> None:
    sums = find_sums(text, outline_text(text))
    for item in sums:
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end].strip() == text[item.start : item.end]
        assert item.amount >= 0
        assert item.currency in {"GBP", "EUR", "USD"}
    assert all(before.end <= after.start for before, after in zip(sums, sums[1:], strict=False))
