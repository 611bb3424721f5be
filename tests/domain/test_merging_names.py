"""Names are merged only where everything that they fit also fits each other."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from minutes_miner.domain.merging import merge_names
from minutes_miner.domain.personname import PersonName

JOHN, JANE = PersonName("smith", ("john",)), PersonName("smith", ("jane",))
J, SMITH = PersonName("smith", ("j",)), PersonName("smith")
PATEL = PersonName("patel")


def test_initial_and_surname_are_whom_they_alone_fit() -> None:
    clusters = merge_names([SMITH, J, JOHN, PATEL])
    assert clusters[SMITH] == clusters[J] == clusters[JOHN]
    assert set(clusters[J].names) == {SMITH, J, JOHN} and clusters[J].may_be == ()
    assert clusters[PATEL].names == (PATEL,)


def test_a_name_that_fits_two_stays_by_itself() -> None:
    clusters = merge_names([SMITH, J, JOHN, JANE])
    assert clusters[J].names == (J,) and set(clusters[J].may_be) == {SMITH, JOHN, JANE}
    assert clusters[SMITH].may_be and not clusters[JOHN].may_be and not clusters[JANE].may_be
    assert len({clusters[name] for name in (SMITH, J, JOHN, JANE)}) == 4


def test_two_names_of_one_list_are_two_people_and_the_shorter_is_nobody_for_certain() -> None:
    clusters = merge_names([J, JANE, JOHN], [frozenset((J, JANE))])
    assert len({clusters[name] for name in (J, JANE, JOHN)}) == 3
    assert clusters[J].may_be and not clusters[JANE].may_be and not clusters[JOHN].may_be


def test_mr_and_mrs_are_never_one() -> None:
    mister, missus = PersonName("cole", ("p",), "m"), PersonName("cole", ("p",), "f")
    clusters = merge_names([mister, missus, PersonName("cole", ("p",))])
    assert clusters[mister] != clusters[missus]
    assert clusters[PersonName("cole", ("p",))].may_be


def test_a_key_tells_the_fullest() -> None:
    clusters = merge_names(
        [PersonName("cole", ("p",), "m"), PersonName("cole", ("peter",)), PersonName("cole", ("p", "t"))]
    )
    assert {cluster.key for cluster in clusters.values()} == {"cole|peter t||"}


FORENAMES = st.lists(st.sampled_from(["j", "john", "jane", "p", "peter", "r"]), max_size=2).map(tuple)
NAMES = st.lists(
    st.builds(PersonName, st.sampled_from(["smith", "cole"]), FORENAMES, st.sampled_from(["", "f", "m"])), max_size=9
)


@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_does_not_matter_and_what_is_merged_fits(names: list[PersonName], rng: Random) -> None:
    clusters = merge_names(names)
    shuffled = list(names)
    rng.shuffle(shuffled)
    assert merge_names(shuffled) == clusters
    assert set(clusters) == set(names)
    for cluster in clusters.values():
        assert all(one.can_be(other) for one in cluster.names for other in cluster.names)
        rivals = {other for other in names for one in cluster.names if one.can_be(other)}
        if not cluster.may_be:
            assert all(one.can_be(other) for one in cluster.names for other in rivals)
