"""Keep Python from looking for cyclic garbage while a document is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collector() -> Iterator[None]:
    """Let the collector of cyclic garbage rest inside ``with``, or while a function that this decorates runs.

    Reading a page makes thousands of tuples that live until its document is read and form no cycles; the collector
    would look through them dozens of times, and through all else that the program holds.
    """
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()
