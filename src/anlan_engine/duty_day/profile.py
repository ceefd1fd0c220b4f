"""The profile of a duty day: how many calls, of which kinds, where, and how long things take.

A profile is a small text file (TOML); its fields are told in `data/README.md`.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any, ClassVar, Self

from anlan_engine.city.kinds import SITE_KINDS
from anlan_engine.errors import EngineError

SCHEMA = 1
HOURS = 24
STREETS = "STREETS"
CHANNELS = frozenset({"PHONE", "WEB", "API"})

STEPS = (
    "answer",
    "talk",
    "decide",
    "turnout",
    "divert",
    "case_assign",
    "case_handle",
    "case_verify",
    "case_close",
)
"""Steps whose durations every profile gives; the time on scene is given for each kind."""

P90_Z = NormalDist().inv_cdf(0.9)
LONGEST_BY_P90 = 4.0
"""No duration is drawn longer than its 90th percentile times this."""


class ProfileError(EngineError):
    """A profile that cannot be played."""

    TEXTS: ClassVar[dict[str, str]] = {
        "UNREADABLE": "{file} cannot be read: {reason}",
        "INVALID": "{file}: {field} {rule}.",
    }


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a step takes: log-normal, told by two percentiles.

    Attributes
    ----------
    median_s, p90_s : float
        Seconds; 0 < median < p90.
    """

    median_s: float
    p90_s: float

    def seconds(self, score: float) -> float:
        """Turn a standard normal score into seconds (whole tenths, bounded above)."""
        spread = math.log(self.p90_s / self.median_s) / P90_Z
        drawn = self.median_s * math.exp(spread * score)
        return round(min(drawn, self.p90_s * LONGEST_BY_P90), 1)


@dataclass(frozen=True, slots=True)
class CallKind:
    """What is drawn for calls of one kind.

    Attributes
    ----------
    code : str
    share : float
        Weight among all kinds.
    channels : mapping of str to float
        Weights of the ways in.
    places : tuple of str
        `STREETS`, or kinds of sites.
    on_scene : Duration
    diverts : float
        Share that turns out to need no unit.
    texts_zh, texts_en : tuple of str
        Equally many; `{place}` stands for the place. The same row tells the same in both languages.
    """

    code: str
    share: float
    channels: Mapping[str, float]
    places: tuple[str, ...]
    on_scene: Duration
    diverts: float
    texts_zh: tuple[str, ...]
    texts_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyProfile:
    """A whole profile.

    Attributes
    ----------
    calls_per_hour : tuple of 24 floats
        Mean number of calls in each hour of the local day, without repeated ones.
    repeat_share : float
        Share of calls that somebody else reports again.
    repeat_within_s, repeat_within_m : float
        How much later and how far beside at most.
    rework_share : float
        Share of cases that are found wanting once when verified.
    durations : mapping of str to Duration
        For each of `STEPS`.
    kinds : tuple of CallKind
    """

    calls_per_hour: tuple[float, ...]
    repeat_share: float
    repeat_within_s: float
    repeat_within_m: float
    rework_share: float
    durations: Mapping[str, Duration]
    kinds: tuple[CallKind, ...]

    def kind_of(self, code: str) -> CallKind:
        """Return the kind with this code; KeyError when there is none."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a profile from its file.

        Raises
        ------
        ProfileError
            UNREADABLE, or INVALID with the field and the rule it breaks.
        """
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ProfileError(code="UNREADABLE", file=path.name, reason=str(error)) from error
        return cls._of(content, _Checked(path.name))

    @classmethod
    def _of(cls, content: Mapping[str, Any], check: "_Checked") -> Self:
        check.that(content.get("schema") == SCHEMA, "schema", f"must be {SCHEMA}")
        rates = tuple(map(float, check.part(content, "calls", "per_hour")))
        check.that(len(rates) == HOURS and min(rates) >= 0, "calls.per_hour", "needs 24 rates >= 0")
        durations = {step: check.duration(content, "durations", step) for step in STEPS}
        kinds = tuple(
            check.kind(content, row, f"kinds[{number}]")
            for number, row in enumerate(content.get("kinds", ()))
        )
        check.that(sum(kind.share for kind in kinds) > 0, "kinds", "need a share above 0")
        return cls(
            calls_per_hour=rates,
            repeat_share=check.share(content, "repeats", "share"),
            repeat_within_s=check.positive(content, "repeats", "within_s"),
            repeat_within_m=check.positive(content, "repeats", "within_m"),
            rework_share=check.share(content, "rework", "share"),
            durations=durations,
            kinds=kinds,
        )


class _Checked:
    """Reads parts of a profile and refuses what breaks a rule, naming the field."""

    def __init__(self, file: str) -> None:
        self._file = file

    def that(self, holds: bool, field: str, rule: str) -> None:  # noqa: FBT001 - reads as a rule
        if not holds:
            raise ProfileError(code="INVALID", file=self._file, field=field, rule=rule)

    def part(self, content: Mapping[str, Any], *keys: str) -> Any:
        """A part of the content by its keys, one inside the other."""
        found: Any = content
        for key in keys:
            inside = isinstance(found, Mapping) and key in found
            self.that(inside, ".".join(keys), "is missing")
            found = found[key]
        return found

    def positive(self, content: Mapping[str, Any], *keys: str) -> float:
        number = self.part(content, *keys)
        good = isinstance(number, int | float) and number > 0
        self.that(good, ".".join(keys), "must be a number above 0")
        return float(number)

    def share(self, content: Mapping[str, Any], *keys: str) -> float:
        number = self.part(content, *keys)
        good = isinstance(number, int | float) and 0 <= number <= 1
        self.that(good, ".".join(keys), "must be a share from 0 to 1")
        return float(number)

    def duration(self, content: Mapping[str, Any], *keys: str) -> Duration:
        median_s = self.positive(content, *keys, "median_s")
        p90_s = self.positive(content, *keys, "p90_s")
        self.that(median_s < p90_s, ".".join(keys), "needs a p90_s above its median_s")
        return Duration(median_s, p90_s)

    def kind(self, content: Mapping[str, Any], row: Mapping[str, Any], field: str) -> CallKind:
        """One row of `kinds`, with the channels and the scene it names."""
        channels = self.part(content, "channels", self.part(row, "channels"))
        known = bool(channels) and set(channels) <= CHANNELS
        self.that(known, f"{field}.channels", f"must be of {sorted(CHANNELS)}")
        places = tuple(self.part(row, "places"))
        known = bool(places) and set(places) <= {STREETS, *SITE_KINDS}
        self.that(known, f"{field}.places", "must be STREETS or kinds of sites")
        texts_zh, texts_en = self.texts(row, "texts_zh"), self.texts(row, "texts_en")
        self.that(len(texts_zh) == len(texts_en), f"{field}.texts_en", "must match texts_zh")
        return CallKind(
            code=str(self.part(row, "code")),
            share=self.positive(row, "share"),
            channels=channels,
            places=places,
            on_scene=self.duration(content, "scenes", str(self.part(row, "scene"))),
            diverts=self.share(row, "diverts"),
            texts_zh=texts_zh,
            texts_en=texts_en,
        )

    def texts(self, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
        texts: Sequence[str] = self.part(row, key)
        good = bool(texts) and all("{place}" in text for text in texts)
        self.that(good, key, "needs texts that hold {place}")
        return tuple(texts)
