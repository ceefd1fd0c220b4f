"""Response clock rules as data: how long answer, dispatch and arrival may take, by priority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from anlan.kernel.text_files import data_folder, read_toml

RULES_IN_FORCE = "one_three_five"
PHASES = ("answer", "dispatch", "arrival")


@dataclass(frozen=True, slots=True)
class Phase:
    """One part of the clock: from which stamp to which, limits in seconds by priority."""

    name: str
    name_zh: str
    name_en: str
    begins: str
    ends: str
    limit_s: Mapping[int, int]
    rings_s: tuple[int, ...]

    def due_at(self, began: datetime | None, priority: int) -> datetime | None:
        """Return when the phase is due for a priority; None while it has not begun."""
        return began + timedelta(seconds=self.limit_s[priority]) if began else None


@dataclass(frozen=True, slots=True)
class ClockRules:
    """One rule file: its identity, its source, its phases."""

    id: str
    version: str
    name_zh: str
    name_en: str
    source_zh: str
    source_en: str
    phases: Mapping[str, Phase]


@cache
def rules(name: str = RULES_IN_FORCE) -> ClockRules:
    """Return the rule file `name` from `data/clocks`."""
    text = read_toml(data_folder() / "clocks" / f"{name}.toml")
    phases = {
        phase: Phase(
            name=phase,
            name_zh=text[phase]["name_zh"],
            name_en=text[phase]["name_en"],
            begins=text[phase]["from"],
            ends=text[phase]["to"],
            limit_s={int(key): int(value) for key, value in text[phase]["limit_s"].items()},
            rings_s=tuple(text[phase].get("rings_s", ())),
        )
        for phase in PHASES
    }
    heading = {
        key: text[key] for key in ("id", "version", "name_zh", "name_en", "source_zh", "source_en")
    }
    return ClockRules(**heading, phases=phases)
