"""What a search finds is what a plain loop over the same records finds; on both databases."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from council import PIPELINE, meeting
from databases import make_database
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from minutes_miner.domain.record import Party, TopicScore
from minutes_miner.domain.vocabulary import Kind, Outcome, SumRole
from minutes_miner.store import Store, matching, open_store, ordering, sampling
from minutes_miner.store.query import fold
from minutes_miner.store.search import DecisionFilter, Sort, count_facets, find_decisions, search_decisions
from minutes_miner.store.tables import decisions
from minutes_miner.store.tagging import retag

WORDS = "apple bridge candle drum elbow fox garden hammer".split()
TERRITORIES = {"Ashcombe Town Council": "ENG", "Northmere County Council": None, "Cyngor Ynys Môn": "WLS"}
TOPICS = ("roads", "send", "waste")
COUNCILS = ("Ashcombe Town Council", "Northmere County Council", "Cyngor Ynys Môn")
COMMITTEES = ("Cabinet", "Planning Committee", None)
OWNERS = ("Director of Finance", "Director of Places", "Town Clerk", "Ó Dálaigh")
KINDS = (Kind.APPROVE, Kind.REFUSE, Kind.NOTE)
AMOUNTS = (500, 1000, 20_000, 500_000, 750_000)
ROLES = (None, SumRole.GRANT, SumRole.BUDGET, SumRole.THRESHOLD)
FIRST = date(2021, 11, 1)


@dataclass(frozen=True)
class Known:
    """Hold what was stored of a decision."""

    id: str
    text: tuple[str, ...]
    authority: str
    committee: str | None
    day: date | None
    kind: Kind
    outcome: Outcome
    owners: tuple[str, ...]
    sums: tuple[Decimal, ...]
    roles: tuple[SumRole | None, ...]
    topics: tuple[str, ...]
    procedural: bool
    place: tuple[str, int]


def draw_decision(rng: random.Random) -> dict[str, Any]:
    sums = tuple(Decimal(amount) for amount in rng.sample(AMOUNTS, rng.choice((0, 0, 1, 2))))
    return {
        "text": tuple(rng.choices(WORDS, k=rng.randrange(2, 7))),
        "sums": sums,
        "roles": tuple(rng.choices(ROLES, k=len(sums))),
        "owners": tuple(rng.sample(OWNERS, rng.choice((0, 0, 1, 2)))),
        "topics": tuple(rng.sample(TOPICS, rng.choice((0, 0, 1, 1, 2)))),
        "kind": rng.choice(KINDS),
        "outcome": rng.choice((Outcome.CARRIED, Outcome.LOST)),
        "procedural": rng.random() < 0.2,
    }


def fill(store: Store) -> list[Known]:
    """Store some forty meetings at random, and give what they hold."""
    rng, known = random.Random(7), []
    for number in range(40):
        day = FIRST + timedelta(days=40 * rng.randrange(24)) if rng.random() < 0.9 else None
        about = {"authority": rng.choice(COUNCILS), "committee": rng.choice(COMMITTEES), "day": day}
        drawn = [draw_decision(rng) for _ in range(rng.randrange(1, 6))]
        clauses = []
        for place, facts in enumerate(drawn):
            priced = " ".join(f"£{amount}" for amount in facts["sums"])
            words = f"{' '.join(facts['text'])} {priced} paper {number} no {place}"
            given = {name: facts[name] for name in ("kind", "outcome", "procedural")}
            told = zip(facts["sums"], facts["roles"], strict=True)
            given["sums"] = [(f"£{amount}", str(amount), role) for amount, role in told]
            given["owners"] = tuple(map(Party, facts["owners"]))
            given["topics"] = tuple(TopicScore(code, 0.9) for code in facts["topics"])
            clauses.append((words, given))
        where = {"committee": about["committee"], "territory": TERRITORIES[about["authority"]]}
        found = meeting(about["authority"], day, *clauses, source=f"{number}.txt", **where)
        saved = store.save(found, pipeline=PIPELINE)
        for place, (facts, decision) in enumerate(zip(drawn, found.decisions, strict=True)):
            known.append(Known(id=decision.id, place=(saved.document_id, place), **about, **facts))
    return known


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, list[Known]]]:
    """Fill a store of either kind once."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'minutes.db'}"
    else:
        url = make_database(request.getfixturevalue("server_url"))
    with open_store(url) as store:
        yield store, fill(store)


Check = Callable[[Known], bool]


