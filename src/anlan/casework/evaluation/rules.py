"""The rules of evaluation as text: formulas as published, minimum numbers, days to appeal."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.casework.evaluation.transitions import Measure
from anlan.casework.transitions import CaseDisposition
from anlan.kernel.rule_files import RuleFile, RuleFolder

ID = "standard"

Words = Annotated[str, Field(min_length=1, max_length=400)]


class MeasureText(BaseModel):
    """A measure as it is published: its name, its formula in words, which way is better."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Measure
    name_zh: Words
    name_en: Words
    formula_zh: Words
    formula_en: Words
    better: Literal["HIGH", "LOW", "NEITHER"]


class EvaluationRules(RuleFile):
    """A version of the rules by which organisations are evaluated.

    `runs_at` is the local time of the nightly count; `appeal_days` is how long after the month it
    may be appealed; `false_discoveries` the share of all flags that chance may have set. A figure
    is compared from `minimum_cases` and `minimum_variance` on. A community office with fewer grid
    officers than `least_members` is not evaluated: its figures would be a person's. Cases closed as
    one of `left_out` count for nothing but returns.
    """

    runs_at: time
    appeal_days: int = Field(ge=1, le=90)
    false_discoveries: float = Field(gt=0, le=0.05)
    minimum_cases: int = Field(ge=20, le=10_000)
    minimum_variance: float = Field(ge=1, le=100)
    least_members: int = Field(ge=3, le=100)
    left_out: tuple[CaseDisposition, ...]
    measures: tuple[MeasureText, ...]

    @model_validator(mode="after")
    def _names_each_measure_once(self) -> "EvaluationRules":
        if sorted(one.code for one in self.measures) != sorted(Measure):
            message = "measures: each of " + ", ".join(Measure) + " once"
            raise ValueError(message)
        return self


EVALUATIONS = RuleFolder("evaluations", EvaluationRules)


def rules_on(day: date) -> EvaluationRules:
    """Return the rules in force on a day; raise `NoRuleError`."""
    return EVALUATIONS.rule(ID, day)
