"""Addresses of councils and bodies: readable, lasting, and never the same for two."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.domain.resolution import scope_of
from minutes_miner.web.places import NO_BODY, body_path, council_path, slug_of


def test_plain_names_give_their_words() -> None:
    assert slug_of("Ashcombe Town Council") == "ashcombe-town-council"
    assert slug_of("ASHCOMBE  town council") == "ashcombe-town-council"
    assert slug_of("Cyngor Ynys Môn") == "cyngor-ynys-mon"
    assert council_path("Ashcombe Town Council") == "/councils/ashcombe-town-council"
    assert body_path("Ashcombe Town Council", "Planning Committee").endswith("council/planning-committee")
    assert body_path("Ashcombe Town Council", " ") == f"/councils/ashcombe-town-council/{NO_BODY}"


def test_names_that_lose_a_sign_stay_apart() -> None:
    alike = ["Yare Waveney", "Yare & Waveney", "Yare-Waveney", "Yare / Waveney", "Yare, Waveney", "yare waveney~1"]
    slugs = [slug_of(name) for name in alike]
    assert len(set(slugs)) == len(alike)
    assert all(slug.startswith("yare-waveney") for slug in slugs)
    assert slug_of("委員會") != slug_of("議會")


@given(st.lists(st.text(max_size=60), min_size=2, max_size=8, unique_by=scope_of))
def test_no_two_names_share_an_address_and_none_leaves_its_folder(names: list[str]) -> None:
    slugs = sorted(slug_of(name) for name in names)
    assert all(first != second for first, second in pairwise(slugs))
    assert all(re.fullmatch(r"[a-z0-9~-]{1,100}", slug) for slug in slugs)
    assert NO_BODY not in slugs
