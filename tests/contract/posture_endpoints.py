"""Postures and the studies that compare them: asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import World
from tests.postures import POSTURE

BOX = {"west": 24.93, "south": 60.16, "east": 24.95, "north": 60.175}


def _of_posture(world: World) -> Ask:
    return Ask({"posture_id": world.posture})


def _of_study(world: World) -> Ask:
    return Ask({"study_id": world.posture_study})


def _study(world: World) -> Ask:
    asked = {"a": world.posture, "b": world.posture, "zone": "Europe/Helsinki", "days": 1}
    return Ask(body=asked | {"replications": 4})


POSTURE_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_postures": Endpoint("SUPERVISOR", denied="DISPATCHER"),
    "get_posture_of_duty": Endpoint("ADMINISTRATOR", denied="DISPATCHER"),
    "make_posture": Endpoint(
        "SUPERVISOR", lambda _: Ask(body=POSTURE), denied="DISPATCHER", answers=201
    ),
    "save_posture": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"posture_id": w.posture}, body=POSTURE | {"version": 1}),
        denied="DISPATCHER",
        stranger=True,
        answers=201,
    ),
    "get_posture_coverage": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"posture_id": w.posture}, query=BOX),
        denied="DISPATCHER",
        stranger=True,
    ),
    "begin_posture_study": Endpoint("SUPERVISOR", _study, denied="DISPATCHER", answers=201),
    "get_posture_study": Endpoint("SUPERVISOR", _of_study, denied="DISPATCHER", stranger=True),
    "play_posture_study": Endpoint("SUPERVISOR", _of_study, denied="DISPATCHER", stranger=True),
    "stop_posture_study": Endpoint("SUPERVISOR", _of_study, denied="DISPATCHER", stranger=True),
}
