"""Rules name each other and the city: each name must be there. A look across all folders of rules.

A folder knows whether its own files can be read; nobody in it may know the others.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from anlan.dispatch.agencies.routing_rules import FILES as ROUTING
from anlan.dispatch.agencies.routing_rules import Route, RoutingFile
from anlan.dispatch.agencies.transitions import AGENCY_KINDS
from anlan.dispatch.clock_rules import CLOCK_RULES, ClockRules
from anlan.dispatch.desk_policy import DESK_POLICY, DeskPolicy
from anlan.dispatch.escalation_rules import ESCALATION
from anlan.dispatch.run_cards import RUN_CARDS, RunCardFile
from anlan.exchange.eido_types import EIDO_TYPES, EidoTypes
from anlan.intake.protocols import Protocol, protocols
from anlan.kernel.areas import lies_within
from anlan.kernel.rule_files import RuleFile, RuleFolder

Names = Iterator[tuple[str, str]]  # the sort of a name, and the name


@dataclass(frozen=True, slots=True)
class Known:
    """What the texts of a city hold, by sort, and the organisations that can be linked."""

    sorts: Mapping[str, Collection[str]]
    linkable: Collection[str]


def known_in(city: Mapping[str, Any], words: Mapping[str, Any], sites: Collection[str]) -> Known:
    """Return what is known of a city's text, the text of kinds and the kinds of site."""
    organisations = city["organisations"]
    agencies = [one["code"] for one in organisations if one["kind"] in AGENCY_KINDS]
    return Known(
        sorts={
            "kind": [one["code"] for one in words["kinds"]],
            "capability": [one["code"] for one in words["capabilities"]],
            "unit kind": [one["code"] for one in words["unit_kinds"]],
            "site kind": sites,
            "linked agency": agencies,
        },
        linkable=agencies,
    )


def _sorted_as(sort: str, names: Iterable[str]) -> Names:
    yield from ((sort, name) for name in names)


def _of_cards(file: RunCardFile) -> Names:
    for card in file.cards:
        yield from _sorted_as("kind", card.kinds)
        yield from _sorted_as("site kind", card.sites)
        yield from _sorted_as("capability", (one.capability for row in card.levels for one in row))


def _of_protocol(file: Protocol) -> Names:
    yield from _sorted_as("kind", file.kinds)
    yield from _sorted_as("capability", (need for rule in file.rules for need in rule.needs))


def _of_clocks(file: ClockRules) -> Names:
    for clock in file.clocks:
        yield from _sorted_as("kind", clock.kinds)
        yield from _sorted_as("unit kind", clock.unit_kinds)
        yield from _sorted_as("site kind", clock.site_kinds)


def _of_policy(file: DeskPolicy) -> Names:
    yield from _sorted_as("clock rules", file.reported)
    for desk in file.desks:
        yield "clock rules", desk.clocks
        if desk.escalation:
            yield "escalation", desk.escalation


def _of_routing(file: RoutingFile) -> Names:
    for route in file.routes:
        yield "linked agency", route.agency
        yield from _sorted_as("kind", route.kinds)
        yield from _sorted_as("capability", route.capabilities)


def _of_types(file: EidoTypes) -> Names:
    yield from _sorted_as("kind", file.types.values())
    if file.otherwise:
        yield "kind", file.otherwise


NAMES_IN: tuple[tuple[RuleFolder[Any], Callable[[Any], Names]], ...] = (
    (RUN_CARDS, _of_cards),
    (protocols, _of_protocol),
    (CLOCK_RULES, _of_clocks),
    (DESK_POLICY, _of_policy),
    (ROUTING, _of_routing),
    (EIDO_TYPES, _of_types),
)


def unknown_names(known: Known, day: date) -> Iterator[str]:
    """Yield every name in a file in force on a day, or later, that stands for nothing."""
    sorts = dict(known.sorts) | {
        "clock rules": {file.id for file in _from(CLOCK_RULES, day)},
        "escalation": {file.id for file in _from(ESCALATION, day)},
    }
    for folder, names_in in NAMES_IN:
        for file in _from(folder, day):
            for sort, name in dict.fromkeys(names_in(file)):
                if name not in sorts[sort]:
                    yield f"{folder.name} {file.id} {file.version}: {name} is no {sort}"


def _from(folder: RuleFolder[Any], day: date) -> list[RuleFile]:
    files = folder.versions().values()
    return [file for file in files if file.valid_until is None or file.valid_until >= day]


def routing_findings(
    known: Known, day: date, folder: RuleFolder[RoutingFile] = ROUTING
) -> Iterator[str]:
    """Yield what is wrong with the routing to agencies as it is in force on a day.

    Of the routes to one agency the first that fits counts. So looked for are routes that never
    count, pairs of which an incident may fit both without one being the rule and the other its
    exception, and agencies to which nothing leads.
    """
    routes = [
        (f"{file.id}.{route.code}", route)
        for file in folder.in_force(day).values()
        for route in file.routes
    ]
    for (first, one), (later, other) in combinations(routes, 2):
        if one.agency != other.agency:
            continue
        if covers(one, other):
            yield f"{folder.name}: {later} never counts: {first} stands before it"
        elif meets(one, other) and not covers(other, one):
            yield f"{folder.name}: {first} and {later} may both fit an incident"
    for agency in sorted(set(known.linkable) - {route.agency for _, route in routes}):
        yield f"{folder.name}: no route leads to {agency}"


def covers(one: Route, other: Route) -> bool:
    """Return whether every incident that fits `other` fits `one` too."""
    kinds = not one.kinds or (bool(other.kinds) and set(other.kinds) <= set(one.kinds))
    here = not one.within or (
        bool(other.within)
        and all(any(lies_within(inner, outer) for outer in one.within) for inner in other.within)
    )
    return kinds and here and one.priority_at_most >= other.priority_at_most


def meets(one: Route, other: Route) -> bool:
    """Return whether an incident may fit both. (Every route fits the most urgent ones.)"""
    kinds = not one.kinds or not other.kinds or bool(set(one.kinds) & set(other.kinds))
    here = (
        not one.within
        or not other.within
        or any(
            lies_within(inner, outer) or lies_within(outer, inner)
            for inner in one.within
            for outer in other.within
        )
    )
    return kinds and here
