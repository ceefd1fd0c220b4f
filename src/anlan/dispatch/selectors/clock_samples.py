"""What a clock measured, as SQL: one sample a round or a unit, with both stamps or why not.

A sample has the columns `incident_id`, `priority`, `key` (its group), `began`, `ended`,
`called_off` and `running`. Names of columns come from the tables below, everything else is a
parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from anlan.dispatch.clock_rules import ALL, STAMPS_OF_UNIT, Clock
from anlan.kernel.areas import area_range

GROUPINGS: Mapping[str, str] = MappingProxyType(
    {
        "none": "''",
        "kind": "i.kind",
        "priority": "i.priority::text",
        "sub_district": "(i.area / 1000000)::text",
        "community": "(i.area / 1000)::text",
        "day": "to_char(i.received_at AT TIME ZONE %(zone)s, 'YYYY-MM-DD')",
        "hour": "to_char(i.received_at AT TIME ZONE %(zone)s, 'HH24')",
    }
)


# One row a round. The first has the incident's own stamps, a later one those of its reopening, and
# each ends as the next one says that it ended.
ROUNDS = """(
    SELECT f.id, f.area, f.kind, f.priority, f.site_kind, 1 AS round, f.rang_at, f.answered_at,
           f.received_at, f.dispatched_at, f.arrived_at,
           CASE WHEN f.round = 1 THEN f.closed_at ELSE n.closed_at END AS closed_at,
           CASE WHEN f.round = 1 THEN f.state ELSE 'CLOSED' END AS state
    FROM dispatch_incident AS f
        LEFT JOIN dispatch_reopening AS n ON n.incident_id = f.id AND n.round = 2
    UNION ALL
    SELECT f.id, f.area, f.kind, f.priority, f.site_kind, r.round, NULL, NULL,
           r.reopened_at, r.dispatched_at, r.arrived_at,
           CASE WHEN f.round = r.round THEN f.closed_at ELSE n.closed_at END,
           CASE WHEN f.round = r.round THEN f.state ELSE 'CLOSED' END
    FROM dispatch_reopening AS r JOIN dispatch_incident AS f ON f.id = r.incident_id
        LEFT JOIN dispatch_reopening AS n ON n.incident_id = f.id AND n.round = r.round + 1
)"""
JOBS = "dispatch_assignment AS a ON a.incident_id = i.id AND a.round = i.round"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rounds: received from `since` until before `until`; all where nothing narrows.

    `zone` is the IANA name of the time zone that days and hours are of.
    """

    since: datetime | None = None
    until: datetime | None = None
    kinds: tuple[str, ...] = ()
    priorities: tuple[int, ...] = ()
    area_low: int | None = None
    area_high: int | None = None
    by: str = "none"
    zone: str = "UTC"

    def conditions(self) -> tuple[str, dict[str, Any]]:
        """Return the condition on the incident `i` and its parameters."""
        wanted = {
            "i.received_at >= %(since)s": ("since", self.since),
            "i.received_at < %(until)s": ("until", self.until),
            "i.kind = ANY(%(of_kinds)s)": ("of_kinds", list(self.kinds) or None),
            "i.priority = ANY(%(of_priorities)s)": ("of_priorities", list(self.priorities) or None),
            "i.area >= %(area_low)s": ("area_low", self.area_low),
            "i.area <= %(area_high)s": ("area_high", self.area_high),
        }
        held = {text: pair for text, pair in wanted.items() if pair[1] is not None}
        return " AND ".join(held) or "true", dict(held.values()) | {"zone": self.zone}


def timed(samples: str) -> str:
    """Return the beginning of a statement over `timed`: samples with what they took, or why not."""
    return f"""WITH samples AS ({samples}), timed AS (
            SELECT *,
                   CASE WHEN ended >= began THEN extract(epoch FROM ended - began)::float8 END
                       AS took,
                   CASE WHEN began IS NULL THEN 'NOT_BEGUN'
                        WHEN ended < began THEN 'OUT_OF_ORDER'
                        WHEN ended IS NOT NULL THEN NULL
                        WHEN called_off THEN 'CALLED_OFF'
                        WHEN running THEN 'RUNNING'
                        ELSE 'NOT_ENDED' END AS missing
            FROM samples
        )"""  # noqa: S608 - made of this module's own text


def samples_of(clock: Clock, selection: Selection) -> tuple[str, dict[str, Any]]:
    """Return the query of a clock's samples and its parameters."""
    condition, values = selection.conditions()
    own, more = _concerned(clock)
    where = f"{condition} AND {own}"
    values |= more
    key = GROUPINGS[selection.by]
    if not clock.of_units:
        return _of_incidents(clock, key, where), values
    units, of_units = _units(clock)
    values |= of_units
    rows = _of_each_unit if clock.each == "UNIT" else _of_force
    return rows(clock, key, f"{where} AND {units}"), values


