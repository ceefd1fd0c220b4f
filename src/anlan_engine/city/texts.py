"""Many short texts as two arrays, so that they can be mapped instead of loaded."""

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

I32 = npt.NDArray[np.int32]
U8 = npt.NDArray[np.uint8]


class Texts(Sequence[str]):
    """A read-only sequence of texts.

    Parameters
    ----------
    letters : uint8[bytes]
        All texts one after the other, UTF-8.
    first : int32[texts + 1]
        Where each begins.
    """

    def __init__(self, letters: U8, first: I32) -> None:
        self.letters = letters
        self.first = first

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Texts":
        """Lay out texts."""
        encoded = [text.encode() for text in texts]
        first = np.cumsum([0, *(len(text) for text in encoded)]).astype(np.int32)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), first)

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.first) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """Read one text, or a slice of them."""
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        row = range(len(self))[index]
        return self.letters[self.first[row] : self.first[row + 1]].tobytes().decode()
