"""HTTP of the catalogue."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from anlan.casework import catalogue
from anlan.casework.catalogue.texts import ClockUnit, Evidence, PersonalData, Subject
from anlan.kernel import clock

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
    """List the catalogue in force. It is published: everybody may know what the city sees to."""
    today = clock.now().date()
    return [ItemOut.model_validate(item) for item in catalogue.items(today).values()]
