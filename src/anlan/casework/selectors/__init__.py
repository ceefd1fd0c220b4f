"""Reads of cases."""

from anlan.casework.selectors.accounts import (
    CameOver,
    CaseCounts,
    came_over,
    case_of_incident,
    counts,
    existing,
    incidents_with_cases,
)
from anlan.casework.selectors.area_counts import Matters, coarsened, counted_by_cell
from anlan.casework.selectors.cases import (
    case,
    cases,
    clock,
    handling_photographed,
    leading,
    merged_into,
    pauses,
    photo,
    photos,
    standing_of,
    steps,
)
from anlan.casework.selectors.public import (
    Promise,
    PublicCase,
    PublicStep,
    promise,
    public_case,
    public_case_by_number,
)
from anlan.casework.selectors.rounds import Round, RoundCase, round_of, seen_of, steps_of_others

__all__ = [
    "CameOver",
    "CaseCounts",
    "Matters",
    "Promise",
    "PublicCase",
    "PublicStep",
    "Round",
    "RoundCase",
    "came_over",
    "case",
    "case_of_incident",
    "cases",
    "clock",
    "coarsened",
    "counted_by_cell",
    "counts",
    "existing",
    "handling_photographed",
    "incidents_with_cases",
    "leading",
    "merged_into",
    "pauses",
    "photo",
    "photos",
    "promise",
    "public_case",
    "public_case_by_number",
    "round_of",
    "seen_of",
    "standing_of",
    "steps",
    "steps_of_others",
]
