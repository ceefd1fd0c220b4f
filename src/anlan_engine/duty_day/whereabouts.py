"""Where calls come from: along the streets by length, or at sites."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from anlan_engine.city import City, SiteRow
from anlan_engine.city.kinds import SITE_KINDS
from anlan_engine.roads import DEGREE_UNITS
from anlan_engine.sphere import METRES_PER_DEGREE

Bool = npt.NDArray[np.bool_]

ASIDE_M = 12.0
"""A call comes from at most this far beside the middle of its street."""


class Whereabouts(NamedTuple):
    """A drawn place.

    Attributes
    ----------
    lon, lat : float
        Degrees, inside the bounds of the city.
    text : str
        How the caller says where it is, in the local language.
    text_zh, text_en : str
        The same in these languages where the city has such names, else the local text.
    """

    lon: float
    lat: float
    text: str
    text_zh: str
    text_en: str


class Gazetteer:
    """Draws places of one city.

    Parameters
    ----------
    city : City
    """

    def __init__(self, city: City) -> None:
        self._city = city
        graph = city.graph
        self._west, self._south, self._east, self._north = city.meta["bounds"]
        at = graph.shape / DEGREE_UNITS
        inside = (at >= (self._west, self._south)) & (at <= (self._east, self._north))
        usable: Bool = np.asarray(inside.all(axis=1))
        usable[:-1] &= usable[1:]
        usable[graph.segment_first[1:] - 1] = False
        self._points = np.flatnonzero(usable)
        length_mm = graph.shape_mm[self._points + 1] - graph.shape_mm[self._points]
        self._sites: dict[str, list[SiteRow]] = {kind: [] for kind in SITE_KINDS}
        for site in city.sites:
            if self._west <= site.lon <= self._east and self._south <= site.lat <= self._north:
                self._sites[site.kind].append(site)
        self._ends_mm = np.cumsum(length_mm, dtype=np.int64)

    def on_street(self, rng: np.random.Generator) -> Whereabouts:
        """Draw a place beside a street; each metre of street is as likely as any other."""
        graph = self._city.graph
        mark_mm = int(rng.integers(self._ends_mm[-1]))
        row = int(np.searchsorted(self._ends_mm, mark_mm, side="right"))
        point = int(self._points[row])
        share = rng.random()
        start, end = graph.shape[point] / DEGREE_UNITS, graph.shape[point + 1] / DEGREE_UNITS
        lon, lat = (start + share * (end - start)).tolist()
        return self.told(*self.beside(lon, lat, ASIDE_M, rng))

    def at_site(self, kinds: tuple[str, ...], rng: np.random.Generator) -> Whereabouts | None:
        """Draw one of the sites of some kinds; None where the city has none inside its bounds."""
        sites = [site for kind in kinds for site in self._sites[kind]]
        if not sites:
            return None
        site = sites[int(rng.integers(len(sites)))]
        local = ", ".join(part for part in (site.name, site.address) if part)
        text = local or self._city.address_at(site.lon, site.lat)
        text_zh, text_en = site.name_zh or text, site.name_en or text
        return Whereabouts(site.lon, site.lat, text, text_zh, text_en)

    def beside(
        self, lon: float, lat: float, most_m: float, rng: np.random.Generator
    ) -> tuple[float, float]:
        """Move a position at random by at most so many metres, not out of the bounds."""
        bearing, metres = rng.uniform(0.0, 2 * np.pi), rng.uniform(0.0, most_m)
        east = metres * np.sin(bearing) / (METRES_PER_DEGREE * np.cos(np.radians(lat)))
        north = metres * np.cos(bearing) / METRES_PER_DEGREE
        moved_lon = min(max(lon + float(east), self._west), self._east)
        moved_lat = min(max(lat + float(north), self._south), self._north)
        return round(moved_lon, 7), round(moved_lat, 7)

    def told(self, lon: float, lat: float) -> Whereabouts:
        """Say where a position is: by its house number, its street, or in degrees."""
        text = self._city.address_at(lon, lat) or f"{lat:.5f}, {lon:.5f}"
        name = self._city.street_name_at(lon, lat)
        if name is None or not text.startswith(name.local):
            return Whereabouts(lon, lat, text, text, text)
        number = text.removeprefix(name.local)
        text_zh, text_en = ((told or name.local) + number for told in (name.zh, name.en))
        return Whereabouts(lon, lat, text, text_zh, text_en)
