"""The roles, named for what a person does all day.

What each may do, and for which purpose, stands in `data/policies`.
"""

from enum import StrEnum

SERVICE = "SERVICE"
"""Whom a key of a connected system stands for: no account holds it, so it is no role of people."""


class Role(StrEnum):
    """The roles an account can hold. A visitor without an account is a RESIDENT.

    A GATEWAY is no person: a system that hands on where units are, and may do nothing else.
    An AUDITOR reads the audit log, and no row that it tells of.
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
    AUDITOR = "AUDITOR"
    RESIDENT = "RESIDENT"
