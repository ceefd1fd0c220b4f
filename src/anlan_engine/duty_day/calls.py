"""Draw the calls of a duty day, with everything about them that is left to chance."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from anlan_engine.city import City
from anlan_engine.duty_day.profile import STEPS, STREETS, CallKind, DutyProfile
from anlan_engine.duty_day.whereabouts import Gazetteer, Whereabouts

HOUR_S = 3600.0
DAY_HOURS_MAX = 24 * 7
"""A day that is drawn lasts a week at most."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What will happen to a call, so that whoever plays the day needs no chance of its own.

    All `_s` are seconds that a step takes once it begins.

    Attributes
    ----------
    answer_s, talk_s : float
        Until the telephone is answered; until the call-taker has sent the report.
    decide_s : float
        Until the dispatcher has decided.
    turnout_s, on_scene_s : float
        Until the crew drives off; from arrival to the end of the work.
    diverts : bool
        Whether it turns out that no unit is needed.
    divert_s : float
        Until that is known.
    case_assign_s, case_handle_s, case_verify_s, case_close_s : float
        Should it be, or become, a case.
    reworks : bool
        Whether the work is found wanting once.
    """

    answer_s: float
    talk_s: float
    decide_s: float
    turnout_s: float
    on_scene_s: float
    diverts: bool
    divert_s: float
    case_assign_s: float
    case_handle_s: float
    case_verify_s: float
    case_close_s: float
    reworks: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One call, web report or automatic message.

    Attributes
    ----------
    number : int
        From 0, in order of time.
    at_s : float
        Seconds after the start of the day when the telephone rings or the report is sent.
    kind, channel : str
        Codes.
    lon, lat : float
        Degrees.
    place_text, text_zh, text_en : str
        Where it is said to be, and what is said.
    repeats : int or None
        The number of the earlier call that tells of the same.
    fate : Fate
    """

    number: int
    at_s: float
    kind: str
    channel: str
    lon: float
    lat: float
    place_text: str
    text_zh: str
    text_en: str
    repeats: int | None
    fate: Fate


def draw_day(
    profile: DutyProfile, city: City, seed: int, hours: float, start: datetime
) -> list[Call]:
    """Draw all calls of a day.

    First calls are a Poisson process with one rate for each hour of the day; a share of them is
    told again by others, shortly after and close by. Each hour has a random stream of its own
    (NumPy's PCG64, from the seed and the hour's number): the same arguments always give the same
    calls, and a longer day begins with the calls of a shorter one.

    Parameters
    ----------
    profile : DutyProfile
    city : City
    seed : int
        At least 0.
    hours : float
        Length of the day, above 0 and at most `DAY_HOURS_MAX`.
    start : datetime
        When it begins, in the city's local time: tells which hour's rate holds.

    Returns
    -------
    list of Call
        By time.

    Raises
    ------
    ValueError
        For a length out of range or a negative seed.
    """
    if not 0 < hours <= DAY_HOURS_MAX or seed < 0:
        msg = f"cannot draw {hours} hours from seed {seed}"
        raise ValueError(msg)
    draw = _Draw(profile, Gazetteer(city))
    drawn: list[Call] = []
    for number, (begin_s, end_s, rate) in enumerate(_hours(profile, hours, start)):
        rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number])))
        drawn += draw.hour(begin_s, end_s, rate, first_number=len(drawn), rng=rng)
    return _in_order(call for call in drawn if call.at_s < hours * HOUR_S)


def draw_fate(profile: DutyProfile, kind: str, rng: np.random.Generator) -> Fate:
    """Draw what will happen to one call of a kind: also for calls that no profile drew.

    Parameters
    ----------
    profile : DutyProfile
    kind : str
        Code.
    rng : numpy.random.Generator

    Raises
    ------
    KeyError
        The profile has no such kind.
    """
    called = profile.kind_of(kind)
    scores = dict(zip(STEPS, rng.standard_normal(len(STEPS)).tolist(), strict=True))
    drawn = {f"{step}_s": profile.durations[step].seconds(scores[step]) for step in STEPS}
    return Fate(
        **drawn,
        on_scene_s=called.on_scene.seconds(float(rng.standard_normal())),
        diverts=bool(rng.random() < called.diverts),
        reworks=bool(rng.random() < profile.rework_share),
    )


