"""A posture as a planner gives it: engines and a patrol car at the two ends of the centre."""

from typing import Any

from tests.people import Desk

POSTURE: dict[str, Any] = {
    "name": "Two ends",
    "note": "What if the south had a post of its own?",
    "stands": [
        {"unit_kind": "FIRE_ENGINE", "name": "North", "lon": 24.9425, "lat": 60.169, "count": 2},
        {"unit_kind": "FIRE_ENGINE", "name": "", "lon": 24.9384, "lat": 60.1652, "count": 1},
        {"unit_kind": "PATROL_CAR", "name": "South", "lon": 24.9384, "lat": 60.1652, "count": 1},
    ],
}


def planned(planner: Desk) -> dict[str, str]:
    """Keep a posture and begin to compare it with itself; return both."""
    posture = planner.post("postures", POSTURE).json()["id"]
    asked = {"a": posture, "b": posture, "zone": "UTC", "days": 1, "replications": 4}
    reply = planner.post("posture-studies", asked)
    assert reply.status_code == 201, reply.content
    return {"posture": posture, "posture_study": reply.json()["id"]}
