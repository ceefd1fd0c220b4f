"""Rules by which a report is told to be about a known event, as data: `data/duplicates`."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from anlan.intake.kinds import kinds
from anlan.kernel.rule_files import RuleFile, RuleFolder
from anlan_engine.attribution import Law

IN_FORCE = "usual"
REACH_LIMIT_M = 20_000
WINDOW_LIMIT_S = 86_400

Probability = Annotated[float, Field(gt=0.0, le=1.0)]
Above0 = Annotated[float, Field(gt=0.0, allow_inf_nan=False)]


class Coming(BaseModel):
    """How reports of one sort of event come; `joins` where one may join without being asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    background_per_km2_h: Above0
    spread_m: Above0
    lasting_s: Above0
    further_reports: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
    joins: bool

    @property
    def law(self) -> Law:
        """The same for the engine."""
        return Law(self.background_per_km2_h, self.spread_m, self.lasting_s, self.further_reports)


class ComingOfKinds(Coming):
    """The same, for kinds that are one sort of event; others are told for it now and then."""

    code: str
    kinds: tuple[str, ...] = Field(min_length=1)
    mistaken_for: dict[str, Annotated[float, Field(ge=0.0, le=1.0)]] = {}


class DuplicateRules(RuleFile):
    """One version: laws, and from which probability on what is done."""

    window_s: int = Field(gt=0, le=WINDOW_LIMIT_S)
    reach_m: int = Field(gt=0, le=REACH_LIMIT_M)
    offer_from: Probability
    suggest_from: Probability
    join_from: Probability
    other_law: float = Field(ge=0.0, lt=1.0)
    laws: tuple[ComingOfKinds, ...]
    other: Coming

    @field_validator("laws")
    @classmethod
    def _each_kind_once(cls, laws: tuple[ComingOfKinds, ...]) -> tuple[ComingOfKinds, ...]:
        named = [kind for law in laws for kind in law.kinds]
        wrong = {kind for kind in named if kind not in kinds() or named.count(kind) > 1}
        if wrong:
            message = f"known kinds, each in one law only: {', '.join(sorted(wrong))}"
            raise ValueError(message)
        return laws

    def of(self, kind: str) -> Coming:
        """Return how reports of a kind come."""
        return next((law for law in self.laws if kind in law.kinds), self.other)

    def agreement(self, kind: str, other: str) -> float:
        """Return how far two kinds agree: 1 one sort of event, less if hardly ever mistaken."""
        one, two = self.of(kind), self.of(other)
        if kind == other:
            return 1.0
        if not (isinstance(one, ComingOfKinds) and isinstance(two, ComingOfKinds)):
            return self.other_law
        if one is two:
            return 1.0
        told = (one.mistaken_for.get(two.code), two.mistaken_for.get(one.code))
        return next((share for share in told if share is not None), self.other_law)


DUPLICATE_RULES = RuleFolder("duplicates", DuplicateRules)


def duplicate_rules(day: date) -> DuplicateRules:
    """Return the rules in force on a day."""
    return DUPLICATE_RULES.rule(IN_FORCE, day)
