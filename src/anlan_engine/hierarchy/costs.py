"""Costs of travel: whole numbers of 32 or 64 bits with a number that means "no way"."""

from typing import Any

import numpy as np
import numpy.typing as npt

from anlan_engine.hierarchy.errors import HierarchyError

Costs = npt.NDArray[np.signedinteger[Any]]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U64 = npt.NDArray[np.uint64]
Bool = npt.NDArray[np.bool_]

FAR32 = np.int32(2**30 - 1)
"""No way, among int32 costs: twice it still fits. As milliseconds: 12 days."""

FAR64 = np.int64(2**61)
"""No way, among int64 costs: twice it still fits. A packed cost reaches it after 6 days."""

NO_VERTEX = -1


def far_of(dtype: np.dtype[Any]) -> Any:
    """Return the cost that means "no way"; whole routes of that cost or more count as none.

    Raises
    ------
    HierarchyError
        UNKNOWN_DTYPE
    """
    if dtype == np.int32:
        return FAR32
    if dtype == np.int64:
        return FAR64
    raise HierarchyError(code="UNKNOWN_DTYPE", dtype=str(dtype))


def checked(weights: Costs, length: int, name: str, most: Any = None) -> Costs:
    """Return weights as a contiguous array after checking length, type and range.

    `most` is the highest allowed; the type's `far_of` if not given.

    Raises
    ------
    HierarchyError
        UNKNOWN_DTYPE, ARRAYS_DISAGREE, INVALID_WEIGHT
    """
    array = np.ascontiguousarray(weights)
    far = far_of(array.dtype) if most is None else most
    if array.ndim != 1 or len(array) != length:
        raise HierarchyError(code="ARRAYS_DISAGREE", name=name, length=array.size, wanted=length)
    outside = (array < 0) | (array > far)
    if outside.any():
        arc = int(np.argmax(outside))
        raise HierarchyError(code="INVALID_WEIGHT", weight=int(array[arc]), arc=arc, far=int(far))
    return array