def holds(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(text[place : place + len(words)] == words for place in range(len(text)))


def word_queries() -> st.SearchStrategy[tuple[str, Check]]:
    """Draw groups of words, phrases, prefixes and what must not be, parted by OR."""
    word = st.sampled_from(WORDS)
    single = word.map(lambda one: (one, lambda known: one in known.text))
    prefix = word.map(lambda one: (f"{one[:3]}*", lambda known: one in known.text))
    phrase = st.tuples(word, word).map(lambda two: (f'"{two[0]} {two[1]}"', lambda known: holds(known.text, two)))
    term: st.SearchStrategy[tuple[str, Check]] = st.one_of(single, prefix, phrase)
    negated = term.map(lambda found: (f"-{found[0]}", lambda known: not found[1](known)))
    group = st.lists(st.one_of(term, term, negated), min_size=1, max_size=3).map(
        lambda terms: (" ".join(text for text, _ in terms), lambda known: all(test(known) for _, test in terms))
    )
    return st.lists(group, min_size=1, max_size=2).map(
        lambda groups: (" OR ".join(text for text, _ in groups), lambda known: any(test(known) for _, test in groups))
    )


def in_name(part: str, name: Callable[[Known], str | None]) -> Check:
    return lambda known: fold(part) in fold(name(known) or "")


def in_owner(part: str) -> Check:
    return lambda known: any(fold(part) in fold(owner) for owner in known.owners)


def decided(known: Known) -> list[Decimal]:
    """List the sums that a decision decides: none that is noted, no threshold, and no budget beside a grant."""
    counts = {SumRole.BUDGET: SumRole.GRANT not in known.roles, SumRole.GRANT: True, None: known.kind is Kind.APPROVE}
    told = zip(known.sums, known.roles, strict=True)
    return [amount for amount, role in told if known.kind is not Kind.NOTE and counts.get(role, False)]


def some_sum(test: Callable[[Decimal], bool], read: Callable[[Known], Iterable[Decimal]] = decided) -> Check:
    return lambda known: any(test(amount) for amount in read(known))


def named(known: Known) -> tuple[Decimal, ...]:
    return known.sums


def met(test: Callable[[date], bool]) -> Check:
    return lambda known: known.day is not None and test(known.day)


def no(test: Check) -> Check:
    return lambda known: not test(known)


def council_of(known: Known) -> str:
    return known.authority


def place_of(known: Known) -> str | None:
    return {"ENG": "England", "WLS": "Wales"}.get(TERRITORIES[known.authority] or "")


def body_of(known: Known) -> str | None:
    return known.committee


FIELDS: dict[str, Check] = {
    "kind:refuse": lambda known: known.kind is Kind.REFUSE,
    "kind:refuse kind:note": lambda known: known.kind in {Kind.REFUSE, Kind.NOTE},
    "-kind:note": lambda known: known.kind is not Kind.NOTE,
    "outcome:lost": lambda known: known.outcome is Outcome.LOST,
    "-outcome:lost": lambda known: known.outcome is not Outcome.LOST,
    "authority:ashcombe": in_name("ashcombe", council_of),
    "authority:council": in_name("council", council_of),
    'authority:"ynys mon"': in_name("ynys mon", council_of),
    "-authority:town": no(in_name("town", council_of)),
    "authority:nowhere": lambda known: False,
    "territory:wales": in_name("wales", place_of),
    "territory:eng": in_name("england", place_of),
    "-territory:WLS": no(in_name("wales", place_of)),
    "topic:send": lambda known: "send" in known.topics,
    "topic:roads topic:waste": lambda known: not {"roads", "waste"}.isdisjoint(known.topics),
    "-topic:waste": lambda known: "waste" not in known.topics,
    "committee:planning": in_name("planning", body_of),
    "-committee:cabinet": no(in_name("cabinet", body_of)),
    'owner:"director of"': in_owner("director of"),
    'owner:"director of finance"': in_owner("director of finance"),
    "owner:dalaigh": in_owner("dalaigh"),
    "-owner:clerk": no(in_owner("clerk")),
    "year:2023": met(lambda day: day.year == 2023),
    "-year:2022": no(met(lambda day: day.year == 2022)),
    "since:2022-06": met(lambda day: day >= date(2022, 6, 1)),
    "until:2023-06": met(lambda day: day <= date(2023, 6, 30)),
    "since:2022 until:2022": met(lambda day: day.year == 2022),
    "amount:>500000": some_sum(lambda amount: amount > 500_000),
    "amount:>=500k": some_sum(lambda amount: amount >= 500_000),
    "amount:<1000": some_sum(lambda amount: amount < 1000),
    "amount:<=1k": some_sum(lambda amount: amount <= 1000),
    "amount:20k": some_sum(lambda amount: amount == 20_000),
    "amount:1k..20k": some_sum(lambda amount: 1000 <= amount <= 20_000),
    "amount:>20k amount:<=1k": lambda known: max(decided(known), default=0) > 20_000 and min(decided(known)) <= 1000,
    "mentions:>500000": some_sum(lambda amount: amount > 500_000, named),
    "mentions:<1000": some_sum(lambda amount: amount < 1000, named),
    "mentions:1k..20k": some_sum(lambda amount: 1000 <= amount <= 20_000, named),
    "mentions:500k amount:<=1k": lambda known: 500_000 in known.sums and min(decided(known), default=2000) <= 1000,
}
OPTIONS: dict[str, tuple[Any, Check]] = {
    "authority": ("northmere", in_name("northmere", council_of)),
    "committee": ("cabinet", in_name("cabinet", body_of)),
    "territory": ("england", in_name("england", place_of)),
    "topic": ("waste", lambda known: "waste" in known.topics),
    "kind": (Kind.APPROVE, lambda known: known.kind is Kind.APPROVE),
    "outcome": (Outcome.CARRIED, lambda known: known.outcome is Outcome.CARRIED),
    "owner": ("places", in_owner("places")),
    "since": (date(2022, 7, 1), met(lambda day: day >= date(2022, 7, 1))),
    "until": (date(2022, 12, 31), met(lambda day: day <= date(2022, 12, 31))),
    "min_amount": (Decimal(20_000), some_sum(lambda amount: amount >= 20_000)),
    "max_amount": (Decimal(1000), some_sum(lambda amount: amount <= 1000)),
}


def found_ids(store: Store, **wanted: Any) -> set[str]:
    return {row.id for row in find_decisions(store, DecisionFilter(**wanted))}


@pytest.mark.parametrize("query", sorted(FIELDS))
def test_every_field_does_what_it_says(filled: tuple[Store, list[Known]], query: str) -> None:
    store, known = filled
    expected = {one.id for one in known if FIELDS[query](one)}
    assert found_ids(store, query=query, include_procedural=True) == expected
    assert len(expected) < len(known) and (expected or "nowhere" in query)


@pytest.mark.parametrize("query", [query for query in FIELDS if query.lstrip("-")[0] in "aco" and ":" in query])
def test_a_part_of_too_many_names_is_looked_for_in_the_rows(
    filled: tuple[Store, list[Known]], query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MANY", 1)
    store, known = filled
    assert found_ids(store, query=query, include_procedural=True) == {one.id for one in known if FIELDS[query](one)}


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_every_option_does_what_it_says(filled: tuple[Store, list[Known]], option: str) -> None:
    store, known = filled
    value, test = OPTIONS[option]
    expected = {one.id for one in known if test(one) and not one.procedural}
    assert found_ids(store, **{option: value}) == expected
    assert 0 < len(expected) < len([one for one in known if not one.procedural])


@given(
    words=st.none() | word_queries(),
    fields=st.lists(st.sampled_from(sorted(FIELDS)), max_size=2, unique_by=lambda text: text.strip("-").split(":")[0]),
    options=st.lists(st.sampled_from(sorted(set(OPTIONS) - {"max_amount"})), max_size=2, unique=True),
    procedural=st.booleans(),
    sort=st.sampled_from((Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT)),
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_search_finds_what_a_loop_finds(
    filled: tuple[Store, list[Known]],
    words: tuple[str, Check] | None,
    fields: list[str],
    options: list[str],
    procedural: bool,
    sort: Sort,
) -> None:
    store, known = filled
    tests = [words[1]] if words else []
    tests += [FIELDS[query] for query in fields] + [OPTIONS[name][1] for name in options]
    expected = [one for one in known if all(test(one) for test in tests) and (procedural or not one.procedural)]
    query = " ".join((words[0] if words else "", *fields))
    chosen = {name: OPTIONS[name][0] for name in options}
    wanted = DecisionFilter(query=query, sort=sort, include_procedural=procedural, **chosen)
    ids = [row.id for row in find_decisions(store, wanted)]
    assert sorted(ids) == sorted(one.id for one in expected)
    if words is None or sort is not Sort.RELEVANCE:
        assert ids == [one.id for one in sorted(expected, key=order_of(sort))]
    check_pages(store, wanted, ids)
    check_facets(store, wanted, expected)


@pytest.mark.parametrize("sort", (Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.AMOUNT))
@pytest.mark.parametrize("query", ("", "apple", "-fox", "apple OR drum kind:note", "outcome:carried", "amount:>=20k"))
def test_many_hits_come_in_the_order_of_few(
    filled: tuple[Store, list[Known]], query: str, sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = filled
    wanted = DecisionFilter(query=query, sort=sort, limit=7)
    ids = [row.id for row in find_decisions(store, replace(wanted, limit=None))]
    assert len(ids) > 14
    monkeypatch.setattr(sampling, "FEW", 5)
    for walked in (1, 30):
        monkeypatch.setattr(ordering, "WALKED", walked)
        paged: list[str] = []
        token = ""
        while token is not None:
            page = search_decisions(store, wanted, after=token or None)
            paged += [row.id for row in page.rows]
            token = page.next_token
            assert not page.total.is_exact and len(page.rows) == min(7, len(ids) - len(paged) + len(page.rows))
        assert paged == ids


def test_more_hits_than_are_ranked_follow_those_the_newest_first(
    filled: tuple[Store, list[Known]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, known = filled
    newest = [row.id for row in find_decisions(store, DecisionFilter(query="apple", sort=Sort.NEWEST))]
    monkeypatch.setattr(ordering, "RANKED", 9)
    for few in (5, 10_000):
        monkeypatch.setattr(sampling, "FEW", few)
        ids = [row.id for row in find_decisions(store, DecisionFilter(query="apple"))]
        assert set(ids[:9]) == set(newest[:9]) and ids[9:] == newest[9:] and ids != newest


def order_of(sort: Sort) -> Callable[[Known], Any]:
    """Give the key of a list's order: what has no day or sum comes last."""

    def newest(known: Known) -> tuple[Any, ...]:
        return (known.day is None, -(known.day or FIRST).toordinal(), known.place)

    def key(known: Known) -> tuple[Any, ...]:
        if sort is Sort.OLDEST:
            return (known.day is None, known.day or FIRST, [-ord(sign) for sign in known.place[0]], known.place[1])
        if sort is Sort.AMOUNT:
            return (not decided(known), -max(decided(known), default=Decimal(0)), *newest(known))
        return newest(known)

    return key


def check_pages(store: Store, wanted: DecisionFilter, ids: list[str]) -> None:
    """Read the same list page by page."""
    paged: list[str] = []
    token: str | None = None
    for _ in range(len(ids) // 7 + 1):
        page = search_decisions(store, replace(wanted, limit=7), after=token)
        assert (page.total.count, page.total.is_exact) == (len(ids), True)
        assert len(page.snippets) == len(page.rows)
        paged += [row.id for row in page.rows]
        token = page.next_token
        if token is None:
            break
    assert paged == ids and token is None


def check_facets(store: Store, wanted: DecisionFilter, expected: list[Known]) -> None:
    """Count the same records by each facet."""
    facets = count_facets(store, wanted)
    assert (facets.total.count, facets.total.is_exact) == (len(expected), True)
    values: dict[str, Callable[[Known], tuple[Any, ...]]] = {
        "authority": lambda known: (known.authority,),
        "committee": lambda known: (known.committee,),
        "territory": lambda known: (place_of(known),),
        "topic": lambda known: known.topics,
        "kind": lambda known: (known.kind.value,),
        "outcome": lambda known: (known.outcome.value,),
        "year": lambda known: (str(known.day.year) if known.day else None,),
        "owner": lambda known: known.owners,
    }
    assert set(facets.counts) == set(values)
    for name, read in values.items():
        counts = {counted.value: counted.count for counted in facets.counts[name]}
        told = [value for known in expected for value in read(known) if value]
        assert counts == {value: told.count(value) for value in told}


def test_copies_are_left_out_unless_asked_for(store: Store) -> None:
    saved = store.save(meeting("Bramley Parish", FIRST, "mend the fence", "fence the pond"), pipeline=PIPELINE)
    with store.write() as connection:
        connection.execute(update(decisions).where(decisions.c.position == 1).values(same_as="0" * 16))
        retag(connection, [saved.document_id])
    assert [row.text for row in find_decisions(store, DecisionFilter(query="fence"))] == ["mend the fence"]
    assert len(find_decisions(store, DecisionFilter(query="fence", include_copies=True))) == 2
    assert len(find_decisions(store, DecisionFilter(query="fence", include_superseded=True))) == 1
