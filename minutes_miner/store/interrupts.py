"""Keep Ctrl-C from falling into the midst of a statement of a transaction.

An interruption there has SQLAlchemy close the connection while its statement is still there, and SQLite keeps what is
closed like that locked: even for what the same program has yet to write, which then waits for itself.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class HeldInterrupts:
    """Hold Ctrl-C back within a ``with`` block, but for moments in which it does no harm, and raise it at the end.

    A second Ctrl-C is raised at once. Where the program has a handler of its own, and outside the main thread, which
    alone gets signals, nothing is held back.

    Raises:
        KeyboardInterrupt: at the end of the block, where there was one.
    """

    def __init__(self) -> None:
        self._is_default = (
            threading.current_thread() is threading.main_thread()
            and signal.getsignal(signal.SIGINT) is signal.default_int_handler
        )
        self._was_pressed = False

    def __enter__(self) -> Self:
        if self._is_default:
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._is_default:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if error is None:
            self.raise_held()

    def raise_held(self) -> None:
        """Raise what was held back, at a moment in which it does no harm.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed.
        """
        if self._was_pressed:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.raise_held()
        self._was_pressed = True
