"""Every plugin that is registered does what its protocol says, on real documents."""

from __future__ import annotations

import io
import json
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from minutes_miner.config import Limits
from minutes_miner.domain.record import Extraction
from minutes_miner.errors import ConfigError, ParseError
from minutes_miner.parse import identify
from minutes_miner.registry import PARSERS, find_writers, get_writer, load_parsers
from minutes_miner.workflow import extract_file

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
GENERATED = {"ConvertedParser", "OpenDocumentParser"}
"""Parsers that are tested on documents made by the tests, for there are no samples of their families."""
FILES = sorted(path for path in SAMPLES.glob("*") if path.is_file() and path.suffix not in {".json", ".jsonl"})


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return extract_file(FILES[0])


def test_there_is_a_sample_of_each_family() -> None:
    assert {path.suffix for path in FILES} >= {".pdf", ".html", ".docx", ".txt", ".md"}
    every = {type(parser).__name__ for parser in load_parsers().values()}
    registered = every - GENERATED
    used = {
        type(load_parsers()[identify(path.read_bytes(), path.name).media_type]).__name__
        for path in FILES
        if path.suffix != ".csv"
    }
    assert used == registered
    assert len(every) == len(entry_points(group=PARSERS))
    assert every >= GENERATED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_parser_gives_a_document_whose_blocks_stand_in_its_text(path: Path) -> None:
    data = path.read_bytes()
    ref = identify(data, path.name)
    document = load_parsers()[ref.media_type].parse(data, ref, limits=Limits())
    assert document.ref == ref
    assert document.blocks
    assert all(0 <= block.start <= block.body <= block.end <= len(document.text) for block in document.blocks)
    starts = [block.start for block in document.blocks]
    assert starts == sorted(starts)
    assert all(page.end <= len(document.text) for page in document.pages)


@pytest.mark.parametrize("media_type", sorted(load_parsers()))
def test_a_parser_refuses_garbage_by_name_or_reads_it_as_text(media_type: str) -> None:
    data = b"\x00\xff\xfe\x00garbage\x80" * 50
    ref = identify(b"A line of minutes.\n", "garbage.bin")
    try:
        document = load_parsers()[media_type].parse(data, ref, limits=Limits())
    except ParseError as error:
        assert "\n" not in str(error)
    else:
        assert isinstance(document.text, str)


@pytest.mark.parametrize("name", find_writers())
def test_a_writer_writes_every_extraction(name: str, extraction: Extraction) -> None:
    writer = get_writer(name)
    assert writer.name == name
    empty, twice = io.StringIO(), io.StringIO()
    writer.write([], empty)
    writer.write([extraction, extraction], twice)
    assert twice.getvalue().count(extraction.document.ref.sha256) == 2
    assert empty.getvalue().count(extraction.document.ref.sha256) == 0


def test_the_writers_are_those_of_the_help() -> None:
    assert set(find_writers()) == {"json", "jsonl"}


def test_an_unknown_writer_is_named_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="there is no writer called 'parquet'; choose one of json, jsonl"):
        get_writer("parquet")


def test_the_components_of_the_pipeline_are_registered() -> None:
    from minutes_miner.annotate import load_pipeline

    registered = {point.name for point in entry_points(group="spacy_factories") if point.name.startswith("minutes_")}
    assert registered
    assert registered <= set(load_pipeline().pipe_factories.values())


def test_what_is_written_is_what_was_found(extraction: Extraction) -> None:
    stream = io.StringIO()
    get_writer("jsonl").write([extraction], stream)
    found = json.loads(stream.getvalue())
    assert found["decisions"]
    assert len(found["decisions"]) == len(extraction.decisions)
