"""The report of a day: what the server counts, and whether all that it acknowledged is there."""

from dataclasses import dataclass
from typing import Any

from anlan.kernel.errors import OperatorError
from anlan.project.demo.duty import Duty
from anlan.project.demo.link import Json

COUNTS = ("received", "open", "linked", "diverted", "closed")
MEASURES = (
    "n", "missing", "p50_s", "p90_s", "compliance", "compliance_low", "compliance_high",
)  # fmt: skip


class NotConservedError(OperatorError):
    """Incidents were lost or invented between their states. Facts: `where`, `counts`."""

    code = "demo.not_conserved"
    explanation = "{where}: received is not open + linked + diverted + closed: {counts}"


@dataclass(frozen=True, slots=True)
class Played:
    """How a day was played.

    `simulated_s` of it took `wall_s` seconds on the wall.
    """

    seed: int
    hours: float
    simulated_s: float
    wall_s: float
    requests: int
    repeats: int


def report_of(duty: Duty, played: Played) -> dict[str, Any]:
    """Return the report of everything in the database at this moment of the day.

    All but `measured` is the same whenever the same seed is played on empty data.

    Raises
    ------
    NotConservedError
        The counts do not add up.
    """
    roster, ledger = duty.shift.roster, duty.shift.ledger
    tallies = roster.supervisor.get("tallies")
    by_kind = {kind: counts_of(kind, tally) for kind, tally in tallies["by_kind"].items()}
    looked_up = ledger.look_up(roster.dispatchers[0], roster.visitor)
    return {
        "seed": played.seed,
        "hours": played.hours,
        **counts_of("all", tallies["total"]),
        "by_kind": by_kind,
        "dispatched": tallies["dispatched"],
        "cases_filed": tallies["cases_filed"],
        "cases_closed": tallies["cases_closed"],
        "acknowledged": looked_up.acknowledged,
        "acknowledged_lost": looked_up.lost,
        "acknowledged_doubled": looked_up.doubled,
        "refused": duty.shift.refusals,
        "response_clock": {
            phase: {name: figures[name] for name in MEASURES}
            for phase, figures in tallies["response_clock"].items()
        },
        "measured": {
            "wall_s": round(played.wall_s, 1),
            "speed": round(played.simulated_s / played.wall_s, 1),
            "requests": played.requests,
            "requests_repeated": played.repeats,
        },
    }


def counts_of(where: str, tally: Json) -> dict[str, int]:
    """Return received, open, linked, diverted and closed of a tally, checked to add up."""
    counts = {name: tally[name] for name in COUNTS}
    if counts["received"] != sum(counts[name] for name in COUNTS[1:]):
        raise NotConservedError(where=where, counts=counts)
    return counts
