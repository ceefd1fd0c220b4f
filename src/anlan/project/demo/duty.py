"""A whole shift: everybody who plays a part, and the days they play."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from anlan.kernel.text_files import data_folder, read_toml
from anlan.project.demo.agenda import Agenda, milliseconds
from anlan.project.demo.call_taking import CallTaking
from anlan.project.demo.casework import Casework
from anlan.project.demo.dispatching import Dispatching
from anlan.project.demo.ledger import Ledger
from anlan.project.demo.link import Link
from anlan.project.demo.phrases import Phrases
from anlan.project.demo.roster import Roster
from anlan.project.demo.rounds import Rounds
from anlan.project.demo.routing import publish_table
from anlan.project.demo.shift import Shift, by_code
from anlan.project.demo.stories import Stories
from anlan_engine.city import City
from anlan_engine.duty_day import DutyProfile, draw_day

PROFILE = "demo/duty_day.toml"
PHRASES = "demo/phrases.toml"
HOUR_S = 3600.0


def city_text() -> Path:
    """Return the text file of the demonstration city."""
    return data_folder() / "organisations" / "helsinki.toml"


class Duty:
    """Everybody on duty in one city, from the first call on.

    Attributes
    ----------
    agenda : Agenda
    shift : Shift
    dispatching : Dispatching
    rounds : Rounds
    """

    def __init__(
        self, link: Link, city: City, *, password: str, seed: int, now_ms: int,
        tell_every_s: float, tell: Callable[[str], None],
    ) -> None:  # fmt: skip
        """Meet at `now_ms`; nobody has done anything yet.

        Vehicles on the move tell their positions every `tell_every_s`; `tell` shows the operator
        one line.
        """
        self._city = city
        self._profile = DutyProfile.read(data_folder() / PROFILE)
        self.agenda = Agenda(now_ms)
        roster = Roster(read_toml(city_text()), link, password)
        self.shift = Shift(
            agenda=self.agenda,
            roster=roster,
            ledger=Ledger(),
            phrases=Phrases(data_folder() / PHRASES, link.language),
            stories=Stories(self._profile, seed),
            language=link.language,
            tell=tell,
            kinds=by_code(roster.visitor.get("kinds")),
            items=by_code(roster.visitor.get("items")),
        )
        self._casework = Casework(self.shift)
        roads = city.road_times
        self.dispatching = Dispatching(self.shift, roads, tell_every_s, self._casework)
        self._casework.when_returned = self.dispatching.take_up
        self._call_taking = CallTaking(self.shift, self.dispatching, self._casework)
        self.rounds = Rounds(self.shift, self.dispatching, self._casework)

    def begin(self) -> None:
        """Learn who is who, say where cases go, man the units, take over what is open."""
        self.shift.roster.meet()
        publish_table(self.shift)
        self.dispatching.crews.begin()
        self.rounds.take_over()

    def begin_day(self, seed: int, hours: float) -> int:
        """Plan the calls of a day that begins now; return when it ends."""
        now_ms = self.agenda.now_ms
        start = datetime.fromtimestamp(now_ms / 1000).astimezone()
        calls = draw_day(self._profile, self._city, seed, hours, start)
        self.shift.stories = Stories(self._profile, seed)
        self._call_taking.plan(calls, now_ms)
        return now_ms + milliseconds(hours * HOUR_S)
