"""Who is on duty: a session for every sign-in of the city's text file."""

from collections.abc import Mapping, Sequence
from typing import Any

from anlan.kernel.areas import parent_of
from anlan.project.demo.link import Json, Link, Session


class Roster:
    """Sessions by what their holders do.

    Attributes
    ----------
    visitor : Session
        A resident, whom nobody asks to sign in.
    call_takers, dispatchers : sequence of Session
        In the order of the text.
    supervisor, administrator, gateway : Session
        The first of their role; the gateway tells where units are.
    """

    def __init__(self, text: Mapping[str, Any], link: Link, password: str) -> None:
        """Take the sign-ins of a city's text file, which share one password."""
        self._text = text
        self._password = password
        self._link = link
        self.visitor = Session(link)
        self.call_takers = self._of_role("CALL_TAKER")
        self.dispatchers = self._of_role("DISPATCHER")
        self.supervisor = self._of_role("SUPERVISOR")[0]
        self.administrator = self._of_role("ADMINISTRATOR")[0]
        self.gateway = self._of_role("GATEWAY")[0]
        self._desks = self._by_organisation("DEPARTMENT_DESK")
        self._officers = self._by_organisation("GRID_OFFICER")
        self._crews = {
            entry["call_sign"]: self._session(entry["sign_in"]) for entry in text["units"]
        }
        self._offices = {entry["area"]: entry["office"] for entry in text["communities"]}
        self._code_of: dict[str, str] = {}
        self._id_of: dict[str, str] = {}

    def meet(self) -> None:
        """Learn the organisations' ids from the API."""
        organisations: Sequence[Json] = self.supervisor.get("organisations")
        self._code_of = {entry["id"]: entry["code"] for entry in organisations}
        self._id_of = {entry["code"]: entry["id"] for entry in organisations}

    def crew(self, call_sign: str) -> Session:
        """Return the crew of a unit."""
        return self._crews[call_sign]

    def organisation_id(self, code: str) -> str:
        """Return the id of an organisation."""
        return self._id_of[code]

    def has_desk(self, organisation_id: str) -> bool:
        """Say whether somebody of the roster works for an organisation."""
        return self._code_of[organisation_id] in self._desks

    def desk_of(self, organisation_id: str) -> Session:
        """Return the desk of the organisation that handles a case."""
        return self._desks[self._code_of[organisation_id]]

    def officer_of(self, cell: int) -> Session:
        """Return the grid officer of the community in which a cell lies."""
        return self._officers[self._offices[parent_of(cell)]]

    def _of_role(self, role: str) -> list[Session]:
        entries = [entry for entry in self._text["staff"] if entry["role"] == role]
        return [self._session(entry["username"]) for entry in entries]

    def _by_organisation(self, role: str) -> dict[str, Session]:
        return {
            entry["organisation"]: self._session(entry["username"])
            for entry in self._text["staff"]
            if entry["role"] == role
        }

    def _session(self, username: str) -> Session:
        return Session(self._link, username, self._password)
