"""The sites of a city as arrays: stations, hospitals, schools, shops."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.city.kinds import SITE_KINDS
from anlan_engine.city.texts import Texts
from anlan_engine.roads import DEGREE_UNITS

Array = npt.NDArray[Any]

SITE_TEXTS = ("name", "name_zh", "name_en", "address")


class SiteRow(NamedTuple):
    """One site.

    Attributes
    ----------
    kind : str
        One of `SITE_KINDS`.
    name, name_zh, name_en, address : str
        Empty where not mapped.
    lon, lat : float
        Degrees.
    """

    kind: str
    name: str
    name_zh: str
    name_en: str
    address: str
    lon: float
    lat: float


class Sites(Sequence[SiteRow]):
    """All sites of a city, sorted by kind.

    Parameters
    ----------
    arrays : mapping of str to array
        As :func:`anlan_engine.city.making.listing.site_arrays` lays them out.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._kind = arrays["kind"]
        self._at = arrays["at"]
        self._texts = [
            Texts(arrays[f"{name}.letters"], arrays[f"{name}.first"]) for name in SITE_TEXTS
        ]

    def __len__(self) -> int:
        """Count the sites."""
        return len(self._kind)

    def __getitem__(self, index: Any) -> Any:
        """Read one site, or a slice of them."""
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        row = range(len(self))[index]
        lon, lat = (self._at[row] / DEGREE_UNITS).tolist()
        name, name_zh, name_en, address = (texts[row] for texts in self._texts)
        return SiteRow(SITE_KINDS[self._kind[row]], name, name_zh, name_en, address, lon, lat)

    def of_kind(self, kind: str) -> list[SiteRow]:
        """Give the sites of one kind of `SITE_KINDS`."""
        code = SITE_KINDS.index(kind)
        low, high = np.searchsorted(self._kind, [code, code + 1]).tolist()
        return [self[row] for row in range(low, high)]
