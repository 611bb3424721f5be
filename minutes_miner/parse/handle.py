"""Call functions of PDFium with plain numbers for pointers, which costs half as much as with objects of ctypes."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

POINTER, INT = ctypes.c_void_p, ctypes.c_int


def find_address(value: Any) -> int:
    """Give the address of a function or a handle of pypdfium2's raw interface, 0 for a null pointer."""
    return ctypes.cast(value, ctypes.c_void_p).value or 0


def bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Bind a function of pypdfium2's raw interface.

    Args:
        function: the function.
        result: type of ctypes that it gives; ``POINTER`` gives an address, or None.
        arguments: types of ctypes that it takes; ``POINTER`` takes an address.
    """
    call: Callable[..., Any] = ctypes.PYFUNCTYPE(result, *arguments)(find_address(function))
    return call
