"""Ask for memory before it is needed."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

READ, KEEP_IN_ALL_CACHES, DATA = 0, 3, 1
"""Arguments of LLVM's `llvm.prefetch`: what for, how near to the processor, and what it is."""


def _hint(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array: Any = make_array  # it has no types
    row = array(signature.args[0])(context, builder, arguments[0])
    whole = ir.IntType(32)
    address = builder.bitcast(builder.gep(row.data, [arguments[1]]), ir.IntType(8).as_pointer())
    takes = ir.FunctionType(ir.VoidType(), [address.type, whole, whole, whole])
    ask = builder.module.declare_intrinsic("llvm.prefetch", [address.type], takes)
    builder.call(ask, [address, whole(READ), whole(KEEP_IN_ALL_CACHES), whole(DATA)])
    return context.get_dummy_value()


def _prefetch(_typing: object, row: types.Array, _index: types.Integer) -> tuple[Any, Any]:
    """Bring `row[index]` of a contiguous row near the processor, for compiled functions only.

    Nothing waits for it and nothing is changed: what is asked for early enough is there when it is
    read, and an index that does not exist does no harm.
    """
    return types.void(row, types.intp), _hint


prefetch = cast("Callable[[npt.NDArray[np.generic], int], None]", intrinsic(_prefetch))
