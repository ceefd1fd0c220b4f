"""Compile numeric functions to machine code, once per machine."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` at its first call and keep the machine code on disk.

    A typed wrapper around :func:`numba.njit`, so that callers keep their signatures. Every
    process after the first loads the machine code; `python -m anlan_engine.warm` fills the cache.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))


def compiled_in_place(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function that only changes arrays it was given and makes none.

    Such a function needs no counting of references, whose cost would exceed the work where large
    tables go through many small functions. One that makes an array after all does not compile.

    It becomes part of every compiled function that calls it: an array is handed over as seven
    numbers, so that calling with tables of tables would cost more than most such functions do.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False, "forceinline": True}
    return cast("Callable[P, R]", numba.njit(**options)(function))
