"""An agency outside the system acts through its webhook as its desk would."""

from dataclasses import replace
from uuid import UUID

from anlan.kernel.access import AREA_HIGHEST, AREA_LOWEST, AREA_NOWHERE, Actor
from anlan.kernel.policies import permissions_of
from anlan.orgs.roles import Role


def agency_actor(agency_id: UUID) -> Actor:
    """Return who stands for an agency's own system: it sees and may do what its desk may."""
    return Actor(
        id=f"webhook:{agency_id}",
        name="webhook",
        role=Role.AGENCY_DESK,
        organisation_id=agency_id,
        area_low=AREA_NOWHERE,
        area_high=AREA_NOWHERE,
        permissions=permissions_of(Role.AGENCY_DESK),
        purpose="ASSISTANCE",
    )


def reporting_centre(agency_id: UUID) -> Actor:
    """Return who stands for another centre that hands over an incident: it reports, no more."""
    return replace(
        agency_actor(agency_id),
        area_low=AREA_LOWEST,
        area_high=AREA_HIGHEST,
        permissions=frozenset({"report.take", "report.update"}),
        purpose="ASSISTANCE",
    )
