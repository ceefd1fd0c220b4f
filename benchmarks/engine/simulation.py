"""Simulated calls a second, beside simpy playing the same policy; coverage policies in Auckland."""

import importlib
import importlib.util
import time
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import click
import numpy as np
from tests.shared_data import FOLDER

from anlan_engine.simulate import (
    Calls,
    Expected,
    Fleet,
    Ground,
    Played,
    Posture,
    Rules,
    Study,
    compare,
    play,
    simulate,
)
from anlan_engine.simulate.events.loop import run as run_events
from anlan_engine.simulate.pattern import CallKind, CallPattern, Duration
from anlan_engine.simulate.playing import DRAIN_S, set_out
from anlan_engine.simulate.tests.auckland import COVER_S, LATE_AFTER_S, Auckland, read_auckland
from benchmarks.interleaved import beside, bootstrap
from benchmarks.rows import Row, Target, row

SEED = 20
PLACES, HOSPITALS, SPAN_M, SPEED_MS = 2_000, 8, 30_000.0, 9.2
CALLS_PER_DAY, UNITS, STATIONS = 1_500, 120, 60
REACH_S, BUSY_SHARE = 480.0, 0.4
DAY_S, MIB = 86_400.0, 1 << 20
PEER = "simpy, the same policy"
ROUNDS = 7

MUST = Target("value", 1e6, at_least=True)
AIM = Target("value", 2e6, at_least=True)


class City(NamedTuple):
    """A synthetic city: its ground, its fleet with shifts, and what calls it expects."""

    ground: Ground
    fleet: Fleet
    pattern: CallPattern


def run(*, full: bool) -> list[Row]:
    """Measure; the peer's arrivals are compared with ours on every day that is timed."""
    days = 365 if full else 60
    city = make_city(UNITS, STATIONS)
    calls = _year(city, days)
    rows = _speeds(city, calls)
    rows += _beside_simpy(city, days=10 if full else 3)
    rows.append(_whole_study(city, 10.0))
    rows += _growth(calls, full=full)
    return rows + _auckland(days=100.0 if full else 15.0)


def make_city(units: int, stations: int) -> City:
    """Draw a city; one unit in six works by day only, one in three has a second capability."""
    rng = np.random.default_rng(SEED)
    at = rng.random((PLACES, 2)) * SPAN_M
    away = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
    places = rng.choice(PLACES, stations + HOSPITALS, replace=False)
    ground = Ground(away / SPEED_MS, places[:stations], places[stations:])
    hour, unit = np.arange(168) % 24, np.arange(units)
    by_day = (hour >= 7) & (hour < 19)
    on_duty = np.where((unit % 6 == 0)[:, None], by_day, True)  # noqa: FBT003
    fleet = Fleet(unit % stations, np.where(unit % 3 == 0, 3, 1), on_duty)
    weight = rng.gamma(0.5, 1.0, PLACES)
    per_hour = weight / weight.sum() * CALLS_PER_DAY / 24.0 * units / UNITS
    return City(ground, fleet, CallPattern(per_hour, _kinds()))


def _kinds() -> tuple[CallKind, ...]:
    steps = {
        "decide": Duration(60.0), "turnout": Duration(60.0, 0.3), "scene": Duration(1700.0, 0.5),
        "handover": Duration(600.0, 0.3), "transported": 0.6,
    }  # fmt: skip
    return (
        CallKind("life", 0.25, 0, **steps),
        CallKind("life, second capability", 0.05, 0, needs=2, **steps),
        CallKind("urgent", 0.4, 1, **steps),
        CallKind("other", 0.3, 2, **steps),
    )


def posture(city: City, *, moves_up: bool = False, guarded: bool = False) -> Posture:
    """Priorities, units turned round, shifts and positions on the road, always."""
    rules = Rules(
        (REACH_S, REACH_S, 1200.0), np.triu(np.ones((3, 3), bool), 1), 30.0,
        guard_s=(0.0, REACH_S, 1200.0) if guarded else None, guard_extra_s=120.0,
        moves_up=moves_up, expected=Expected(city.pattern.weights(), REACH_S, BUSY_SHARE),
    )  # fmt: skip
    return Posture("move-up" if moves_up else "home", city.ground, city.fleet, rules)


def _year(city: City, days: float) -> Calls:
    return city.pattern.draw(days * 24.0, np.random.default_rng(SEED))


def event_loop_s(asked: Posture, calls: Calls) -> float:
    """Processor seconds of the event loop alone; tables are set out before."""
    world = set_out(asked, calls, calls.in_order(), 0)
    backing = asked.backing()
    began = time.process_time()
    run_events(world, backing, float(calls.at_s.max()) + DRAIN_S)
    return time.process_time() - began


