"""Refusals that several inputs share."""

import numpy as np
import numpy.typing as npt

from anlan_engine.simulate.errors import SimulationError


def check_shape(field: str, values: npt.NDArray[np.generic], shape: tuple[int, ...]) -> None:
    """Refuse an array of another shape: WRONG_SHAPE."""
    if values.shape != shape:
        raise SimulationError(
            code="WRONG_SHAPE", field=field, expected=str(shape), got=str(values.shape)
        )


def check_places(
    field: str, values: npt.NDArray[np.integer], count: int, *, least: int = 0
) -> None:
    """Refuse numbers that name nothing: OUT_OF_RANGE."""
    wrong = (values < least) | (values >= count)
    if wrong.any():
        index = int(np.argmax(wrong))
        raise SimulationError(
            code="OUT_OF_RANGE", field=field, low=least, high=count - 1, index=index,
            value=int(values[index]),
        )  # fmt: skip


def check_shares(field: str, values: npt.NDArray[np.floating]) -> None:
    """Refuse what is no share: OUT_OF_RANGE."""
    wrong = ~((values >= 0) & (values <= 1))
    if wrong.any():
        index = int(np.argmax(wrong.ravel()))
        raise SimulationError(
            code="OUT_OF_RANGE", field=field, low=0, high=1, index=index,
            value=float(values.ravel()[index]),
        )  # fmt: skip


def check_times(field: str, values: npt.NDArray[np.floating], *, infinite: bool = False) -> None:
    """Refuse negative times, NaN and (unless allowed) infinity: NOT_A_TIME."""
    wrong = ~(values >= 0)
    if not infinite:
        wrong |= np.isinf(values)
    if wrong.any():
        index = int(np.argmax(wrong.ravel()))
        raise SimulationError(
            code="NOT_A_TIME", field=field, index=index, value=float(values.ravel()[index])
        )
