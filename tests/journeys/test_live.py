"""The installation as its users meet it: the program runs, the city is there, people sign in."""

import httpx
import pytest
from tests.live import LiveServer, signed_in

from anlan.orgs.roles import Role

pytestmark = pytest.mark.journey


def test_dispatcher_signs_in_and_sees_the_units_of_the_city(live: LiveServer) -> None:
    with live.client("dispatcher") as dispatcher:
        me = dispatcher.get("/api/v1/session").json()
        units = dispatcher.get("/api/v1/units").json()
    assert (me["role"], me["area"]) == ("DISPATCHER", 990101000000000)
    crews = [name for name, role in live.sign_ins.items() if role == "CREW"]
    assert len(units) == len(crews)


def test_each_role_signs_in(live: LiveServer) -> None:
    usernames = {role: username for username, role in live.sign_ins.items()}
    assert set(usernames) == set(Role) - {Role.RESIDENT}
    for role, username in usernames.items():
        with signed_in(live.url, username, live.password) as client:
            assert client.get("/api/v1/session").json()["role"] == role


def test_visitor_is_asked_to_sign_in(live: LiveServer) -> None:
    with live.client() as visitor:
        refused = visitor.get("/api/v1/units")
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")


def test_stream_is_refused_without_a_sign_in(live: LiveServer) -> None:
    assert httpx.get(f"{live.url}/stream").status_code == 401
