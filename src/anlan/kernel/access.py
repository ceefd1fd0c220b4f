"""Who acts, for what purpose, within which area."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anlan.kernel.errors import DeniedError, UnauthenticatedError

AREA_LOWEST = 0
AREA_HIGHEST = 999_999_999_999_999
AREA_NOWHERE = 0  # no row of any slice stands there: who acts there sees what it was given alone
ANONYMOUS_ROLE = "RESIDENT"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts: an account, a visitor, or a part of the system.

    `area_low` and `area_high` bound the rows it can touch (15-digit area codes, inclusive);
    row-level security enforces them. `permissions` come from the role; `purpose` says why.
    `session_id` is the sign-in it acts through, `proven_at` when that was last proven its own.
    `sees_sealed` opens rows that are sealed: for loops whose work goes on over them, never for who
    shows rows to people.
    """

    id: str
    name: str
    role: str
    organisation_id: UUID | None
    area_low: int
    area_high: int
    permissions: frozenset[str]
    purpose: str
    unit_id: UUID | None = None
    session_id: UUID | None = None
    proven_at: datetime | None = None
    sees_sealed: bool = False

    @property
    def signed_in(self) -> bool:
        """Whether an account stands behind this actor."""
        return self.role not in {ANONYMOUS_ROLE, "SYSTEM"}


def require(actor: Actor, permission: str) -> None:
    """Return if `actor` holds `permission`, else raise `UnauthenticatedError` or `DeniedError`."""
    if permission in actor.permissions:
        return
    if actor.role == ANONYMOUS_ROLE:
        raise UnauthenticatedError(permission=permission)
    raise DeniedError(permission=permission)


def system_actor(name: str, *permissions: str, sees_sealed: bool = False) -> Actor:
    """Return the actor of a part of the system itself, over every area."""
    return Actor(
        id=f"system:{name}",
        name=name,
        role="SYSTEM",
        organisation_id=None,
        area_low=AREA_LOWEST,
        area_high=AREA_HIGHEST,
        permissions=frozenset(permissions),
        purpose=name,
        sees_sealed=sees_sealed,
    )
