"""What a shift hands to the next: open, due, promised, out of service. No caller is in it.

Each part is cut at a limit beside its full count, so that nothing is left off in silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from anlan.dispatch.agencies import selectors as agencies
from anlan.dispatch.review import selectors as review
from anlan.dispatch.selectors import incident_shape, incidents
from anlan.intake import selectors as intake
from anlan.orgs import selectors as orgs

OPEN_LIMIT_ROWS = 200
DUE_LIMIT_ROWS = 100
PROMISED_LIMIT_ROWS = 100
OUT_LIMIT_ROWS = 200


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a time: a running clock, a call owed a call back, an answer of an agency.

    `what` is CLOCK, CALL_BACK, ANSWER, SHIFT, PROMISE or HELP; `name` the code of the clock, the
    call sign or the agency's id; `text` what was promised, in words.
    """

    what: str
    due_at: str
    name: str = ""
    text: str = ""
    incident_id: str | None = None
    incident_number: str = ""


def desk_picture(desk: int, at: datetime) -> dict[str, Any]:
    """Return the picture of a desk as JSON types; `desk` is where its area begins."""
    shapes = [incident_shape(one) for one in incidents("OPEN").order_by("priority", "id")]
    return {
        "open": _part(map(_open, shapes), OPEN_LIMIT_ROWS),
        "due": _part(_sorted([*_clocks(shapes), *_call_backs(), *_answers(), *_shifts(at)]),
                     DUE_LIMIT_ROWS),
        "promised": _part(_sorted([*_promises(desk), *_help()]), PROMISED_LIMIT_ROWS),
        "out_of_service": _part(_out(), OUT_LIMIT_ROWS),
    }  # fmt: skip


def _part(rows: Iterable[dict[str, Any]], limit: int) -> dict[str, Any]:
    every = list(rows)
    return {"count": len(every), "rows": every[:limit]}


def _sorted(rows: Iterable[Due]) -> list[dict[str, Any]]:
    return [asdict(row) for row in sorted(rows, key=lambda row: datetime.fromisoformat(row.due_at))]


def _open(shape: dict[str, Any]) -> dict[str, Any]:
    named = ("id", "number", "kind", "priority", "place_text", "phase", "received_at", "units")
    return {name: shape[name] for name in named}


def _clocks(shapes: list[dict[str, Any]]) -> Iterator[Due]:
    for shape in shapes:
        for clock in shape["clocks"]:
            if clock["ended_at"] is None:
                name = " ".join(part for part in (clock["code"], clock["unit"]) if part)
                yield Due("CLOCK", clock["due_at"], name, "", shape["id"], shape["number"])


def _call_backs() -> Iterator[Due]:
    for call in intake.open_calls():
        if call.call_back_due_at is not None:
            yield Due("CALL_BACK", call.call_back_due_at.isoformat())


def _answers() -> Iterator[Due]:
    for asked in agencies.help_requests(only_open=True).filter(state="ASKED"):
        yield _of_help("ANSWER", asked)


def _help() -> Iterator[Due]:
    for asked in agencies.help_requests(only_open=True).filter(state="ACCEPTED"):
        yield _of_help("HELP", asked)


def _of_help(what: str, asked: Any) -> Due:
    return Due(
        what,
        asked.due_at.isoformat(),
        str(asked.agency_id),
        asked.note,
        str(asked.incident_id),
        asked.incident_number,
    )


def _shifts(at: datetime) -> Iterator[Due]:
    """Yield the crews whose planned end has passed and whom nobody has relieved."""
    call_signs = {unit.id: unit.call_sign for unit in orgs.units()}
    for unit_id, shift in orgs.running_shifts().items():
        if shift.ends_at <= at:
            yield Due("SHIFT", shift.ends_at.isoformat(), call_signs.get(unit_id, ""))


def _promises(desk: int) -> Iterator[Due]:
    for note in review.promises_of(desk):
        incident = note.incident
        yield Due(
            "PROMISE",
            note.due_at.isoformat() if note.due_at else "",
            "",
            note.text,
            str(incident.id) if incident else None,
            incident.number if incident else "",
        )


def _out() -> Iterator[dict[str, Any]]:
    for unit in orgs.units():
        if unit.duty == "OUT_OF_SERVICE":
            yield {
                "call_sign": unit.call_sign,
                "kind": unit.kind,
                "reason": unit.duty_reason,
                "since_at": unit.duty_since_at.isoformat() if unit.duty_since_at else None,
            }
