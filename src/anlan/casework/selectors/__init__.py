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
    PublicCase,
    PublicStep,
    public_case,
    public_case_by_number,
)

__all__ = [
    "CameOver",
    "CaseCounts",
    "PublicCase",
    "PublicStep",
    "came_over",
    "case",
    "case_of_incident",
    "cases",
    "clock",
    "counts",
    "existing",
    "handling_photographed",
    "incidents_with_cases",
    "leading",
    "merged_into",
    "pauses",
    "photo",
    "photos",
    "public_case",
    "public_case_by_number",
    "standing_of",
    "steps",
]
