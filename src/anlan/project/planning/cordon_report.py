"""The report of a cordon: which points to hold, who gets there when, how long the ways round it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from anlan.project.planning.drawing import Mark, drawn, mark_at
from anlan.project.planning.report import Asked, Cell, Report, Table, Words
from anlan.project.planning.tables import Places
from anlan.project.planning.zones import edge_line
from anlan_engine.city import City
from anlan_engine.cordon import Cordon, Detours, HoldPoint, Kind, Posting, StreetNet, Zone


@dataclass(frozen=True, slots=True)
class Closed:
    """A zone that is closed off.

    Attributes
    ----------
    net, zone, cordon
    units : Places or None
        The units there are; None where nobody was named.
    posting : Posting or None
        Who goes to which point.
    detours : Detours or None
        The ways round it; None where nothing lies outside to compare.
    """

    net: StreetNet
    zone: Zone
    cordon: Cordon
    units: Places | None
    posting: Posting | None
    detours: Detours | None

    def sent(self, point: int) -> list[tuple[str, float]]:
        """Give the units sent to a point and when they arrive (seconds), the first one first."""
        if self.units is None or self.posting is None:
            return []
        rows = np.flatnonzero((self.posting.point == point) & np.isfinite(self.posting.arrival_s))
        going = [
            (self.units.names[self.posting.unit[row]], float(self.posting.arrival_s[row]))
            for row in rows
        ]
        return sorted(going, key=lambda one: one[1])


def cordon_report(city: City, closed: Closed, asked: Asked, language: str) -> Report:
    """Lay out a cordon."""
    words = Words("cordon", language)
    points = closed.cordon.points(closed.net)
    names = [city.address_at(point.lon, point.lat) or words("unnamed") for point in points]
    tables = (_points(closed, points, names, words), _ways_round(closed.detours, words))
    return Report(
        title=words("title", city=city.meta["name"]),
        language=language,
        asked=asked,
        found=_found(closed, words),
        map=drawn(
            city.graph, _marks(closed, points, names), [edge_line(closed.zone, words("zone"))]
        ),
        tables=[table for table in tables if table.rows],
        notes=[words("note_both"), words("note_minimum"), words("note_estimate")],
        data={
            "units": closed.cordon.units,
            "points": [
                {"kind": str(point.kind), "lon": point.lon, "lat": point.lat, "name": name,
                 "units": point.units,
                 "sent": [{"unit": unit, "arrives_s": at_s} for unit, at_s in closed.sent(row)]}
                for row, (point, name) in enumerate(zip(points, names, strict=True))
            ],
        },
    )  # fmt: skip


def _found(closed: Closed, words: Words) -> list[str]:
    cordon = closed.cordon
    held = int((cordon.needed == 0).sum())
    found = [
        words("needs", points=len(cordon), units=cordon.units, held=held),
        words("encloses", junctions=len(cordon.enclosed)),
    ]
    if closed.posting is not None:
        arrival_s = closed.posting.arrival_s
        arrives = np.isfinite(arrival_s)
        if arrives.any():
            last = float(arrival_s[arrives].max())
            found.append(words("closed_after", seconds=round(last), minutes=f"{last / 60:.1f}"))
        if not arrives.all():
            found.append(words("short", short=int((~arrives).sum())))
    if closed.detours is not None:
        found.append(_round_about(closed.detours, words))
    return found


def _round_about(detours: Detours, words: Words) -> str:
    """Say what crossing traffic loses."""
    crossing = detours.crossing
    cut = int((crossing & ~np.isfinite(detours.after_s)).sum())
    extra_s = detours.typical_extra_s
    more = round(extra_s) if np.isfinite(extra_s) else "∞"
    return words("detour", more=more, cut=cut, all=int(crossing.sum()))


def _marks(closed: Closed, points: Sequence[HoldPoint], names: Sequence[str]) -> list[Mark]:
    """Mark points by their number in the table, and the units that go."""
    marks = [
        Mark(point.lon, point.lat, "HOLD" if point.units else "HELD", name, str(number))
        for number, (point, name) in enumerate(zip(points, names, strict=True), 1)
    ]
    if closed.units is None or closed.posting is None:
        return marks
    going = set(closed.posting.unit[np.isfinite(closed.posting.arrival_s)].tolist())
    return marks + [
        mark_at(closed.units.at[row], "UNIT", closed.units.names[row]) for row in sorted(going)
    ]


def _points(
    closed: Closed, points: Sequence[HoldPoint], names: Sequence[str], words: Words
) -> Table:
    columns = [words(name) for name in ("number", "kind", "place", "needed", "unit", "arrives")]
    rows: list[list[Cell]] = []
    for row, (point, name) in enumerate(zip(points, names, strict=True)):
        coming = closed.sent(row)
        kind = words("street" if point.kind is Kind.STREET else "junction")
        who = ", ".join(unit for unit, _ in coming) or None
        rows.append(
            [row + 1, kind, name, point.units, who, round(coming[-1][1]) if coming else None]
        )
    return Table(words("points"), columns, rows)


def _ways_round(detours: Detours | None, words: Words) -> Table:
    """List the ways between gates that change, the longest detour first."""
    columns = [words(name) for name in ("from", "to", "before", "after")]
    if detours is None:
        return Table(words("detours"), columns, [])
    before, after = detours.before_s, detours.after_s
    changed = np.argwhere(detours.crossing)
    changed = changed[np.argsort(-(after - before)[changed[:, 0], changed[:, 1]], kind="stable")]
    place = [f"{lon:.4f}, {lat:.4f}" for lon, lat in detours.at.tolist()]
    return Table(
        words("detours"),
        columns,
        [
            [place[start], place[end], round(float(before[start, end])),
             round(float(after[start, end])) if np.isfinite(after[start, end]) else None]
            for start, end in changed.tolist()
        ],
    )  # fmt: skip
