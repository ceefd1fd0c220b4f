"""Compile numeric functions to machine code, once per machine."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile `function` at its first call and keep the machine code on disk.

    A typed wrapper around :func:`numba.njit`, so that callers keep their signatures. Every
    process after the first loads the machine code; `python -m anlan_engine.warm` fills the cache.
    """
    return cast("Callable[P, R]", numba.njit(cache=True, nogil=True)(function))