def _hours(
    profile: DutyProfile, hours: float, start: datetime
) -> Iterator[tuple[float, float, float]]:
    """Cut the day at full hours of the clock: begin, end (seconds from the start), rate an hour."""
    begin_s = -timedelta(minutes=start.minute, seconds=start.second).total_seconds()
    hour = start.hour
    while begin_s < hours * HOUR_S:
        yield begin_s, begin_s + HOUR_S, profile.calls_per_hour[hour % 24]
        begin_s, hour = begin_s + HOUR_S, hour + 1


def _in_order(calls: Iterator[Call]) -> list[Call]:
    """Number calls by time, and what they repeat accordingly."""
    ordered = sorted(calls, key=lambda call: (call.at_s, call.number))
    number = {call.number: place for place, call in enumerate(ordered)}
    return [
        replace(
            call,
            number=number[call.number],
            repeats=None if call.repeats is None else number[call.repeats],
        )
        for call in ordered
    ]


class _Draw:
    """Draws from one profile in one city."""

    def __init__(self, profile: DutyProfile, gazetteer: Gazetteer) -> None:
        self._profile = profile
        self._gazetteer = gazetteer
        shares = np.array([kind.share for kind in profile.kinds])
        self._kind_shares = shares / shares.sum()

    def hour(
        self,
        begin_s: float,
        end_s: float,
        rate: float,
        *,
        first_number: int,
        rng: np.random.Generator,
    ) -> list[Call]:
        """Draw the first calls of a whole hour and who tells them again; none before 0 s."""
        calls: list[Call] = []
        for at_s in np.sort(rng.uniform(begin_s, end_s, rng.poisson(rate))).tolist():
            first = self._first_call(first_number + len(calls), round(at_s, 1), rng)
            repeated = rng.random() < self._profile.repeat_share
            told = [first, self._again(first, rng)] if repeated else [first]
            calls += told if at_s >= 0 else []
        return calls

    def _first_call(self, number: int, at_s: float, rng: np.random.Generator) -> Call:
        kind = self._profile.kinds[int(rng.choice(len(self._kind_shares), p=self._kind_shares))]
        place = self._place(kind, rng)
        return self._call(number, at_s, kind, place, rng)

    def _again(self, first: Call, rng: np.random.Generator) -> Call:
        """Tell the same again: a little later, from close by, perhaps in other words."""
        kind = self._profile.kind_of(first.kind)
        later_s = rng.uniform(1.0, self._profile.repeat_within_s)
        within_m = self._profile.repeat_within_m
        lon, lat = self._gazetteer.beside(first.lon, first.lat, within_m, rng)
        place = self._gazetteer.told(lon, lat)
        call = self._call(first.number + 1, round(first.at_s + later_s, 1), kind, place, rng)
        return replace(call, repeats=first.number)

    def _place(self, kind: CallKind, rng: np.random.Generator) -> Whereabouts:
        """Draw a place for a kind; a city without such sites has the call in a street."""
        site = None if STREETS in kind.places else self._gazetteer.at_site(kind.places, rng)
        return site or self._gazetteer.on_street(rng)

    def _call(
        self,
        number: int,
        at_s: float,
        kind: CallKind,
        place: Whereabouts,
        rng: np.random.Generator,
    ) -> Call:
        row = int(rng.integers(len(kind.texts_zh)))
        channels = sorted(kind.channels)
        weights = np.array([kind.channels[channel] for channel in channels])
        return Call(
            number=number,
            at_s=at_s,
            kind=kind.code,
            channel=channels[int(rng.choice(len(channels), p=weights / weights.sum()))],
            lon=place.lon,
            lat=place.lat,
            place_text=place.text,
            text_zh=kind.texts_zh[row].replace("{place}", place.text_zh),
            text_en=kind.texts_en[row].replace("{place}", place.text_en),
            repeats=None,
            fate=draw_fate(self._profile, kind.code, rng),
        )
