"""A city from its text file: areas, grid cells, organisations, units, sign-ins, sites.

Loading twice changes nothing that is there: codes are the keys. Fields: `data/README.md`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from anlan.dispatch.agencies.selectors import has_agreement
from anlan.dispatch.agencies.services.agreements import Terms, make_move, offer
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.kernel.text_files import read_toml
from anlan.orgs.models import Organisation
from anlan.orgs.selectors import organisation_by_code, username_taken
from anlan.orgs.services.passwords import hashed
from anlan.orgs.services.staff import add_account, add_organisation, add_unit
from anlan.places.city_pack import city
from anlan.places.selectors import grid_cells
from anlan.places.services import SiteFound, add_grid_cell, add_jurisdiction, import_sites

Bounds = tuple[float, float, float, float]
SETUP = system_actor(
    "city-setup",
    "place.write",
    "organisation.write",
    "unit.write",
    "account.write",
    "agreement.offer",
)
SITE_KINDS = {
    "SCHOOL": "SCHOOL",
    "KINDERGARTEN": "SCHOOL",
    "UNIVERSITY": "SCHOOL",
    "HOSPITAL": "HOSPITAL",
    "CLINIC": "HOSPITAL",
    "FIRE_STATION": "STATION",
    "POLICE_STATION": "STATION",
    "AMBULANCE_STATION": "STATION",
    "SHOP": "SHOP",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file holds, counted."""

    jurisdictions: int
    cells: int
    organisations: int
    units: int


def load_city(file: Path, bounds: Bounds) -> Loaded:
    """Load the areas, cells, organisations and units of `file`.

    `bounds` (west, south, east, north, degrees) is cut into cells as the file's partition says.
    One transaction: all of it, or nothing.
    """
    text = read_toml(file)
    with scoped(SETUP):
        for entry in text["organisations"]:
            place = (entry["lon"], entry["lat"]) if "lon" in entry else None
            add_organisation(**_named(entry, "code", "kind", "area"), place=place, actor=SETUP)
        jurisdictions = _load_jurisdictions(text, bounds)
        cells = _load_cells(text, bounds)
        for entry in text["units"]:
            _load_unit(entry)
    return Loaded(
        jurisdictions=jurisdictions,
        cells=cells,
        organisations=len(text["organisations"]),
        units=len(text["units"]),
    )


def load_sites() -> int:
    """Load the sites of the installed city pack that lie in a grid cell; return how many."""
    found = (
        SiteFound(kind, site.name, site.lon, site.lat, f"{site.kind} {site.lon:.6f} {site.lat:.6f}")
        for site in city().sites
        if (kind := SITE_KINDS.get(site.kind))
    )
    with scoped(SETUP):
        placed, _ = import_sites(found, actor=SETUP)
    return placed


def load_sign_ins(file: Path, password: str, at: datetime) -> list[str]:
    """Add the sign-ins of `file` that do not exist yet, with one password; return their names."""
    kept = hashed(password)
    text = read_toml(file)
    crews = [_crew(entry) for entry in text["units"]]
    added = []
    for entry in [*text["staff"], *crews]:
        with scoped(SETUP):
            if username_taken(entry["username"]):
                continue
            add_account(
                username=entry["username"],
                password=kept,
                role=entry["role"],
                organisation_code=entry["organisation"],
                display_name=(entry["name_zh"], entry["name_en"]),
                unit_call_sign=entry.get("unit"),
                actor=SETUP,
                at=at,
            )
        added.append(entry["username"])
    return added


