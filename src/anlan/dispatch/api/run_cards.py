"""HTTP of run cards: what is sent to which kind of incident, on what that rests, what is short."""

from collections.abc import Collection, Sequence
from datetime import date

from django.http import HttpRequest
from ninja import Router

from anlan.dispatch.run_cards import RUN_CARDS, RunCard, RunCardFile, cards_in_force, unfilled
from anlan.kernel import clock
from anlan.kernel.access import require
from anlan.kernel.http import actor_of
from anlan.kernel.schemas import Schema
from anlan.orgs import selectors as orgs

router = Router()


class RequirementOut(Schema):
    """So many units that bring a capability."""

    capability: str
    count: int


class RunCardOut(Schema):
    """A run card in force and the file that it stands in; each level says what it adds.

    `short`: by level, what all units in scope together lack to fill it and those below it.
    """

    id: str
    version: str
    code: str
    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    valid_from: date
    valid_until: date | None
    kinds: list[str]
    priorities: list[int]
    sites: list[str]
    levels: list[list[RequirementOut]]
    short: list[list[RequirementOut]]


def _short(card: RunCard, level: int, units: Sequence[Collection[str]]) -> list[RequirementOut]:
    lacking = unfilled(card.needs(level), units)
    return [RequirementOut(capability=one, count=lacking[one]) for one in sorted(lacking)]


def _out(card: RunCard, file: RunCardFile, units: Sequence[Collection[str]]) -> RunCardOut:
    named = ("id", "version", "name_zh", "name_en", "source_zh", "source_en", "valid_from",
             "valid_until")  # fmt: skip
    short = [_short(card, level, units) for level in range(1, card.highest_level + 1)]
    shape = {name: getattr(file, name) for name in named} | card.text.model_dump()
    return RunCardOut.model_validate(shape | {"short": short})


@router.get("/run-cards", response=list[RunCardOut], operation_id="list_run_cards")
def get_run_cards(request: HttpRequest) -> list[RunCardOut]:
    """List the run cards in force today, those for certain sites first."""
    require(actor_of(request), "incident.read")
    today = clock.now().date()
    files = RUN_CARDS.in_force(today)
    units = [unit.capabilities for unit in orgs.units()]
    return [_out(card, files[card.id], units) for card in cards_in_force(today)]
