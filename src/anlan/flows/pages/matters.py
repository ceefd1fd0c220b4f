"""The page on which everybody sees how the city's matters stand, without a single one of them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from anlan.flows.pages.answering import public_page, shown
from anlan.flows.selectors.matters import CLOSED_SINCE, MAP_WIDTH_PX, city_matters
from anlan.kernel import clock
from anlan.kernel.small_counts import SMALLEST_SHOWN


@require_safe
@public_page
def matters(request: HttpRequest) -> HttpResponse:
    """Show what is open and was closed by area, and what the city promises."""
    facts = {
        "found": city_matters(clock.now()),
        "width_px": MAP_WIDTH_PX,
        "days": CLOSED_SINCE.days,
        "smallest": SMALLEST_SHOWN,
    }
    return shown(request, "matters.html", facts)
