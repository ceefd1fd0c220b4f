"""The public report form: what was typed, what is wrong with it, what it says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import QueryDict

from anlan.flows.pages.place_choice import PlaceChoice
from anlan.intake.kinds import Group, Kind, kinds
from anlan.intake.services.contacts import ContactGiven
from anlan.intake.services.reports import ReportGiven
from anlan.kernel.errors import AnlanError
from anlan.kernel.wording import word

TYPED_LIMIT_CHARACTERS = 4_000  # of one field; what is longer is refused by the field's own rule
FIELD_OF_RULE = {"place_text": "address", "lon,lat": "address", "lon": "address", "lat": "address"}
FIELDS = ("address", "kind", "text", "photo", "telephone", "name")


@dataclass(frozen=True, slots=True)
class TypedReport:
    """What stands in the form, exactly as it was typed; `key` makes sending it twice harmless."""

    key: str = field(default_factory=lambda: str(uuid4()))
    address: str = ""
    place: str = ""
    kind: str = ""
    text: str = ""
    name: str = ""
    telephone: str = ""
    same: str = ""


def typed_in(sent: QueryDict) -> TypedReport:
    """Return what a sent form holds; a form without a proper key gets a new one."""
    cut = {
        name: sent.get(name, "")[:TYPED_LIMIT_CHARACTERS]
        for name in ("address", "place", "kind", "text", "name", "telephone", "same")
    }
    try:
        return TypedReport(key=str(UUID(sent.get("key", ""))), **cut)
    except ValueError:
        return TypedReport(**cut)


def missing(typed: TypedReport, place: PlaceChoice | None, language: str) -> dict[str, str]:
    """Return what must still be filled in, by field, in words."""
    found = {}
    if place is None:
        found["address"] = "choose_place" if typed.address.strip() else "no_place"
    if typed.kind not in kinds():
        found["kind"] = "no_kind"
    if not typed.text.strip():
        found["text"] = "no_text"
    if typed.name.strip() and not typed.telephone.strip():
        found["telephone"] = "no_telephone"
    return {name: word(f"public.error.{code}", language) for name, code in found.items()}


def refusal_by_field(error: AnlanError, language: str) -> dict[str, str]:
    """Return a refusal in words by the form's own field; empty where it belongs to none."""
    name = (error.field or "").removeprefix("contact.")
    name = FIELD_OF_RULE.get(name, name)
    if name not in FIELDS:
        return {}
    for key in (f"public.error.{name}.{error.rule}", f"rule.{error.rule}"):
        text = word(key, language, **error.facts)
        if text != key:
            return {name: text}
    return {name: word("public.error.other", language)}


def given_in(typed: TypedReport, place: PlaceChoice, photo: bytes | None) -> ReportGiven:
    """Return the report that a complete form makes."""
    contact = ContactGiven(typed.name, typed.telephone) if typed.telephone.strip() else None
    return ReportGiven(
        channel="WEB",
        kind=typed.kind,
        priority=kinds()[typed.kind].priority,
        lon=place.lon,
        lat=place.lat,
        place_text=place.place_text,
        text=typed.text,
        contact=contact,
        photos=(photo,) if photo is not None else (),
    )


def digest_of(given: ReportGiven) -> bytes:
    """Return a digest of a report: the same form sent twice has the same."""
    parts = [given.kind, f"{given.lon} {given.lat}", given.place_text, given.text]
    parts += [given.contact.name, given.contact.telephone] if given.contact else []
    seen = hashlib.sha256("\0".join(parts).encode("utf-8", "replace"))
    for photo in given.photos:
        seen.update(photo)
    return seen.digest()


def public_kinds() -> Mapping[Group, list[Kind]]:
    """Return the kinds that a resident may choose, by group, in the order of the text."""
    grouped: dict[Group, list[Kind]] = {}
    for kind in kinds().values():
        if kind.public:
            grouped.setdefault(kind.group, []).append(kind)
    return grouped
