"""The stream tells every sort of event that the rooms publish, to who may read its subject."""

import re
from pathlib import Path

import anlan
from anlan.kernel.policies import permissions_of
from anlan.orgs.roles import Role
from anlan.orgs.selectors import unit_positions
from anlan.project.showing import SHOWING

ENDS = "received|changed|filed|moved|updated|broken|overdue|warning|breached|escalated"
TOPIC = re.compile(rf'"([a-z_]+)\.(?:{ENDS})"')
REFUSALS = {"posture", "review_note", "routing"}
"""Codes of refusals that end alike."""
SOURCES = Path(anlan.__file__).parent


def published() -> set[str]:
    """Return the first word of every topic in the sources."""
    files = [path for path in SOURCES.rglob("*.py") if "tests" not in path.parts]
    return {word for path in files for word in TOPIC.findall(path.read_text(encoding="utf-8"))}


def test_every_topic_has_its_row_and_every_row_its_topic():
    standing = {unit_positions().topic.partition(".")[0]}
    assert (published() - REFUSALS) | standing == SHOWING.needed.keys()


def test_every_permission_named_is_held_by_somebody():
    held = frozenset().union(*map(permissions_of, Role))
    assert frozenset().union(*SHOWING.needed.values()) <= held
