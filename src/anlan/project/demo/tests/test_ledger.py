"""Acknowledged writes are looked up again: a lost one and a doubled one are both found."""

from typing import Any

import httpx
import pytest

from anlan.project.demo.ledger import Ledger
from anlan.project.demo.link import Link, Session


@pytest.fixture
def there() -> dict[str, Any]:
    """What a server has after one incident and one case, by path."""
    return {
        "reports/r1": {"incident_id": "i1", "case_id": None},
        "reports/r2": {"incident_id": None, "case_id": "c1"},
        "public/reports/R-1": {},
        "incidents/i1": {
            "assignments": [{"id": "a1"}],
            "timeline": [{"move": move} for move in ("open", "assign", "on_scene", "close")],
        },
        "cases/c1": {
            "photos": [{}],
            "timeline": [{"move": move} for move in ("file", "assign", "report")],
        },
    }


@pytest.fixture
def ledger() -> Ledger:
    noted = Ledger()
    noted.report({"id": "r1", "incident_id": "i1", "case_id": None, "attached": False})
    noted.report({"id": "r2", "incident_id": None, "case_id": "c1", "attached": False})
    noted.public_report("R-1")
    noted.assignment({"id": "a1", "incident_id": "i1"})
    for move in ("assign", "on_scene", "close"):
        noted.incident_move("i1", move)
    for move in ("assign", "photo", "report"):
        noted.case_move("c1", move)
    return noted


def looked_up(ledger: Ledger, there: dict[str, Any]) -> tuple[int, int, int]:
    def answer(request: httpx.Request) -> httpx.Response:
        found = there.get(request.url.path.removeprefix("/api/v1/"))
        if found is None:
            return httpx.Response(404, json={"code": "unknown"})
        return httpx.Response(200, json=found)

    session = Session(Link("http://server", "en", lambda _: None, httpx.MockTransport(answer)))
    found = ledger.look_up(session, session)
    return found.acknowledged, found.lost, found.doubled


def test_everything_that_is_there_is_found(ledger: Ledger, there: dict[str, Any]) -> None:
    assert looked_up(ledger, there) == (12, 0, 0)


@pytest.mark.parametrize("path", ["reports/r1", "reports/r2", "public/reports/R-1"])
def test_a_report_that_is_gone_is_lost(ledger: Ledger, there: dict[str, Any], path: str) -> None:
    del there[path]
    assert looked_up(ledger, there) == (12, 1, 0)


def test_a_report_that_leads_elsewhere_is_lost(ledger: Ledger, there: dict[str, Any]) -> None:
    there["reports/r1"]["incident_id"] = "i2"
    assert looked_up(ledger, there) == (12, 1, 0)


def test_a_move_that_left_no_step_is_lost(ledger: Ledger, there: dict[str, Any]) -> None:
    there["incidents/i1"]["timeline"].pop()
    assert looked_up(ledger, there) == (12, 1, 0)


def test_an_assignment_that_is_gone_is_lost(ledger: Ledger, there: dict[str, Any]) -> None:
    there["incidents/i1"]["assignments"].clear()
    assert looked_up(ledger, there) == (12, 1, 0)


def test_an_incident_that_is_gone_is_lost_with_its_moves_and_units(
    ledger: Ledger, there: dict[str, Any]
) -> None:
    del there["incidents/i1"]
    assert looked_up(ledger, there) == (12, 5, 0)


def test_a_photo_that_is_gone_is_lost(ledger: Ledger, there: dict[str, Any]) -> None:
    there["cases/c1"]["photos"].clear()
    assert looked_up(ledger, there) == (12, 1, 0)


def test_a_move_that_was_made_twice_is_doubled(ledger: Ledger, there: dict[str, Any]) -> None:
    there["cases/c1"]["timeline"].append({"move": "report"})
    assert looked_up(ledger, there) == (12, 0, 1)
