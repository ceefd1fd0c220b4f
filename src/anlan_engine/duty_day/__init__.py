"""A simulated duty day: who calls when, from where, about what, and how it will go."""

from anlan_engine.duty_day.calls import Call, Fate, draw_day, draw_fate
from anlan_engine.duty_day.movement import Position, position_at
from anlan_engine.duty_day.profile import DutyProfile, ProfileError

__all__ = [
    "Call",
    "DutyProfile",
    "Fate",
    "Position",
    "ProfileError",
    "draw_day",
    "draw_fate",
    "position_at",
]
