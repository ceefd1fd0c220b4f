"""HTTP of the catalogue."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema

from anlan.casework import catalogue

router = Router()


class ClockClassOut(Schema):
    """How long a case may take."""

    code: str
    name_zh: str
    name_en: str
    unit: Literal["CLOCK_HOURS", "WORKING_HOURS", "WORKING_DAYS", "CALENDAR_DAYS"]
    amount: int


class ItemOut(Schema):
    """An item of the catalogue: what a case can be about."""

    code: str
    group: str
    group_zh: str
    group_en: str
    name_zh: str
    name_en: str
    subject: Literal["COMPONENT", "OCCURRENCE"]
    service_code: str
    filing_zh: str
    filing_en: str
    closing_zh: str
    closing_en: str
    evidence: list[Literal["PHOTO", "NOTE"]]
    lead: str
    support: list[str]
    clock: ClockClassOut
    public: bool


@router.get("/items", response=list[ItemOut], operation_id="list_items")
def get_items(request: HttpRequest) -> list[ItemOut]:
    """List the catalogue. It is published: everybody may know what the city sees to."""
    return [ItemOut.model_validate(item) for item in catalogue.items().values()]
