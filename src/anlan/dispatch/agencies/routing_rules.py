"""Which agency is told of an incident or asked for help, as versioned data."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.areas import lies_within
from anlan.kernel.rule_files import RuleFile, RuleFolder

FOLDER = "agency_routing"


class Route(BaseModel):
    """One line: for which incidents which agency is told, asked, or proposed to the desk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,47}$")
    agency: str = Field(pattern=r"^[A-Z][A-Z0-9_]{0,47}$")
    action: Literal["TELL", "ASK", "PROPOSE"]
    kinds: tuple[str, ...] = ()
    priority_at_most: int = Field(4, ge=1, le=4)
    within: tuple[int, ...] = ()
    capabilities: tuple[str, ...] = ()
    unit_count: int = Field(1, ge=1, le=50)
    answer_within_s: int = Field(300, ge=1, le=86_400)
    reason_zh: str = Field(min_length=1)
    reason_en: str = Field(min_length=1)

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Route":
        if self.action != "TELL" and not self.capabilities:
            message = f"{self.code}: capabilities: name what is asked for"
            raise ValueError(message)
        return self

    def fits(self, kind: str, priority: int, area: int) -> bool:
        """Return whether an incident of this kind, priority (1 is highest) and area is meant."""
        here = not self.within or any(lies_within(area, outer) for outer in self.within)
        return here and priority <= self.priority_at_most and (not self.kinds or kind in self.kinds)


class RoutingFile(RuleFile):
    """A city's routes, read from the top; every one that fits counts, once an agency."""

    routes: tuple[Route, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> "RoutingFile":
        codes = [route.code for route in self.routes]
        if len(set(codes)) < len(codes):
            message = "routes: each code once"
            raise ValueError(message)
        return self


FILES = RuleFolder(FOLDER, RoutingFile)


def routes_for(
    kind: str, priority: int, area: int, at: datetime
) -> Iterator[tuple[Route, RoutingFile]]:
    """Yield the routes in force at `at` that fit an incident: the first for each agency."""
    seen: set[str] = set()
    for file in FILES.in_force(at.date()).values():
        for route in file.routes:
            if route.agency not in seen and route.fits(kind, priority, area):
                seen.add(route.agency)
                yield route, file
