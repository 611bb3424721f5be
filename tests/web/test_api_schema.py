"""The interface keeps what its description promises, whatever it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import schemathesis
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from served import serve

EXAMPLES = 6
"""Questions of each kind and mode."""

PACE = settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def operations(database: str) -> Iterator[list[Any]]:
    """Load the description from a server that limits nobody."""
    with serve(database, rate=0, max_rows=20) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json", timeout=60)
        yield [one.ok() for one in schema.get_all_operations()]


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_nothing_that_is_asked_breaks_the_description(operations: list[Any], mode: GenerationMode) -> None:
    asked: Counter[str] = Counter()
    for operation in operations:

        @PACE
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            answer = case.call_and_validate(excluded_checks=[positive_data_acceptance])  # a query may be none: 400
            asked[f"{case.operation.path} {answer.status_code // 100}"] += 1

        if mode.is_positive or "{" not in operation.path:  # whatever text an id is, the description allows it
            ask()
    wanted = "2" if mode.is_positive else "4"
    assert len(operations) > 10
    assert sum(count for name, count in asked.items() if name.endswith(wanted)) > len(operations)


def test_the_description_names_every_kind_of_question(client: httpx2.Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    asked = {path.removeprefix("/api/v1/").partition("/")[0] for path in described["paths"]}
    nouns = {"decisions", "actions", "similar", "facets", "money", "parties", "authorities", "meetings"}
    assert nouns <= asked
    assert all(path.startswith("/api/v1/") and list(held) == ["get"] for path, held in described["paths"].items())


def test_the_reference_shows_all_that_is_described(client: httpx2.Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    page = BeautifulSoup(client.get("/api").text, "lxml")
    assert {title.get_text() for title in page.select("h3 code")} == {f"GET {path}" for path in described["paths"]}
    targets = {part["id"] for part in page.select("[id]")}
    links = {link["href"][1:] for link in page.select("a[href^='#shape']")}
    assert len(links) > 10 and links <= targets
    shown = {cell.get_text() for cell in page.select("th[scope=row]")}
    assert {"authority", "least", "next", "largest_amount"} <= shown
