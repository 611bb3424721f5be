"""What every command promises: examples, documentation, a quick start, and errors of one line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from minutes_miner.cli import COMMANDS, main

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
HEAVY = {"spacy", "numpy", "sqlalchemy", "alembic", "pdfplumber", "pypdfium2", "bs4", "lxml", "docx", "rich", "pebble"}
HEAVY |= {"fastapi", "starlette", "uvicorn", "jinja2"}


def every_command(group: click.Group = main, *names: str) -> Iterator[tuple[str, click.Command]]:
    with click.Context(group) as ctx:
        for name in group.list_commands(ctx):
            command = group.get_command(ctx, name)
            assert command is not None, name
            yield " ".join((*names, name)), command
            if isinstance(command, click.Group):
                yield from every_command(command, *names, name)


EVERY = list(every_command())


def sections() -> dict[str, str]:
    """Give the text under each heading ``## minutes-miner NAME`` of the command reference."""
    parts = DOCS.read_text("utf-8").split("\n## minutes-miner ")[1:]
    return {part.partition("\n")[0].strip(): part for part in parts}


def test_every_module_of_a_command_is_listed() -> None:
    assert {name for name, _ in EVERY} >= set(COMMANDS) | {"db info", "db check", "db upgrade"}


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_help_begins_with_a_sentence_and_has_examples(name: str, command: click.Command) -> None:
    answer = CliRunner().invoke(main, [*name.split(), "--help"])
    assert answer.exit_code == 0
    assert command.get_short_help_str(200).rstrip(".")
    assert "Examples:" in answer.output
    assert f"minutes-miner {name}" in answer.output.partition("Examples:")[2]


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_every_option_is_documented_with_the_words_of_its_help(name: str, command: click.Command) -> None:
    text = sections()[name]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.opts} has no help"
            assert all(f"`{option}" in text for option in parameter.opts if option.startswith("--"))
        else:
            assert parameter.make_metavar(click.Context(command)).rstrip(".").strip("[]{}").split("|")[0] in text


def test_the_documentation_names_no_command_that_is_not_there() -> None:
    assert set(sections()) == {name for name, _ in EVERY}


@pytest.mark.parametrize("arguments", [["--help"], *([*name.split(), "--help"] for name, _ in EVERY)], ids=" ".join)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\nfrom minutes_miner.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as end: assert not end.code\n"
        f"heavy = sorted({HEAVY!r} & set(sys.modules))\nassert not heavy, heavy"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Usage: " in ended.stdout


def test_the_version_is_told() -> None:
    answer = CliRunner().invoke(main, ["--version"])
    assert answer.output.startswith("minutes-miner, version 0.")


@pytest.mark.parametrize("arguments", [["nonsense"], ["mine"], ["extract"], ["mine", "--jobs", "-1", "x"], ["search"]])
def test_misuse_exits_with_2_and_says_why(arguments: list[str]) -> None:
    answer = CliRunner().invoke(main, arguments)
    assert answer.exit_code == 2
    assert "Error: " in answer.stderr
    assert "Traceback" not in answer.output
