"""Call functions of PDFium with next to no work for each argument, and let them answer into memory that is kept."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

POINTER, INT = ctypes.c_void_p, ctypes.c_int

Pointer = Any
"""An address, made ready once to be passed to many calls."""


class Handle(ctypes.c_void_p):
    """Point to an object of PDFium's; false for none.

    As the type of what a function gives it can be passed on as it is, where a plain address must be made ready first.
    """


def find_address(value: Any) -> int:
    """Give the address of a function or a handle of pypdfium2's raw interface, 0 for a null pointer."""
    return ctypes.cast(value, ctypes.c_void_p).value or 0


def point_to(address: int) -> Pointer:
    """Make an address ready to be passed to functions that ``bind`` gave."""
    return ctypes.byref(ctypes.c_char.from_address(address))


def bind(function: Any, result: Any) -> Callable[..., Any]:
    """Bind a function of pypdfium2's raw interface.

    What it gives takes a ``Pointer`` or a ``Handle`` for each pointer and a number for each ``int``; it does not look
    at their types, and an address as a plain number would be cut to 32 bits.

    Args:
        function: the function; all it takes are pointers, ``int`` and what is given as a number of ctypes.
        result: type of ctypes that it gives; ``POINTER`` gives an address as a number, or None, and ``Handle`` what
            can be passed on.
    """
    call: Callable[..., Any] = ctypes.PYFUNCTYPE(result)(find_address(function))
    return call


class Room:
    """Lend memory for what many calls of PDFium answer, row by row; the rows are used again for the next calls.

    Args:
        kind: type of ctypes of the numbers.
        width: numbers in a row.
    """

    def __init__(self, kind: Any, width: int) -> None:
        self._kind, self._width = kind, width
        self._make(1)

    def clear(self, count: int) -> list[Pointer]:
        """Set the first rows to 0 and point to each.

        Args:
            count: how many rows.
        """
        if count > len(self.places):
            self._make(2 * count)
        self.rows[:count] = 0
        return self.places[:count]

    def _make(self, count: int) -> None:
        size = ctypes.sizeof(self._kind) * self._width
        room = (self._kind * (self._width * count))()
        self.rows: NDArray[Any] = np.frombuffer(room, dtype=self._kind).reshape(count, self._width)
        self.places: list[Pointer] = [ctypes.byref(room, at) for at in range(0, size * count, size)]
