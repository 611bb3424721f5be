"""Serve the database as a web application."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from minutes_miner.cli.options import database_option, mail_options, read_postbox_options
from minutes_miner.errors import ConfigError


@click.command(name="serve")
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Where to listen.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(1, 65535), help="On which port.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.option("--address", metavar="URL", help="How the site is reached from outside: https://minutes.example.org.")
@click.option("--title", default="Minutes Miner", show_default=True, metavar="NAME", help="Name shown on every page.")
@click.option(
    "--archive",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="MINUTES_MINER_ARCHIVE",
    show_envvar=True,
    metavar="FOLDER",
    help="Folder of the raw archive, for pictures of pages.",
)
@click.option("--no-pictures", is_flag=True, help="Draw no pages of PDFs.")
@click.option(
    "--max-seconds",
    type=click.FloatRange(min=0, min_open=True, max=600),
    default=10.0,
    show_default=True,
    help="Give up a question to the database after so long.",
)
@click.option(
    "--rate", default=120, show_default=True, type=click.IntRange(0, 1_000_000), help="Questions of a program a minute."
)
@click.option(
    "--max-rows", default=100_000, show_default=True, type=click.IntRange(1, 10_000_000), help="Rows of a file at most."
)
@click.option("--token", envvar="MINUTES_MINER_TOKEN", show_envvar=True, metavar="TOKEN", help="Let in who sends it.")
@click.option(
    "--password-hash",
    envvar="MINUTES_MINER_PASSWORD_HASH",
    show_envvar=True,
    metavar="DIGEST",
    help="Let in who knows the password of this argon2 digest.",
)
@click.option("--watches", is_flag=True, help="Let readers watch searches by mail; writes these searches alone.")
@mail_options
@click.option("--watch-key", envvar="MINUTES_MINER_WATCH_KEY", metavar="KEY", help="A long secret that signs links.")
@click.option("--hash-password", is_flag=True, help="Ask for a password, print its digest, and end.")
def command(
    db: str,
    host: str,
    port: int,
    workers: int,
    address: str | None,
    title: str,
    archive: Path | None,
    no_pictures: bool,
    max_seconds: float,
    rate: int,
    max_rows: int,
    token: str | None,
    password_hash: str | None,
    hash_password: bool,
    watches: bool,
    watch_key: str | None,
    **mail: Any,
) -> None:
    """Serve the database as a web application, for reading alone unless --watches is given.

    Everything it shows comes from this machine: no page asks another server for anything. Needs the extra "web":
    pip install 'minutes-miner[web]'

    \b
    Examples:
      minutes-miner serve
      minutes-miner serve --db postgresql://localhost/minutes --host 0.0.0.0 --port 80
      minutes-miner serve --address https://minutes.example.org
      minutes-miner serve --hash-password
      minutes-miner serve --watches --address https://minutes.example.org --smtp localhost:25 --from it@example.org
    """
    try:
        from minutes_miner.web import Settings
        from minutes_miner.web.access import hash_password as make_hash
        from minutes_miner.web.running import run
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"the web application needs the package {error.name}", advice="run: pip install 'minutes-miner[web]'"
        ) from error
    if hash_password:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        click.echo(make_hash(password))
        return
    settings = Settings(
        db,
        archive=archive,
        address=address,
        title=title,
        token=token,
        password_hash=password_hash,
        has_pictures=not no_pictures,
        max_seconds=max_seconds,
        rate=rate,
        max_rows=max_rows,
        postbox=read_postbox_options(mail) if watches else None,
        watch_key=watch_key,
    )
    told = f"Serving at http://{host}:{port}/ (Ctrl-C ends it)"
    run(settings, host=host, port=port, workers=workers, on_start=lambda: click.echo(told, err=True))
