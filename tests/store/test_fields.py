"""How conditions in a query are read, and what is said of one that can't be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.errors import StoreError
from minutes_miner.store.fields import FIELDS, AmountRange, Conditions, drop_field, split_query


@pytest.mark.parametrize(
    ("query", "words", "conditions"),
    [
        ("kind:refuse flats", "flats", {"wanted": {"kind": ("refuse",)}}),
        ("Kind:REFUSE", "", {"wanted": {"kind": ("refuse",)}}),
        ("kind:refuse kind:defer", "", {"wanted": {"kind": ("refuse", "defer")}}),
        ("kind:refuse OR kind:defer", "", {"wanted": {"kind": ("refuse", "defer")}}),
        ("-kind:note play OR park", "play OR park", {"unwanted": {"kind": ("note",)}}),
        ('owner:"director of finance" grant', "grant", {"wanted": {"owner": ("director of finance",)}}),
        ("owner:“town clerk”", "", {"wanted": {"owner": ("town clerk",)}}),
        ("authority:ash committee:cabinet", "", {"wanted": {"authority": ("ash",), "committee": ("cabinet",)}}),
        ("outcome:lost year:2023", "", {"wanted": {"outcome": ("lost",), "year": ("2023",)}}),
        ("since:2022", "", {"since": date(2022, 1, 1)}),
        ("since:2022-06 until:2023-02", "", {"since": date(2022, 6, 1), "until": date(2023, 2, 28)}),
        ("until:2023", "", {"until": date(2023, 12, 31)}),
        ("since:30/06/2023 until:2023-07-01", "", {"since": date(2023, 6, 30), "until": date(2023, 7, 1)}),
        ("since:2021 since:2022 until:2025 until:2024", "", {"since": date(2022, 1, 1), "until": date(2024, 12, 31)}),
        ("amount:>500000", "", {"amounts": (AmountRange(Decimal(500000), is_over=True),)}),
        ("amount:>=£1.5m", "", {"amounts": (AmountRange(Decimal(1500000)),)}),
        ("amount:<2,000", "", {"amounts": (AmountRange(None, Decimal(2000), is_under=True),)}),
        ("amount:<=2k", "", {"amounts": (AmountRange(None, Decimal(2000)),)}),
        ("amount:250.50", "", {"amounts": (AmountRange(Decimal("250.50"), Decimal("250.50")),)}),
        ("amount:1k..2k", "", {"amounts": (AmountRange(Decimal(1000), Decimal(2000)),)}),
        ('10:30 https://example.org "kind:refuse" text:x', '10:30 https://example.org "kind:refuse" text:x', {}),
        ("note: grants", "note: grants", {}),
    ],
)
def test_reading_conditions(query: str, words: str, conditions: dict[str, Any]) -> None:
    assert split_query(query) == (words, Conditions(**conditions))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("kind:reject", "kind can't be 'reject'; kind takes approve, agree, note, recommend, refuse, defer, refer, "),
        ("outcome:passed", "outcome can't be 'passed'; outcome takes carried, lost, withdrawn"),
        ("year:23", "year can't be '23'; year takes a year such as 2023"),
        ("since:soon", "since can't be 'soon'; since takes a day, a month or a year: 2023-06-30"),
        ("until:2023-13", "until can't be '2023-13'"),
        ("amount:many", "amount can't be 'many'; amount takes a sum such as 500000, >500k"),
        ("amount:>1k..2k", "amount can't be '>1k..2k'"),
        ("owner:", "owner: has no value; owner takes part of a name"),
        ('committee:""', "committee: has no value"),
        ("commitee:planning", "'commitee' is no field of a query; did you mean committee? The fields are authority"),
        ("-since:2022", "since can't be left out by a minus"),
        ("library OR kind:refuse", "OR can't part words and kind:"),
        ("kind:refuse OR outcome:lost", "OR can't part kind: and outcome:"),
        ("kind:refuse OR -kind:note", "OR can't part kind: and -kind:"),
    ],
)
def test_what_can_not_be_read_is_named(query: str, says: str) -> None:
    with pytest.raises(StoreError) as caught:
        split_query(query)
    assert says in str(caught.value) and "\n" not in str(caught.value)


@given(st.lists(st.sampled_from([*(f"{name}:" for name in FIELDS), "-", '"', "OR", " ", "2023", ">", "..", "a", ":"])))
def test_any_query_is_read_or_refused_in_one_line(pieces: list[str]) -> None:
    try:
        words, _ = split_query("".join(pieces))
    except StoreError as error:
        assert error.advice and "\n" not in str(error)
    else:
        assert '"' in pieces or not any(f"{name}:" in words.split() for name in FIELDS)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("kind:approve OR kind:agree lido", "lido"),
        ('lido KIND:"approve" -kind:note', "lido -kind:note"),
        ("akind:x bus OR train kind:approve", "akind:x bus OR train"),
        ("“play area” kind:approve", '"play area"'),
    ],
)
def test_conditions_on_a_field_can_be_taken_out(text: str, left: str) -> None:
    assert drop_field(text, "kind") == left


@pytest.mark.parametrize("query", ["role:nonsense", "role:", "-role:grant", "currency:pounds", "currency:"])
def test_a_role_or_currency_that_there_is_not_is_refused(query: str) -> None:
    with pytest.raises(StoreError):
        split_query(query)
