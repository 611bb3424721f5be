"""What other councils decided on the same matter: by meaning, with filters, and never what is no longer shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from council import PIPELINE, meeting
from sqlalchemy import select, update

from minutes_miner.domain.vocabulary import Kind
from minutes_miner.errors import StoreError
from minutes_miner.store import Store, embedding, nearest, open_store, similar
from minutes_miner.store.corrections import Author, correct, undo
from minutes_miner.store.detail import UnknownRecordError
from minutes_miner.store.embedding import Vectors, load_encoder
from minutes_miner.store.nearest import find_path, load_nearest
from minutes_miner.store.redacting import redact
from minutes_miner.store.search import DecisionFilter, find_alike, find_decisions, find_similar
from minutes_miner.store.tables import decisions
from minutes_miner.store.tagging import retag
from minutes_miner.store.vectors import update_vectors

LIMITS = "that a 20 mph speed limit be introduced on all residential streets"
SLOWER = "agreed to reduce the speed of vehicles to twenty where people live"
ZONES = "approved 20 mph zones round the housing estates"
MILEAGE = "that 45p a mile be paid for journeys by car"
LIBRARY = "that the branch library be closed on Mondays"
BOOKS = "agreed to shorten the hours in which readers may borrow books"
GRAVES = "that a field be bought for more graves"
DAYS = {"Marrick District Council": 4, "Penmarsh Borough Council": 11, "Wenlow Town Council": 18}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the files of servers' stores away from the user's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def moments() -> Iterator[datetime]:
    """Go on by an hour each time that the clock is asked."""
    return (datetime(2026, 1, 5 + hour // 24, hour % 24, tzinfo=UTC) for hour in range(500))


@pytest.fixture
def three(url: str, moments: Iterator[datetime]) -> Iterator[Store]:
    """Store meetings of three invented councils."""
    with open_store(url, clock=lambda: next(moments)) as store:
        told: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
            "Wenlow Town Council": ((LIMITS, {}), (LIBRARY, {})),
            "Marrick District Council": ((SLOWER, {"kind": Kind.APPROVE}), (MILEAGE, {}), (GRAVES, {})),
            "Penmarsh Borough Council": ((ZONES, {"kind": Kind.DEFER}), (BOOKS, {})),
        }
        for authority, found in told.items():
            store.save(meeting(authority, date(2024, 3, DAYS[authority]), *found), pipeline=PIPELINE)
        yield store


def id_of(store: Store, text: str) -> str:
    return next(row.id for row in find_decisions(store, DecisionFilter(include_copies=True)) if row.text == text)


def answers(store: Store, text: str = LIMITS, limit: int = 10, elsewhere: bool = True, **wanted: Any) -> list[str]:
    chosen = DecisionFilter(**wanted)
    found = find_similar(store, id_of(store, text), filter=chosen, limit=limit, elsewhere=elsewhere)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    return [one.row.text for one in found]


def test_the_same_matter_comes_first_though_the_words_differ(three: Store) -> None:
    assert set(answers(three)[:2]) == {SLOWER, ZONES}
    assert answers(three, LIBRARY)[0] == BOOKS  # no word but "that" or "the" in common
    assert not set(LIBRARY.split()) & set(BOOKS.split()) - {"that", "the"}


def test_other_vectors_give_other_answers(three: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = answers(three)

    def blind(texts: Sequence[str]) -> Vectors:
        """Take every text that is not about graves for the same."""
        return load_encoder()(["graves" if text in {LIMITS, GRAVES} else "books" for text in texts])

    monkeypatch.setattr(embedding, "load_encoder", lambda: blind)
    assert found[0] != GRAVES
    assert answers(three)[0] == GRAVES


def test_neither_the_decision_nor_its_own_council_answers_unless_asked_for(three: Store) -> None:
    assert set(answers(three)) == {SLOWER, MILEAGE, GRAVES, ZONES, BOOKS}
    assert set(answers(three, elsewhere=False)) == {SLOWER, MILEAGE, GRAVES, ZONES, BOOKS, LIBRARY}
    assert answers(three, limit=1) == answers(three)[:1]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": Kind.DEFER}, {ZONES}),
        ({"authority": "marrick"}, {SLOWER, MILEAGE, GRAVES}),
        ({"since": date(2024, 3, 11)}, {ZONES, BOOKS}),
        ({"until": date(2024, 3, 4)}, {SLOWER, MILEAGE, GRAVES}),
        ({"query": "graves OR books"}, {GRAVES, BOOKS}),
        ({"query": "agreed OR zones -kind:defer"}, {SLOWER, BOOKS}),
        ({"query": "aeroplane"}, set()),
        ({"authority": "nowhere"}, set()),
    ],
)
def test_filters_of_search_hold(three: Store, wanted: dict[str, Any], found: set[str]) -> None:
    assert set(answers(three, **wanted)) == found


def test_a_filter_finds_what_lies_far_behind(three: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "_LOOK", 1)
    monkeypatch.setattr(similar, "_LOOKS", 1)
    last = answers(three, elsewhere=False)[-1]
    row = next(row for row in find_decisions(three, DecisionFilter()) if row.text == last)
    assert row.authority
    assert last in answers(three, elsewhere=False, authority=row.authority)


def test_words_alone_can_be_asked_for(three: Store) -> None:
    found = find_alike(three, "slower traffic", limit=3)
    assert SLOWER in {one.row.text for one in found}
    assert [one.row.text for one in find_alike(three, "more graves for the cemetery", limit=1)] == [GRAVES]
    wenlow = DecisionFilter(authority="Wenlow")
    assert [one.row.text for one in find_alike(three, "more graves for the cemetery", filter=wenlow)]
    with pytest.raises(StoreError, match="no word"):
        find_alike(three, "!?")


def test_copies_and_what_the_meeting_says_twice_are_no_answers(three: Store) -> None:
    day = date(2024, 3, DAYS["Wenlow Town Council"])
    three.save(meeting("Wenlow Town Council", day, f"{LIMITS} now", source="minutes/notice.txt"), pipeline=PIPELINE)
    three.save(meeting("Wenlow Town Council", date(2024, 4, 1), (f"{LIMITS} too", {})), pipeline=PIPELINE)
    found = answers(three, elsewhere=False)
    assert f"{LIMITS} now" not in found
    assert found[0] == f"{LIMITS} too"
    mark_copy(three, f"{LIMITS} too", of=LIMITS)
    assert f"{LIMITS} too" not in answers(three, elsewhere=False, include_copies=True)
    assert LIMITS not in answers(three, f"{LIMITS} too", elsewhere=False, include_copies=True)


def mark_copy(store: Store, text: str, *, of: str) -> None:
    with store.write() as connection:
        changed = update(decisions).where(decisions.c.id == id_of(store, text)).values(same_as=id_of(store, of))
        connection.execute(changed)
        retag(connection)


def test_new_documents_are_taken_in_and_earlier_versions_are_left_out(three: Store) -> None:
    assert GRAVES in answers(three)
    first = load_nearest(find_path(three.url))
    assert first is not None and len(first.numbers) == 7
    newer = meeting("Marrick District Council", date(2024, 3, 4), f"{ZONES} in Marrick")  # where the other one was
    three.save(newer, pipeline=PIPELINE)
    assert GRAVES not in answers(three)
    assert f"{ZONES} in Marrick" in answers(three)
    held = load_nearest(find_path(three.url))
    assert held is not None and len(held.numbers) == 8
    assert held.latest > first.latest


def test_a_suppressed_decision_is_no_answer(three: Store) -> None:
    assert ZONES in answers(three)
    with three.write() as connection:
        connection.execute(update(decisions).where(decisions.c.text == ZONES).values(is_suppressed=True))
        retag(connection)
    assert ZONES not in answers(three)


def test_a_decision_mined_anew_is_compared_by_its_new_words(three: Store) -> None:
    assert answers(three, LIBRARY)[0] == BOOKS
    day = date(2024, 3, DAYS["Penmarsh Borough Council"])
    three.save(meeting("Penmarsh Borough Council", day, (ZONES, {"kind": Kind.DEFER}), (BOOKS, {})), pipeline="rules-2")
    before = load_nearest(find_path(three.url))
    assert answers(three, LIBRARY)[0] == BOOKS
    after = load_nearest(find_path(three.url))
    assert before is not None and after is not None
    assert (len(after.numbers), after.latest > before.latest) == (len(before.numbers), True)


def test_a_corrected_title_is_compared_from_then_on_and_no_longer_when_that_is_undone(three: Store) -> None:
    def held() -> list[int]:
        assert answers(three)
        found = load_nearest(find_path(three.url))
        assert found is not None and len(found.numbers) == 7
        return [int(part) for part in found.signs[:, list(found.numbers).index(number)]]

    with three.read() as connection:
        number = connection.scalar(select(decisions.c.number).where(decisions.c.text == GRAVES))
    before = held()
    assert held() == before
    (entry,) = correct(three, id_of(three, GRAVES), "item_title", "Buses", author=Author("misread"))
    assert held() != before
    undo(three, entry.number, author=Author("it was right"))
    assert held() == before


def test_vectors_that_another_machine_made_of_words_removed_since_are_made_anew(three: Store) -> None:
    assert answers(three)
    path = find_path(three.url)
    elsewhere = path.read_bytes()
    redact(three, "branch library", author=Author("asked for"))
    assert not path.exists()
    path.write_bytes(elsewhere)
    old = load_nearest(path)
    assert answers(three)
    new = load_nearest(path)
    assert old is not None and new is not None
    assert (old.signs != new.signs).any(axis=0).sum() == 1  # the decision on the library, and no other


def test_a_store_with_much_to_read_asks_to_be_built(three: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "PATIENCE", 2)
    with pytest.raises(StoreError, match="similar --build"):
        find_similar(three, id_of(three, LIMITS))
    seen: list[tuple[int, int]] = []
    assert update_vectors(three, load_encoder(), listener=lambda done, total: seen.append((done, total)))
    assert seen == [(7, 7)]
    assert answers(three)


def test_a_broken_file_or_one_of_another_version_is_made_anew(three: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    found = answers(three)
    path = find_path(three.url)
    path.write_bytes(b"PK\x03\x04 cut off")
    assert load_nearest(path) is None
    assert answers(three) == found
    monkeypatch.setattr(nearest, "VERSION", nearest.VERSION + 1)
    assert load_nearest(path) is None
    assert answers(three) == found


def test_an_unknown_id_is_told(three: Store) -> None:
    with pytest.raises(UnknownRecordError):
        find_similar(three, "ffffffffffffffff")


def test_vectors_have_length_one_and_walks_are_in_order() -> None:
    texts = [f"the {matter} of {place}" for matter in ("swings", "graves", "buses") for place in ("Aske", "Brindle")]
    vectors = load_encoder()([*texts, "…"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * len(texts) + [0])
    held = nearest.empty().replaced(np.arange(6), nearest.sign_bits(vectors[:6]))
    walked = list(held.walk(vectors[2:3], first=1))
    assert walked[0] == [2] and walked[1][0] == 3  # the same matter in the other place
    assert sorted(number for part in walked for number in part) == list(range(6))
    assert sorted(number for part in held.among([1, 4]).walk(vectors[2:3], first=9) for number in part) == [1, 4]
