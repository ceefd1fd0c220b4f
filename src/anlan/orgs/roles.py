"""What each role may do: one table, named for what a person does all day."""

from enum import StrEnum


class Role(StrEnum):
    """The roles an account can hold. A visitor without an account is a RESIDENT.

    A GATEWAY is no person: a system that hands on where units are, and may do nothing else.
    """

    CALL_TAKER = "CALL_TAKER"
    DISPATCHER = "DISPATCHER"
    SUPERVISOR = "SUPERVISOR"
    CREW = "CREW"
    DEPARTMENT_DESK = "DEPARTMENT_DESK"
    STREET_DESK = "STREET_DESK"
    GRID_OFFICER = "GRID_OFFICER"
    ADMINISTRATOR = "ADMINISTRATOR"
    AGENCY_DESK = "AGENCY_DESK"
    GATEWAY = "GATEWAY"
    RESIDENT = "RESIDENT"


_LOOK = {"place.read", "unit.read", "organisation.read", "tally.read", "stream.follow"}
_INCIDENT_READ = {"incident.read", "report.read"}
_CALL = {
    "report.take", "report.update", "contact.look", "incident.reprioritise", "incident.link",
}  # fmt: skip
_DISPATCH = {
    "incident.recommend", "incident.assign", "incident.close", "incident.divert",
    "incident.return", "incident.reopen", "incident.reprioritise", "incident.raise_alarm",
    "incident.link",
    "assignment.cancel", "assignment.move", "unit.duty", "shift.plan", "contact.look",
    "report.take", "report.update", "case.file", "road.close", "figure.read",
}  # fmt: skip
_HAND_OVER = {"handover.read", "handover.write"}
_REVIEW = {"review.read", "review.write"}
_CREW = {"assignment.move_own", "unit.position_own", "unit.duty_own", "attachment.add_own"}
_COORDINATE = {
    "case.read", "case.file", "case.assign", "case.close", "case.reopen", "case.verify",
    "case.rework", "case.photo", "case.arbitrate", "case.evaluate", "case.pause", "item.ask",
    "item.decide", "task.call_up", "task.arbitrate", "routing.read", "routing.publish",
    "case.merge",
}  # fmt: skip
_HANDLE = {
    "item.ask", "case.read", "case.report", "case.send_back", "case.return", "case.photo",
    "contact.look", "task.answer",
}  # fmt: skip
_CALL_UP = {"case.read", "case.file", "case.photo", "case.merge", "task.call_up"}
_GRID = {
    "case.read", "case.file", "case.verify", "case.rework", "case.photo", "case.report",
    "case.send_back", "round.read",
}  # fmt: skip
_VOLUNTEERS = {"volunteering.read", "volunteering.publish"}
_ADMINISTER = {
    "place.write", "organisation.write", "account.write", "unit.write",
    "agreement.read", "agreement.offer", "webhook.read", "webhook.write", "figure.read",
    "routing.read", "routing.write", "routing.publish",
}  # fmt: skip
_LINK = {"agreement.read", "agency.share", "agency.ask"}
_WARN = {"warning.read", "warning.draft", "alert.take"}
_PUBLISH = {"warning.approve", "warning.publish"}
_EVALUATED = {"evaluation.read", "evaluation.appeal"}
_EVALUATE = {"evaluation.read", "evaluation.compare"}
_ANSWER = {
    "stream.follow",
    "place.read",
    "organisation.read",
    "agreement.read",
    "agreement.answer",
    "share.read",
    "help.answer",
}

PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.CALL_TAKER: frozenset(
        _LOOK | _INCIDENT_READ | _CALL | _HAND_OVER | {"case.read", "case.file"}
    ),
    Role.DISPATCHER: frozenset(
        _LOOK | _INCIDENT_READ | _DISPATCH | _HAND_OVER | _REVIEW | _LINK | _WARN | {"case.read"}
    ),
    Role.SUPERVISOR: frozenset(
        _LOOK
        | _INCIDENT_READ
        | _DISPATCH
        | _HAND_OVER
        | _REVIEW
        | _LINK
        | _WARN
        | _PUBLISH
        | _COORDINATE
        | _EVALUATE
        | _VOLUNTEERS
        | {"evaluation.judge"}
    ),
    Role.CREW: frozenset(_LOOK | _INCIDENT_READ | _CREW),
    Role.DEPARTMENT_DESK: frozenset(_LOOK | _HANDLE | _EVALUATED),
    Role.STREET_DESK: frozenset(_LOOK | _CALL_UP | _EVALUATED | _VOLUNTEERS),
    Role.GRID_OFFICER: frozenset(_LOOK | _GRID | _EVALUATED | _VOLUNTEERS),
    Role.ADMINISTRATOR: frozenset(_LOOK | _ADMINISTER | _EVALUATE),
    Role.AGENCY_DESK: frozenset(_ANSWER),
    Role.GATEWAY: frozenset({"unit.position"}),
    Role.RESIDENT: frozenset({"report.public", "report.follow", "volunteering.offer"}),
}
