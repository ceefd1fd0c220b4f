"""What the demonstration shows in the terminal."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from anlan.kernel.wording import word


class Screen:
    """The terminal, in one language."""

    def __init__(self, language: str) -> None:
        """Write to standard error what passes, to standard output what is the answer."""
        self._language = language
        self._passing = Console(stderr=True, highlight=False, soft_wrap=True)
        self._lasting = Console(highlight=False, soft_wrap=True)

    def say(self, key: str, **facts: object) -> str:
        """Return a message in the screen's language."""
        return word(f"demo.{key}", self._language, **facts)

    def tell(self, line: str) -> None:
        """Show one line in passing."""
        self._passing.print(line, style="dim", markup=False)

    @contextmanager
    def step(self, key: str) -> Iterator[None]:
        """Show what is being done while it is."""
        text = self.say(key)
        if self._passing.is_terminal:
            with self._passing.status(text):
                yield
        else:
            self.tell(text)
            yield

    def welcome(self, address: str, sign_ins: Mapping[str, str], password: str) -> None:
        """Show where to go and how to sign in: one name for each role."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in ("role", "username", "password"):
            table.add_column(self.say(heading))
        for role, username in sign_ins.items():
            table.add_row(role, username, password)
        self._lasting.print()
        self._lasting.print(self.say("address", address=address), style="bold")
        self._lasting.print(self.say("public", address=f"{address}/report"))
        self._lasting.print()
        self._lasting.print(table)
        self._lasting.print()
        self._lasting.print(self.say("end"), style="dim")

    @contextmanager
    def day(self, hours: float) -> Iterator["DayBar"]:
        """Show how far a day has come."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.1f}/{task.total:g} h"),
            TimeElapsedColumn(),
        )
        shown = self._passing.is_terminal
        with Progress(*columns, console=self._passing, disable=not shown) as progress:
            yield DayBar(self, progress, progress.add_task("", total=hours))

    def totals(self, counts: Mapping[str, object]) -> None:
        """Show the totals of a day."""
        self._lasting.print(self.say("totals", **counts))


class DayBar:
    """A bar over the hours of a day with running totals."""

    def __init__(self, screen: Screen, progress: Progress, task: TaskID) -> None:
        """Begin at its first hour."""
        self._screen = screen
        self._progress = progress
        self._task = task

    def show(self, hours: float, counts: Counter[str]) -> None:
        """Move on to so many hours, with what was acknowledged until then."""
        text = self._screen.say(
            "running",
            reports=counts["reports"],
            sent=counts["sent"],
            closed=counts["incident.close"],
            cases=counts["case.close"],
        )
        self._progress.update(self._task, completed=hours, description=text)
