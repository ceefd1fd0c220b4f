"""For how long each kind of personal field is kept, on what legal ground: rules as text.

What expires by itself asks here for its time; what has no clock of its own says why.
"""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field, model_validator

from anlan.kernel.rule_files import RuleFile, RuleFolder

RULE = "retention"


class KeptField(BaseModel):
    """One kind of personal field.

    `hours` from the event `since`; where there is no clock, `hours` is left out and `instead` says
    what ends it. `eraser` is the job of the worker that deletes it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,47}$")
    columns: tuple[str, ...] = Field(min_length=1)
    what_zh: str = Field(min_length=1)
    what_en: str = Field(min_length=1)
    basis: str = Field(min_length=1)
    since_zh: str = Field(min_length=1)
    since_en: str = Field(min_length=1)
    hours: int | None = Field(default=None, ge=1, le=24 * 365 * 30)
    eraser: str = ""
    instead_zh: str = ""
    instead_en: str = ""

    @model_validator(mode="after")
    def _ends_somehow(self) -> "KeptField":
        clocked = self.hours is not None and self.eraser
        told = self.instead_zh and self.instead_en
        if bool(clocked) == bool(told):
            message = "either hours and eraser, or instead_zh and instead_en"
            raise ValueError(message)
        return self


class Retention(RuleFile):
    """Every kind of personal field that an installation keeps."""

    fields: tuple[KeptField, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once_each(self) -> "Retention":
        names = [one.name for one in self.fields]
        twice = sorted({one for one in names if names.count(one) > 1})
        if twice:
            message = f"fields: {', '.join(twice)} twice"
            raise ValueError(message)
        return self


RETENTION = RuleFolder(RULE, Retention)


def kept_for(name: str, at: datetime) -> timedelta:
    """Return for how long a kind of field is kept that begins to be kept at a time.

    Raises `NoRuleError` where no readable file is in force, `KeyError` for a kind without a clock.
    """
    for field in RETENTION.rule(RULE, at.date()).fields:
        if field.name == name and field.hours is not None:
            return timedelta(hours=field.hours)
    raise KeyError(name)
