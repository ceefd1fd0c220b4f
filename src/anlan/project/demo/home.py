"""The demonstration's own data folder, and what it remembers between two starts."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from anlan.kernel.errors import OperatorError
from anlan.kernel.postgres.home import Home, present_home
from anlan.kernel.postgres.server import Server

PASSWORD_BYTES = 12
NOT_OURS = (
    "ANLAN_CITY", "ANLAN_CLOCK", "ANLAN_DATABASE", "ANLAN_DATABASE_PORT", "ANLAN_DATABASE_ROLE",
    "DATABASE_URL", "DATABASE_OWNER_URL",
)  # fmt: skip
"""Settings of an installation that the demonstration must not touch."""


class DemoRunsError(OperatorError):
    """Another demonstration runs on the same data. Facts: `folder`."""

    code = "demo.runs"
    explanation = "another demo runs on {folder}; end it first, or name another ANLAN_HOME"


@dataclass(frozen=True, slots=True)
class Notes:
    """What is kept between two starts: the sign-ins' password, and the seed of the next day.

    `loaded` says whether the city is in the database.
    """

    password: str
    seed: int
    loaded: bool


@dataclass(frozen=True, slots=True)
class DemoHome:
    """A data folder beside the installation's own."""

    folder: Path

    @property
    def clock(self) -> Path:
        """The driven clock: where it stands is when the next start goes on."""
        return self.folder / "clock"

    @property
    def logs(self) -> Path:
        """What the parts print."""
        return self.folder / "logs"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other demonstration off this folder.

        Raises
        ------
        DemoRunsError
            One is there already.
        """
        self.folder.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        with self.folder.with_suffix(".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DemoRunsError(folder=self.folder) from None
            yield

    def start_over(self) -> None:
        """Delete everything, ending a database server that an earlier run left behind."""
        Server(Home(self.folder)).stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def take_place(self) -> None:
        """Make the folder the home of everything that this process starts or loads."""
        for name in NOT_OURS:
            os.environ.pop(name, None)
        os.environ["ANLAN_HOME"] = str(self.folder)
        self.folder.mkdir(mode=0o711, exist_ok=True)

    def read_notes(self, seed: int) -> Notes:
        """Return the notes; the first ones have a new password and `seed`."""
        try:
            return Notes(**json.loads(self._notes.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Notes(secrets.token_urlsafe(PASSWORD_BYTES), seed, loaded=False)

    def write_notes(self, notes: Notes) -> None:
        """Keep notes, for their owner only, whole or not at all."""
        draft = self._notes.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as writer:
            json.dump(asdict(notes), writer)
        draft.replace(self._notes)

    @property
    def _notes(self) -> Path:
        return self.folder / "demo.json"


def demo_home(*, headless: bool) -> DemoHome:
    """Return the folder of the live demonstration, or that of measured days without screens."""
    return DemoHome(present_home().folder / ("demo-headless" if headless else "demo"))
