"""Who could go: everything a ranking depends on, so that it can be kept and asked again."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, NamedTuple, Self

from anlan_engine.errors import EngineError

UNITS_MAX = 10_000
NEEDS_MAX = 100

VERSION = 2
"""Of the snapshot's form."""


class RankingError(EngineError):
    """A ranking that cannot be asked for."""

    TEXTS: ClassVar[dict[str, str]] = {
        "TOO_MANY_UNITS": "{units} units; at most {most} are ranked at once.",
        "TOO_MANY_NEEDS": "{needs} needs; at most {most} are filled at once.",
        "SAME_UNIT_TWICE": "Unit {unit_id} stands twice in the question.",
        "HALF_A_POSITION": "Unit {unit_id} has a longitude or a latitude, but not both.",
        "UNKNOWN_SNAPSHOT": "This is no snapshot of a {ask} in a version up to {version}.",
    }


class Unit(NamedTuple):
    """One unit as it was known when the question was asked; a tuple, as a question has hundreds.

    Attributes
    ----------
    unit_id : str
    available : bool
        Free to be sent.
    capabilities : tuple of str
        What it brings, as codes.
    lon, lat : float or None
        Last position, degrees; None where it never told one.
    position_age_s : float or None
        Seconds since that position was taken.
    """

    unit_id: str
    available: bool
    capabilities: tuple[str, ...]
    lon: float | None
    lat: float | None
    position_age_s: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """Which units should go to a place?

    Attributes
    ----------
    lon, lat : float
        The place, degrees.
    needs : tuple of str
        Capabilities that must be brought, each by one unit at least; empty: any unit will do. A
        run card names one as often as it takes units of it; a ranking looks at each once.
    units : tuple of Unit
        Each unit once, at most `UNITS_MAX`.
    stale_after_s : float
        A position older than this is pointed out.
    pack : str
        Checksum of the city pack whose streets are used.

    Raises
    ------
    RankingError
        TOO_MANY_UNITS, TOO_MANY_NEEDS, SAME_UNIT_TWICE, HALF_A_POSITION.
    """

    lon: float
    lat: float
    needs: tuple[str, ...]
    units: tuple[Unit, ...]
    stale_after_s: float
    pack: str

    def __post_init__(self) -> None:
        """Refuse what cannot be ranked."""
        if len(self.units) > UNITS_MAX:
            raise RankingError(code="TOO_MANY_UNITS", units=len(self.units), most=UNITS_MAX)
        if len(self.needs) > NEEDS_MAX:
            raise RankingError(code="TOO_MANY_NEEDS", needs=len(self.needs), most=NEEDS_MAX)
        seen: set[str] = set()
        for unit in self.units:
            if unit.unit_id in seen:
                raise RankingError(code="SAME_UNIT_TWICE", unit_id=unit.unit_id)
            seen.add(unit.unit_id)
            if (unit.lon is None) != (unit.lat is None):
                raise RankingError(code="HALF_A_POSITION", unit_id=unit.unit_id)

    def snapshot(self) -> dict[str, Any]:
        """Give the question as plain data that JSON can hold; units by column, as they are many."""
        columns = zip(*self.units, strict=True) if self.units else ((),) * len(Unit._fields)
        units = dict(zip(Unit._fields, map(list, columns), strict=True))
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return own | {"version": VERSION, "units": units}

    @classmethod
    def of_snapshot(cls, snapshot: dict[str, Any]) -> Self:
        """Read a question back; the same question gives the same ranking on the same pack.

        Raises
        ------
        RankingError
            UNKNOWN_SNAPSHOT.
        """
        kept = dict(snapshot)
        # The first version named none, and listed units one by one.
        version, units = kept.pop("version", 1), kept["units"]
        if version == 1:
            units = {name: [unit[name] for unit in units] for name in Unit._fields}
        elif version != VERSION:
            raise RankingError(code="UNKNOWN_SNAPSHOT", ask="ranking", version=VERSION)
        columns = units | {"capabilities": [tuple(codes) for codes in units["capabilities"]]}
        rows = zip(*(columns[name] for name in Unit._fields), strict=True)
        return cls(
            **{**kept, "needs": tuple(kept["needs"]), "units": tuple(Unit(*row) for row in rows)}
        )
