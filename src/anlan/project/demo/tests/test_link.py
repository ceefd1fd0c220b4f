"""The HTTP client of the demonstration: asked again with the same key, nothing done twice."""

import json
from collections.abc import Callable

import httpx
import pytest

from anlan.project.demo import link as link_file
from anlan.project.demo.link import Link, LinkError, RefusalError, Session

Answer = Callable[[httpx.Request], httpx.Response]
PROBLEM = {"content-type": "application/problem+json"}


class Server:
    """Answers from a list, and remembers what it was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def link(self) -> Link:
        transport = httpx.MockTransport(self)
        return Link("http://server", "en", self.pauses.append, transport)

    def keys_sent(self) -> list[str | None]:
        return [request.headers.get("Idempotency-Key") for request in self.asked]


def problem(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "detail": "why"}, headers=PROBLEM)


def test_a_write_whose_answer_was_lost_is_sent_again_with_the_same_key() -> None:
    server = Server(
        httpx.ReadTimeout("lost"), problem(503, "unavailable"), httpx.Response(201, json={"id": 1})
    )
    link = server.link()
    assert Session(link).post("reports", text="help") == {"id": 1}
    assert len(set(server.keys_sent())) == 1
    assert None not in server.keys_sent()
    assert {request.content for request in server.asked} == {b'{"text":"help"}'}
    assert (link.requests, link.repeats, len(server.pauses)) == (1, 2, 2)


def test_two_writes_have_two_keys() -> None:
    server = Server(*(httpx.Response(201, json={}) for _ in range(2)))
    session = Session(server.link())
    session.post("reports")
    session.post("reports")
    assert len(set(server.keys_sent())) == 2


def test_a_key_that_is_in_use_is_waited_for() -> None:
    server = Server(problem(409, "idempotency.key_busy"), httpx.Response(200, json={}))
    Session(server.link()).post("reports")
    assert len(set(server.keys_sent())) == 1


def test_a_refusal_is_not_asked_again() -> None:
    server = Server(problem(409, "unit.busy"))
    with pytest.raises(RefusalError, match=r"POST /api/v1/reports: 409 unit\.busy: why") as refused:
        Session(server.link()).post("reports")
    assert (refused.value.status, refused.value.code) == (409, "unit.busy")
    assert len(server.asked) == 1


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_file, "TRIES_LIMIT", 3)
    server = Server(*(httpx.ConnectError("refused") for _ in range(9)))
    with pytest.raises(LinkError, match="GET /api/v1/kinds was never answered"):
        Session(server.link()).get("kinds")
    assert len(server.asked) == 3


def test_a_defect_of_the_server_ends_the_play() -> None:
    with pytest.raises(LinkError, match="answered with 500"):
        Session(Server(httpx.Response(500)).link()).get("kinds")


def test_people_sign_in_at_their_first_request_and_again_when_a_session_has_ended() -> None:
    me = {"purposes": ["DISPATCH", "CALLS"]}
    signed_in = httpx.Response(200, json=me, headers={"set-cookie": "anlan_session=one"})
    again = httpx.Response(200, json=me, headers={"set-cookie": "anlan_session=two"})
    server = Server(
        signed_in, httpx.Response(200, json=[]), problem(401, "unauthenticated"), again,
        httpx.Response(200, json=[]),
    )  # fmt: skip
    session = Session(server.link(), "dispatcher", "secret")
    session.get("units")
    session.get("units")
    paths = [request.url.path.removeprefix("/api/v1/") for request in server.asked]
    assert paths == ["session", "units", "units", "session", "units"]
    assert json.loads(server.asked[0].content) == {"username": "dispatcher", "password": "secret"}
    cookies = [request.headers.get("cookie") for request in server.asked]
    assert cookies == [None, *["anlan_session=one"] * 3, "anlan_session=two"]
    purposes = [request.headers.get("anlan-purpose") for request in server.asked]
    assert purposes == [None, *["DISPATCH"] * 4]


def test_sessions_on_one_link_keep_their_cookies_apart() -> None:
    server = Server(
        httpx.Response(
            200, json={"purposes": ["CALLS"]}, headers={"set-cookie": "anlan_session=crew"}
        ),
        httpx.Response(200, json=[]),
        httpx.Response(200, json=[]),
    )
    link = server.link()
    Session(link, "crew", "secret").get("units")
    Session(link).get("kinds")
    assert [request.headers.get("cookie") for request in server.asked[1:]] == [
        "anlan_session=crew",
        None,
    ]
