"""Writes of postures: each save is a new version, none is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.dispatch.postures import selectors
from anlan.dispatch.postures.errors import PostureChangedError, TooManyPosturesError
from anlan.dispatch.postures.models import (
    NAME_MAX_CHARACTERS,
    NOTE_MAX_CHARACTERS,
    VERSIONS_LIMIT,
    PostureVersion,
)
from anlan.kernel.access import Actor, require
from anlan.kernel.errors import InvalidError
from anlan.kernel.identifiers import new_id
from anlan.kernel.texts import clean_text
from anlan.orgs.selectors import units
from anlan.places.city_pack import city

STANDS_LIMIT = 60
UNITS_LIMIT = 500


@dataclass(frozen=True, slots=True)
class StandGiven:
    """So many units of one kind at one place."""

    unit_kind: str
    name: str
    lon: float
    lat: float
    count: int


@dataclass(frozen=True, slots=True)
class PostureGiven:
    """What a version of a posture says."""

    name: str
    note: str
    stands: Sequence[StandGiven]
    withdrawn: bool = False


@transaction.atomic
def make_posture(given: PostureGiven, *, actor: Actor, at: datetime) -> PostureVersion:
    """Keep a new posture of the actor's desk. Raises `InvalidError`, `TooManyPosturesError`."""
    require(actor, "posture.write")
    if selectors.posture_count(actor.area_low) >= selectors.POSTURES_LIMIT:
        raise TooManyPosturesError(limit=selectors.POSTURES_LIMIT)
    return _save(new_id(), 1, given, actor, at)


@transaction.atomic
def save_posture(
    posture_id: UUID, given: PostureGiven, *, seen_version: int, actor: Actor, at: datetime
) -> PostureVersion:
    """Keep a further version of a posture, or that it is withdrawn.

    Raises as `make_posture`; `UnknownPostureError`; `PostureChangedError` where `seen_version` is
    no longer the latest.
    """
    require(actor, "posture.write")
    before = selectors.posture(actor.area_low, posture_id)
    if before.version != seen_version:
        raise PostureChangedError(version=before.version)
    if before.version >= VERSIONS_LIMIT:
        raise TooManyPosturesError(limit=VERSIONS_LIMIT)
    try:
        with transaction.atomic():
            return _save(posture_id, before.version + 1, given, actor, at)
    except IntegrityError as error:  # somebody saved in the same moment
        raise PostureChangedError(version=before.version + 1) from error


def _save(
    posture_id: UUID, version: int, given: PostureGiven, actor: Actor, at: datetime
) -> PostureVersion:
    name = clean_text(given.name, field="name", limit_characters=NAME_MAX_CHARACTERS, required=True)
    return PostureVersion.objects.create(
        area=actor.area_low,
        posture_id=posture_id,
        version=version,
        name=name,
        note=clean_text(given.note, field="note", limit_characters=NOTE_MAX_CHARACTERS),
        stands=_stands(given.stands),
        withdrawn=given.withdrawn,
        made_by=actor.id,
        made_by_name=actor.name,
        made_at=at,
    )


def _stands(given: Sequence[StandGiven]) -> list[dict[str, object]]:
    if not 0 < len(given) <= STANDS_LIMIT or sum(one.count for one in given) > UNITS_LIMIT:
        raise InvalidError(field="stands", rule="posture_of_so_many")
    stands = []
    for row, one in enumerate(given):
        name = one.name.strip() or city().address_at(one.lon, one.lat)
        stands.append(
            {
                "unit_kind": one.unit_kind,
                "name": clean_text(
                    name, field=f"stands.{row}.name", limit_characters=NAME_MAX_CHARACTERS
                ),
                "lon": one.lon,
                "lat": one.lat,
                "count": one.count,
            }
        )
    return stands


def stands_on_duty() -> list[StandGiven]:
    """Return where the units on duty belong, as stands: by station and kind, at most a limit."""
    counted: dict[tuple[str, float, float], int] = {}
    for unit in units():
        if unit.duty == "ON_DUTY":
            key = unit.kind, unit.station_lon, unit.station_lat
            counted[key] = counted.get(key, 0) + 1
    return [
        StandGiven(kind, city().address_at(lon, lat)[:NAME_MAX_CHARACTERS], lon, lat, count)
        for (kind, lon, lat), count in sorted(counted.items())[:STANDS_LIMIT]
    ]
