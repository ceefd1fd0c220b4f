"""HTTP of the catalogue, which is published: everybody may know what the city sees to."""

from datetime import date
from typing import Literal

from django.http import HttpRequest
from ninja import Router

from anlan.casework import catalogue
from anlan.casework.catalogue.texts import ClockUnit, Evidence, PersonalData, Subject
from anlan.kernel import clock
from anlan.kernel.schemas import Schema

router = Router()


class ClockClassOut(Schema):
    """How long a case may take."""

    code: str
    name_zh: str
    name_en: str
    unit: ClockUnit
    amount: int


class ItemOut(Schema):
    """An item of the catalogue: what a case can be about."""

    code: str
    group: str
    group_zh: str
    group_en: str
    version: str
    name_zh: str
    name_en: str
    subject: Subject
    service_code: str
    filing_zh: str
    filing_en: str
    closing_zh: str
    closing_en: str
    evidence: list[Evidence]
    lead: str
    support: list[str]
    clock: ClockClassOut
    pausable: bool
    public: bool
    personal_data: PersonalData
    deadline_source: str
    valid_from: date
    valid_until: date | None


@router.get("/items", response=list[ItemOut], operation_id="list_items")
def get_items(request: HttpRequest) -> list[ItemOut]:
    """List the items in force today, those for a time in scope at the end."""
    today = clock.now().date()
    return [ItemOut.model_validate(item) for item in catalogue.all_items(today).values()]


class CodedOut(Schema):
    """Something with a code and its name."""

    code: str
    name_zh: str
    name_en: str


class EditionOut(Schema):
    """A version of a group of the catalogue, and whether it is in force today."""

    group: str
    name_zh: str
    name_en: str
    version: str
    valid_from: date
    valid_until: date | None
    size: int
    in_force: bool
    source_zh: str
    source_en: str


class CatalogueOut(Schema):
    """The editions of the catalogue, the departments, and what its deadlines rest on."""

    editions: list[EditionOut]
    departments: list[CodedOut]
    classes: list[ClockClassOut]
    sources: list[CodedOut]


class FieldChangeOut(Schema):
    """A field that reads otherwise."""

    field: str
    before: str
    after: str


class ItemChangeOut(Schema):
    """An item that came, went, or reads otherwise."""

    code: str
    name_zh: str
    name_en: str
    change: Literal["ADDED", "ENDED", "CHANGED"]
    fields: list[FieldChangeOut]


@router.get("/catalogue", response=CatalogueOut, operation_id="get_catalogue")
def get_catalogue(request: HttpRequest) -> CatalogueOut:
    """Show the editions of the catalogue and the lists it refers to."""
    today = clock.now().date()
    return CatalogueOut(
        editions=[EditionOut.model_validate(one) for one in catalogue.editions(today)],
        departments=[CodedOut.model_validate(d) for d in catalogue.departments(today).values()],
        classes=[ClockClassOut.model_validate(c) for c in catalogue.clock_classes(today).values()],
        sources=[CodedOut.model_validate(s) for s in catalogue.sources(today).values()],
    )


@router.get(
    "/catalogue/changes", response=list[ItemChangeOut], operation_id="list_catalogue_changes"
)
def get_catalogue_changes(request: HttpRequest, before: date, after: date) -> list[ItemChangeOut]:
    """List how the catalogue of one day differs from that of another."""
    return [ItemChangeOut.model_validate(one) for one in catalogue.changes_between(before, after)]
