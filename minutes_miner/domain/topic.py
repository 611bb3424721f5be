"""List the topics that a decision can be about, each with its description and the terms that tell of it.

The list is ``topics.csv`` beside this module: services of local government in the United Kingdom, in our own words,
after the areas by which councils' services are commonly listed. A code, once published, keeps its meaning.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

FILE = "topics.csv"


@dataclass(frozen=True, slots=True)
class Topic:
    """Describe one topic.

    Attributes:
        code: by which it is asked for, such as ``send``.
        name: for reading.
        description: what belongs to it.
        terms: words that tell of it, in lower case; the classifier learns how far each is to be trusted.
    """

    code: str
    name: str
    description: str
    terms: tuple[str, ...]


@lru_cache(maxsize=1)
def load_topics() -> dict[str, Topic]:
    """Give every topic by its code, in the order of the list."""
    text = (files(__package__) / FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    listed = (Topic(row["code"], row["name"], row["description"], tuple(row["terms"].split("; "))) for row in rows)
    return {topic.code: topic for topic in listed}