def _concerned(clock: Clock) -> tuple[str, dict[str, Any]]:
    """Return which incidents the clock concerns."""
    priorities = sorted({priority for limit in clock.limits for priority in limit.priorities})
    parts = ["i.priority = ANY(%(concerned)s)"]
    values: dict[str, Any] = {"concerned": priorities}
    if clock.kinds:
        parts.append("i.kind = ANY(%(clock_kinds)s)")
        values["clock_kinds"] = list(clock.kinds)
    if clock.site_kinds:
        parts.append("i.site_kind = ANY(%(site_kinds)s)")
        values["site_kinds"] = list(clock.site_kinds)
    if clock.areas:
        ranges = [area_range(area) for area in clock.areas]
        parts.append(
            "EXISTS (SELECT 1 FROM unnest(%(lows)s::bigint[], %(highs)s::bigint[])"
            " AS within(low, high) WHERE i.area BETWEEN low AND high)"
        )
        values |= {"lows": [low for low, _ in ranges], "highs": [high for _, high in ranges]}
    return " AND ".join(parts), values


def _units(clock: Clock) -> tuple[str, dict[str, Any]]:
    """Return which of the units sent the clock concerns."""
    parts = ["true"]
    values: dict[str, Any] = {}
    if clock.unit_kinds:
        parts.append("a.unit_kind = ANY(%(unit_kinds)s)")
        values["unit_kinds"] = list(clock.unit_kinds)
    if clock.sent_within_s:
        parts.append("a.assigned_at <= i.dispatched_at + make_interval(secs => %(sent_within)s)")
        values["sent_within"] = clock.sent_within_s
    return " AND ".join(parts), values


def _stamp(name: str) -> str:
    return f"a.{name}" if name in STAMPS_OF_UNIT else f"i.{name}"


def _of_incidents(clock: Clock, key: str, where: str) -> str:
    return f"""
        SELECT i.id AS incident_id, i.priority, {key} AS key,
               {_stamp(clock.begins)} AS began, {_stamp(clock.ends)} AS ended,
               false AS called_off, i.state = 'OPEN' AS running
        FROM {ROUNDS} AS i WHERE {where}
    """  # noqa: S608 - names come from this module's tables


def _of_each_unit(clock: Clock, key: str, where: str) -> str:
    """One sample a unit; or that of the nth unit of each incident to reach the end."""
    began, ended = _stamp(clock.begins), _stamp(clock.ends)
    order = f"{ended} NULLS LAST, a.assigned_at, a.id"
    rank = f"row_number() OVER (PARTITION BY i.id, i.round ORDER BY {order})"
    chosen = "true" if clock.which == ALL else f"place = {int(clock.which)}"
    return f"""
        SELECT incident_id, priority, key, began, ended, called_off, running
        FROM (
            SELECT i.id AS incident_id, i.priority, {key} AS key,
                   {began} AS began, {ended} AS ended, a.state = 'CANCELLED' AS called_off,
                   a.ended_at IS NULL AS running, {rank} AS place
            FROM {ROUNDS} AS i JOIN {JOBS}
            WHERE {where}
        ) AS sent WHERE {chosen}
    """  # noqa: S608


def _of_force(clock: Clock, key: str, where: str) -> str:
    """One sample an incident to which enough such units were sent."""
    began = _stamp(clock.begins)
    if clock.begins in STAMPS_OF_UNIT:
        began = f"min({began})"
    ended = _stamp(clock.ends)
    sent = "count(*) FILTER (WHERE a.state <> 'CANCELLED')"
    if clock.ends not in STAMPS_OF_UNIT:
        reached, needed = ended, 1
    elif clock.which == ALL:
        lacking = f"count(*) FILTER (WHERE a.state <> 'CANCELLED' AND {ended} IS NULL)"
        reached, needed = f"CASE WHEN {lacking} = 0 THEN max({ended}) END", 1
    else:
        needed = int(clock.which)
        there = f"array_agg({ended} ORDER BY {ended}) FILTER (WHERE {ended} IS NOT NULL)"
        reached = f"({there})[{needed}]"
    return f"""
        SELECT i.id AS incident_id, i.priority, {key} AS key,
               {began} AS began, {reached} AS ended, {sent} < {needed} AS called_off,
               bool_or(a.ended_at IS NULL) AS running
        FROM {ROUNDS} AS i JOIN {JOBS}
        WHERE {where}
        GROUP BY i.id, i.round, i.priority, i.kind, i.area, i.received_at, i.rang_at,
            i.answered_at, i.dispatched_at, i.arrived_at, i.closed_at
        HAVING count(*) >= {needed}
    """  # noqa: S608
