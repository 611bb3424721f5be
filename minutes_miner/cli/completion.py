"""Print the script that lets a shell complete commands and options."""

from __future__ import annotations

import click


@click.command(name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      minutes-miner completion bash >> ~/.bashrc
      minutes-miner completion zsh >> ~/.zshrc
      minutes-miner completion fish > ~/.config/fish/completions/minutes-miner.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(ctx.find_root().command, {}, "minutes-miner", "_MINUTES_MINER_COMPLETE")
    click.echo(script.source())
