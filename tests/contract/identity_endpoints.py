"""Sign-ins, asked as the contract allows."""

from collections.abc import Mapping

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import World
from tests.people import PASSWORD


def _password(world: World) -> Ask:
    return Ask(body={"present": PASSWORD, "password": "another correct horse"})


IDENTITY_ENDPOINTS: Mapping[str, Endpoint] = {
    "sign_in": Endpoint(None, lambda w: Ask(body={"username": w.username, "password": w.password})),
    "who_am_i": Endpoint("CREW"),
    "sign_out": Endpoint(None, answers=204),
    "list_own_sessions": Endpoint("DISPATCHER", lambda w: Ask()),
    "end_own_session": Endpoint(
        "DISPATCHER", lambda w: Ask({"session_id": w.other_session}), answers=204
    ),
    "end_other_sessions": Endpoint("DISPATCHER", lambda w: Ask()),
    "change_own_password": Endpoint("DISPATCHER", _password, answers=204),
}
