"""Run another program over a document, within limits of time, so that it never outlives its reader."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress

_GUARD = (
    "exec 8<&0 9<&2 2>/dev/null\n"
    '"$@" <&8 8<&- 9<&- & child=$!\n'
    "(read gone <&9; kill -9 -$$) >/dev/null </dev/null 8<&- & guard=$!\n"
    "exec 8<&- 9<&-\n"
    "wait $child; code=$?\n"
    "kill $guard; wait $guard\n"
    "exit $code"
)
"""Shell script that runs its arguments, and kills them when what it is given as standard error comes to its end."""


def find_program(*names: str) -> str | None:
    """Give the path of the first of some programs that is installed, or None."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run_program(
    command: Sequence[str], *, data: bytes = b"", seconds: float, settings: Mapping[str, str] | None = None
) -> bytes | None:
    """Run a program and give what it writes; it ends when its time is over and when this process is killed.

    Args:
        command: path of the program and its arguments.
        data: what it reads on its standard input.
        seconds: how long it may run.
        settings: environment variables besides those of this process.

    Returns:
        Its standard output, or None where it failed or could not be started.

    Raises:
        TimeoutError: its time was over.
    """
    try:
        return _run(command, data, seconds, {**os.environ, **(settings or {})})
    except OSError as error:
        if isinstance(error, TimeoutError):
            raise
        return None


def _run(command: Sequence[str], data: bytes, seconds: float, environment: Mapping[str, str]) -> bytes | None:
    """Run a program in a session of its own; where there is a POSIX shell, guarded by it.

    The writing end of a pipe is held here alone, so the guard reads its end when this process dies, however it dies.
    """
    guarded = os.name == "posix"
    reading, writing = os.pipe()
    try:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", *command] if guarded else list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=reading if guarded else subprocess.DEVNULL,
            env=dict(environment),
            start_new_session=guarded,
        )
        try:
            output, _ = process.communicate(data, timeout=max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            raise TimeoutError(f"{os.path.basename(command[0])} took longer than {seconds:.0f} seconds") from None
        finally:
            _end(process, guarded)
    finally:
        os.close(reading)
        os.close(writing)
    return output if process.returncode == 0 else None


def _end(process: subprocess.Popen[bytes], guarded: bool) -> None:
    """Kill whatever still runs of a program."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            if guarded:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.communicate()
