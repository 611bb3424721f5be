"""Tell which names of one authority are of one person, and which might be of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from minutes_miner.domain.personname import PersonName

Apart = frozenset[PersonName]
"""Two names that are of different people, for one list of those present has both."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hold names that are of one person.

    Attributes:
        names: sorted.
        may_be: where the one name fits several people, the names that it fits, sorted.
    """

    names: tuple[PersonName, ...]
    may_be: tuple[PersonName, ...] = ()

    @property
    def key(self) -> str:
        """The fullest that the names tell, as the same text whatever their order."""
        longest = max(len(name.forenames) for name in self.names)
        forenames = [
            max((name.forenames[place] for name in self.names if len(name.forenames) > place), key=_length)
            for place in range(longest)
        ]
        sex = "" if any(len(word) > 1 for word in forenames) else max(name.sex for name in self.names)
        return "|".join((self.names[0].surname, " ".join(forenames), sex, self.names[0].suffix))


def merge_names(names: Iterable[PersonName], apart: Collection[Apart] = ()) -> dict[PersonName, Cluster]:
    """Merge names: those that all fit each other are of one person.

    A name is merged with others only where all that it fits also fit each other. "J Smith" beside "John Smith" is he;
    beside "John Smith" and "Jane Smith" it stays by itself, and so does "Smith". Their order does not matter.

    Args:
        names: of one authority.
        apart: pairs that are of different people; the shorter name of such a pair may still mean either elsewhere.

    Returns:
        The cluster of each name.
    """
    by_surname: dict[str, list[PersonName]] = defaultdict(list)
    for name in sorted(set(names)):
        by_surname[name.surname].append(name)
    clusters: dict[PersonName, Cluster] = {}
    for same in by_surname.values():
        clusters.update(_merge_group(same, apart))
    return clusters


def _merge_group(names: list[PersonName], apart: Collection[Apart]) -> dict[PersonName, Cluster]:
    def fits(one: PersonName, other: PersonName) -> bool:
        return one.can_be(other) and frozenset((one, other)) not in apart

    near = {
        name: [
            other
            for other in names
            if name.can_be(other) and not (frozenset((name, other)) in apart and name.fullness > other.fullness)
        ]
        for name in names
    }
    clear = [
        name
        for name, others in near.items()
        if all(one == other or fits(one, other) for place, one in enumerate(others) for other in others[place + 1 :])
    ]
    found: dict[PersonName, Cluster] = {}
    for name in names:
        if name in clear:
            found[name] = Cluster(tuple(other for other in near[name] if other in clear))
        else:
            found[name] = Cluster((name,), tuple(other for other in near[name] if other != name))
    return found


def _length(word: str) -> tuple[int, str]:
    return (len(word), word)
