"""`anlan demo` from its first step to its last."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from anlan.audit.keys import draw_key, key_missing
from anlan.kernel import clock
from anlan.kernel.clock import DrivenClock
from anlan.kernel.text_files import data_folder, read_toml
from anlan.places.city_pack import SAMPLE
from anlan.project.demo.agenda import milliseconds
from anlan.project.demo.duty import HOUR_S, Duty, city_text
from anlan.project.demo.home import DemoHome, Notes, demo_home
from anlan.project.demo.link import Link
from anlan.project.demo.outcome import Played, report_of
from anlan.project.demo.pacing import Pace, play
from anlan.project.demo.screen import Screen
from anlan.project.serving import (
    DatabasePart,
    check_port,
    migrate,
    present_server,
    wait_until_ready,
    web_part,
    worker_part,
)
from anlan.project.supervision import TEND_EVERY_S, Supervisor, asked_to_stop
from anlan_engine.city import City, open_city

HOST = "127.0.0.1"
LOG_NAME = "demo.example/audit"
BEGINS_AT_HOUR = 8
FIRST_SEED = 1
WARM_UP_S = 900.0
"""How much of the first day is played at once, so that the screens have something to show."""
LULL_LIMIT_S = 3_600.0
"""How much more is played at once, on every start, until somebody is about to be sent."""
SENT_WITHIN_WALL_S = 8.0
LIVE_TELL_EVERY_S = 5.0
MEASURED_TELL_EVERY_S = 30.0
"""How often moving vehicles tell their positions; where nobody watches, less often."""
ROUND_EVERY_WALL_S = 3.0
LEFT_ALONE_WALL_S = 90.0
"""How long what was begun by hand on a screen is left to whoever began it."""


class StoppedError(Exception):
    """The operator wants it to end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for; None leaves the choice to the demonstration."""

    port: int | None
    speed: float | None
    seed: int | None
    hours: float
    headless: bool
    report: Path | None
    fresh: bool
    language: str


class Patience:
    """Waits while the parts are looked after; raises `StoppedError` once that is asked for.

    Attributes
    ----------
    tenders : list of callable
        What is called again and again, also when there is nothing to wait for.
    """

    def __init__(self, stopping: threading.Event, *tenders: Callable[[], None]) -> None:
        """Call `tenders` until `stopping` is set."""
        self.tenders = list(tenders)
        self._stopping = stopping
        self._tended_s = time.monotonic()

    def __call__(self, seconds: float) -> None:
        """Wait so many seconds."""
        if self._stopping.wait(seconds):
            raise StoppedError
        if time.monotonic() - self._tended_s > TEND_EVERY_S:
            for tend in self.tenders:
                tend()
            self._tended_s = time.monotonic()


def run_demo(wanted: Wanted) -> bool:
    """Play the demonstration; return whether it came to its end without being interrupted.

    Raises
    ------
    DemoRunsError, ServingError, DatabaseError, LinkError, NotConservedError
        Each with one line for the operator; everything that was started is ended.
    """
    screen = Screen(wanted.language)
    home = demo_home(headless=wanted.headless)
    with home.locked():
        if wanted.fresh or wanted.headless:
            home.start_over()
        home.take_place()
        with asked_to_stop() as stopping, Supervisor(tell=screen.tell) as supervisor:
            patience = Patience(stopping, supervisor.tend)
            try:
                Demo(wanted, home, screen, patience).run(stopping, supervisor)
            except StoppedError:
                screen.tell(screen.say("ending"))
                return False
    return True


class Demo:
    """One run of the demonstration on a home of its own."""

    def __init__(self, wanted: Wanted, home: DemoHome, screen: Screen, patience: Patience) -> None:
        """Start nothing yet."""
        self._wanted = wanted
        self._home = home
        self._screen = screen
        self._patience = patience
        self._notes = home.read_notes(FIRST_SEED)
        self._first_start = not self._notes.loaded
        if wanted.seed is not None:
            self._notes = replace(self._notes, seed=wanted.seed)
        self._clock = open_clock(home.clock)

    def run(self, stopping: threading.Event, supervisor: Supervisor) -> None:
        """Bring everything up and play."""
        address = self._serve(stopping, supervisor)
        link = Link(address, self._wanted.language, self._patience)
        try:
            with self._screen.step("begin"):
                duty = self._begin(link)
            if self._wanted.headless:
                self._play_measured(duty, link)
            else:
                self._play_live(duty, link)
        finally:
            link.close()

    def _serve(self, stopping: threading.Event, supervisor: Supervisor) -> str:
        """Start what `anlan serve` starts; return its address."""
        port = self._wanted.port or free_port()
        check_port(HOST, port)
        with self._screen.step("database"):
            supervisor.add(DatabasePart(present_server()))
        os.environ["ANLAN_CLOCK"] = str(self._home.clock)
        # The web server takes seconds to load; meanwhile the tables and the city are made ready.
        supervisor.add(web_part(HOST, port, log=self._home.logs / "web.log"))
        with self._screen.step("tables"):
            migrate()
            if key_missing() is not None:
                draw_key(LOG_NAME)
        if not self._notes.loaded:
            with self._screen.step("city"):
                self._load_city()
        with self._screen.step("server"):
            supervisor.add(worker_part(log=self._home.logs / "worker.log"))
            address = wait_until_ready(HOST, port, supervisor, stopping)
        if address is None:
            raise StoppedError
        return address

    def _load_city(self) -> None:
        """Load the sample city and its sign-ins, as an installation's set-up does."""
        self._keep(self._notes)
        django.setup()
        # Loaded only now: models need the settings, and those the running server's password.
        city_setup = import_module("anlan.project.city_setup")
        connections = import_module("django.db").connections
        bounds = sample_city().meta["bounds"]
        city_setup.load_city(city_text(), tuple(bounds))
        city_setup.load_sites()
        at = datetime.fromtimestamp(self._clock.read(), UTC)
        city_setup.load_sign_ins(city_text(), self._notes.password, at)
        city_setup.load_agreements(city_text(), at)
        connections.close_all()
        self._keep(replace(self._notes, loaded=True))

    def _begin(self, link: Link) -> Duty:
        duty = Duty(
            link,
            sample_city(),
            password=self._notes.password,
            seed=self._notes.seed,
            now_ms=milliseconds(self._clock.read()),
            tell_every_s=MEASURED_TELL_EVERY_S if self._wanted.headless else LIVE_TELL_EVERY_S,
            tell=self._screen.tell,
        )
        duty.begin()
        return duty

    def _begin_day(self, duty: Duty) -> int:
        """Plan the next day; the one after it has the next seed, also after a new start."""
        seed = self._notes.seed
        self._keep(replace(self._notes, seed=seed + 1))
        return duty.begin_day(seed, self._wanted.hours)

    def _play_measured(self, duty: Duty, link: Link) -> None:
        pace = Pace(self._clock, self._wanted.speed)
        played = self._play_day(duty, link, pace, self._begin_day(duty))
        self._conclude(report_of(duty, played))

    def _play_live(self, duty: Duty, link: Link) -> None:
        speed = self._wanted.speed or 1.0
        pace = Pace(self._clock, None)
        ends_ms = self._begin_day(duty)
        with self._screen.step("warm_up"):
            self._warm_up(duty, pace, ends_ms, SENT_WITHIN_WALL_S * speed)
        pace.set_speed(speed)
        duty.rounds.keep_going(ROUND_EVERY_WALL_S * speed, LEFT_ALONE_WALL_S * speed)
        self._screen.welcome(link.address, sign_ins(self._wanted.language), self._notes.password)
        while True:
            played = self._play_day(duty, link, pace, ends_ms)
            if self._wanted.report:
                self._conclude(report_of(duty, played))
            ends_ms = self._begin_day(duty)

    def _play_day(self, duty: Duty, link: Link, pace: Pace, ends_ms: int) -> Played:
        """Play what is left of a day."""
        hours, counts = self._wanted.hours, duty.shift.ledger.counts
        began_s, began_ms = time.monotonic(), duty.agenda.now_ms
        with self._screen.day(hours) as bar:

            def show() -> None:
                left_h = (ends_ms - duty.agenda.now_ms) / 1000 / HOUR_S
                bar.show(hours - left_h, counts)

            self._patience.tenders.append(show)
            play(duty.agenda, pace, ends_ms, self._patience)
            self._patience.tenders.remove(show)
        return Played(
            seed=self._notes.seed - 1,
            hours=hours,
            simulated_s=(ends_ms - began_ms) / 1000,
            wall_s=time.monotonic() - began_s,
            requests=link.requests,
            repeats=link.repeats,
        )

    def _warm_up(self, duty: Duty, pace: Pace, ends_ms: int, soon_s: float) -> None:
        """Play without waiting until somebody is about to be sent."""
        warm_ms = duty.agenda.now_ms + milliseconds(WARM_UP_S if self._first_start else 0)
        play(duty.agenda, pace, min(warm_ms, ends_ms), self._patience)
        lull_ms = warm_ms + milliseconds(LULL_LIMIT_S)
        play(
            duty.agenda, pace, min(lull_ms, ends_ms), self._patience,
            enough=lambda: duty.dispatching.decides_within(soon_s),
        )  # fmt: skip

    def _conclude(self, report: Mapping[str, Any]) -> None:
        if self._wanted.report:
            text = json.dumps(report, indent=2, ensure_ascii=False)
            self._wanted.report.write_text(text + "\n", encoding="utf-8")
        self._screen.totals({**report, **report["measured"]})

    def _keep(self, notes: Notes) -> None:
        self._notes = notes
        self._home.write_notes(notes)


def open_clock(file: Path) -> DrivenClock:
    """Return the clock where it stood; a new one stands at this morning, by the machine's zone."""
    if file.exists():
        return DrivenClock(file)
    morning = clock.now().astimezone().replace(hour=BEGINS_AT_HOUR, minute=0, second=0)
    return DrivenClock(file, start=morning.replace(microsecond=0).timestamp())


def sample_city() -> City:
    """Open the sample city."""
    return open_city(data_folder() / SAMPLE)


def sign_ins(language: str) -> dict[str, str]:
    """Return one username for each role, by what its holder is called."""
    text = read_toml(city_text())
    named = {"zh-CN": "name_zh", "en": "name_en"}[language]
    first: dict[str, tuple[str, str]] = {}
    for entry in text["staff"]:
        first.setdefault(entry["role"], (entry[named], entry["username"]))
    unit = text["units"][0]
    crew = Screen(language).say("crew", call_sign=unit["call_sign"])
    return dict([*first.values(), (crew, unit["sign_in"])])


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        port: int = trial.getsockname()[1]
    return port