def load_agreements(file: Path, at: datetime) -> int:
    """Offer and accept the agreements of `file` whose agency has none; return how many.

    For demonstrations: a real agency accepts by its own desk.
    """
    made = 0
    for entry in read_toml(file).get("agreements", ()):
        with scoped(SETUP):
            agency = cast("Organisation", organisation_by_code(entry["agency"]))
            if has_agreement(agency.id):
                continue
            ends_at = at + timedelta(days=entry["days"])
            terms = Terms(entry["fields"], entry["kinds"], at, ends_at)
            offered = offer(agency.id, terms, actor=SETUP, at=at)
            consenting = replace(
                SETUP,
                organisation_id=agency.id,
                permissions=frozenset({"agreement.answer"}),
            )
            make_move(offered.id, "accept", {}, actor=consenting, at=at)
            made += 1
    return made


def _named(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: entry[key] for key in (*keys, "name_zh", "name_en")}


def _load_unit(entry: dict[str, Any]) -> None:
    station = cast("Organisation", organisation_by_code(entry["station"]))
    add_unit(
        call_sign=entry["call_sign"],
        kind=entry["kind"],
        capabilities=entry["capabilities"],
        organisation=station,
        station=(station.lon or 0.0, station.lat or 0.0),
        actor=SETUP,
    )


def _crew(entry: dict[str, Any]) -> dict[str, Any]:
    call_sign = entry["call_sign"]
    return {
        "username": entry["sign_in"],
        "role": "CREW",
        "organisation": entry["station"],
        "name_zh": f"{call_sign} 车组",
        "name_en": f"Crew {call_sign}",
        "unit": call_sign,
    }


def _load_jurisdictions(text: dict[str, Any], bounds: Bounds) -> int:
    rows, columns = _grid_of(text)
    boundaries = dict(_boundaries(text, bounds, rows, columns))
    entries = [text["division"], *text["sub_districts"], *text["communities"]]
    for entry in entries:
        add_jurisdiction(
            **_named(entry, "area"), boundary=boundaries.get(entry["area"]), actor=SETUP
        )
    return len(entries)


def _grid_of(text: dict[str, Any]) -> tuple[int, int]:
    return text["partition"]["sub_district_rows"], text["partition"]["community_columns"]


def _boundaries(
    text: dict[str, Any], bounds: Bounds, rows: int, columns: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    yield text["division"]["area"], rectangle(bounds)
    for row, entry in enumerate(text["sub_districts"]):
        yield entry["area"], rectangle(part(bounds, rows, 1, row, 0))
    for index, entry in enumerate(text["communities"]):
        row, column = divmod(index, columns)
        yield entry["area"], rectangle(part(bounds, rows, columns, row, column))


def _load_cells(text: dict[str, Any], bounds: Bounds) -> int:
    rows, columns = _grid_of(text)
    cell_rows, cell_columns = text["partition"]["cell_rows"], text["partition"]["cell_columns"]
    known = {cell.area for cell in grid_cells()}
    for index, community in enumerate(text["communities"]):
        within = part(bounds, rows, columns, *divmod(index, columns))
        office = cast("Organisation", organisation_by_code(community["office"]))
        for number in range(cell_rows * cell_columns):
            area = community["area"] + number + 1
            if area in known:
                continue
            cell = part(within, cell_rows, cell_columns, *divmod(number, cell_columns))
            add_grid_cell(
                area=area,
                name_zh=f"{community['name_zh']}第{number + 1}网格",
                name_en=f"{community['name_en']} {number + 1}",
                organisation_id=office.id,
                polygon=rectangle(cell),
                actor=SETUP,
            )
    return len(grid_cells())


def part(bounds: Bounds, rows: int, columns: int, row: int, column: int) -> Bounds:
    """Return one of `rows` x `columns` equal parts of `bounds`; row 0 is the northernmost."""
    west, south, east, north = bounds
    width, height = (east - west) / columns, (north - south) / rows
    return (
        west + column * width,
        north - (row + 1) * height,
        west + (column + 1) * width,
        north - row * height,
    )


def rectangle(bounds: Bounds) -> dict[str, Any]:
    """Return `bounds` as a GeoJSON polygon, counter-clockwise."""
    west, south, east, north = bounds
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
