"""What compiled functions ask for in advance changes nothing."""

import numpy as np

from anlan_engine.compiled import compiled
from anlan_engine.prefetch import prefetch


@compiled
def _read_ahead(row: np.ndarray, ahead: int) -> int:
    total = 0
    for index in range(len(row)):
        prefetch(row, index + ahead)
        total += row[index]
    return total


def test_asking_for_what_does_not_exist_does_no_harm() -> None:
    row = np.arange(1000, dtype=np.int32)
    asked = [_read_ahead(row, ahead) for ahead in (0, 16, 1 << 40, -(1 << 40))]
    assert asked == [499_500] * 4
    assert (row == np.arange(1000)).all()
