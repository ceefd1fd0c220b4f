"""The page on which everybody sees how the city's matters stand, without a single one of them."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from anlan.flows.pages.answering import public_page, shown
from anlan.flows.selectors.matters import CLOSED_SINCE, MAP_WIDTH_PX, city_matters
from anlan.kernel import clock
from anlan.kernel.held import Held
from anlan.kernel.small_counts import SMALLEST_SHOWN

PICTURE = Held(city_matters, timedelta(minutes=5))
"""The same for everybody: a crowd of visitors asks the database no more often than one does."""


@require_safe
@public_page
def matters(request: HttpRequest) -> HttpResponse:
    """Show what is open and was closed by area, and what the city promises."""
    facts = {
        "found": PICTURE.at(clock.now()),
        "width_px": MAP_WIDTH_PX,
        "days": CLOSED_SINCE.days,
        "smallest": SMALLEST_SHOWN,
    }
    return shown(request, "matters.html", facts)