def _speeds(city: City, calls: Calls) -> list[Row]:
    """Calls a second of processor time; hot: drives home are known from earlier runs."""
    rows = []
    policies = {
        "home": posture(city), "move-up": posture(city, moves_up=True),
        "move-up and guard": posture(city, moves_up=True, guarded=True),
    }  # fmt: skip
    for name, asked in policies.items():
        first = len(calls) / event_loop_s(asked, calls)
        rates = np.array([len(calls) / event_loop_s(asked, calls) for _ in range(ROUNDS)])
        median, interval = float(np.median(rates)), bootstrap(rates)
        title = f"simulation, {UNITS} units, {name}"
        rows.append(row(f"{title}, cold", first, "calls/s"))
        rows.append(row(f"{title}, hot", median, "calls/s", interval=interval, target=MUST))
        rows.append(row(f"{title}, hot, aim", median, "calls/s", interval=interval, target=AIM))
    tables = set_out(policies["home"], calls, calls.in_order(), 0)
    size = sum(table.nbytes for table in (*tables[:-1], *tables.roads)) / MIB
    rows.append(row(f"tables of {len(calls)} calls and {PLACES} places", size, "MiB"))
    return rows


def _beside_simpy(city: City, *, days: int) -> list[Row]:
    if importlib.util.find_spec("simpy") is None:
        click.echo("engine.simulation: simpy is not installed: its rows are left out", err=True)
        return []
    peer = importlib.import_module("benchmarks.engine.simpy_peer")
    asked = posture(city)
    questions = [_year(city, 1.0) for _ in range(1)]
    questions += [
        city.pattern.draw(24.0, np.random.default_rng(SEED + number)) for number in range(1, days)
    ]
    play(asked, questions[0])
    told = beside(questions, partial(play, asked), partial(peer.play_by_simpy, asked), _agree)
    calls = float(np.mean([len(one) for one in questions]))
    return [
        row(
            f"a day of {calls:.0f} calls, tables and all", calls / told.ours_s, "calls/s",
            peer=(PEER, calls / told.peer_s), interval=told.interval,
            target=Target("ratio", 25.0, at_least=True),
        )
    ]  # fmt: skip


def _agree(ours: Played, arrived_s: np.ndarray) -> bool:
    """Whether every call was reached at the same moment, to half a millisecond."""
    return bool(np.allclose(ours.arrived_s, arrived_s, rtol=0.0, atol=5e-4, equal_nan=True))


def _whole_study(city: City, days: float) -> Row:
    """Draw the days, play them and tell the figures."""
    study = Study(city.pattern, days=days, replications=5, seed=SEED)
    began = time.process_time()
    told = simulate(posture(city), study)
    took = time.process_time() - began
    calls = told.figures.calls.calls_per_day.value * days * study.replications
    return row("simulate() with drawing and figures", calls / took, "calls/s")


def _growth(calls: Calls, *, full: bool) -> list[Row]:
    """How the time for one call grows with the units, load a unit being the same."""
    sizes = (60, 120, 240, 480) if full else (60, 120, 240)
    took = []
    for units in sizes:
        city = make_city(units, units // 2)
        drawn = _year(city, 60.0 * UNITS / units)
        asked = posture(city)
        event_loop_s(asked, drawn)
        took.append(min(event_loop_s(asked, drawn) for _ in range(3)) / len(drawn))
    slope = float(np.polyfit(np.log(sizes), np.log(took), 1)[0])
    return [row(f"exponent of time per call over units, {sizes[0]} to {sizes[-1]}", slope, "")]


def _auckland(days: float) -> list[Row]:
    """Pair coverage policies with each unit going home, on the published model of Auckland."""
    folder = FOLDER / "c3_jemss_auckland"
    if not folder.exists():
        click.echo("engine.simulation: the model of Auckland is not here", err=True)
        return []
    model = read_auckland(folder)
    study = Study(model.pattern, days=days, replications=20, seed=SEED, warm_up_hours=12.0)
    guard_s = (0.0, COVER_S, LATE_AFTER_S[2] - 50.0)
    policies = {
        "move-up": _in_auckland(model, moves_up=True),
        "guard": _in_auckland(model, guard_s=guard_s, guard_extra_s=120.0),
        "move-up and guard": _in_auckland(
            model, moves_up=True, guard_s=guard_s, guard_extra_s=120.0
        ),
    }
    home = _in_auckland(model)
    return [one for name, asked in policies.items() for one in _effect(name, home, asked, study)]


def _in_auckland(model: Auckland, **rules: object) -> Posture:
    expected = Expected(model.pattern.weights(), COVER_S, BUSY_SHARE)
    diverts = np.triu(np.ones((3, 3), bool), 1)
    asked = Rules(LATE_AFTER_S, diverts, 60.0, expected=expected, **rules)  # type: ignore[arg-type]
    return Posture("asked", model.ground, model.fleet, asked)


def _effect(name: str, home: Posture, asked: Posture, study: Study) -> Sequence[Row]:
    told = compare(home, asked, study)
    late, mean = told.difference.calls.late_share, told.difference.calls.response_s_mean
    title = f"Auckland, 20 x {study.days:g} days, {name} less home"
    return [
        row(f"{title}, late share", 100 * late.value, "points",
            interval=(100 * late.low, 100 * late.high)),
        row(f"{title}, upper end of its interval", 100 * late.high, "points",
            target=Target("value", -1e-9)),
        row(f"{title}, mean response", mean.value, "s", interval=(mean.low, mean.high),
            target=Target("value", 0.0)),
    ]  # fmt: skip
