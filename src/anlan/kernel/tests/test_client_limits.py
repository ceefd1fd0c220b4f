"""Allowances of clients: what one may ask at once, how it fills again, who is forgotten."""

import asyncio
from typing import Any

import orjson
import pytest

from anlan.kernel.client_limits import Allowance, ClientLimits, Spent

FEW = Allowance("few", at_once=3, per_s=0.5)


def test_so_many_may_be_asked_at_once_and_then_so_many_a_second():
    spent = Spent(FEW)
    assert [spent.take("a", 10.0) for _ in range(4)] == [0, 0, 0, 2.0]
    assert spent.take("a", 11.0) == 1.0
    assert spent.take("a", 12.0) == 0
    assert spent.take("a", 12.0) == 2.0


def test_refused_requests_take_nothing():
    spent = Spent(FEW)
    for _ in range(3):
        spent.take("a", 0.0)
    assert [spent.take("a", 1.0) for _ in range(50)] == [1.0] * 50
    assert spent.take("a", 2.0) == 0


def test_allowance_never_grows_beyond_its_measure():
    spent = Spent(FEW)
    spent.take("a", 0.0)
    assert [spent.take("a", 1e6) for _ in range(4)] == [0, 0, 0, 2.0]


def test_each_client_has_its_own():
    spent = Spent(FEW)
    assert [spent.take("a", 0.0) for _ in range(4)][-1] == 2.0
    assert spent.take("b", 0.0) == 0


def test_whoever_was_longest_away_is_forgotten():
    spent = Spent(FEW, clients_limit=2)
    for client in ("a", "b", "a", "c"):
        spent.take(client, 0.0)
    assert sorted(spent._left) == ["a", "c"]


@pytest.mark.parametrize(("language", "said"), [("en", "more often"), ("zh-CN", "过于频繁")])
def test_request_beyond_the_allowance_is_told_when_to_come_again(language: str, said: str):
    served: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        served.append(scope["path"])

    limits = ClientLimits(application, [FEW], lambda scope: [(FEW, "a")])
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def ask() -> None:
        headers = [(b"accept-language", language.encode())]
        for number in range(4):
            scope = {"type": "http", "method": "GET", "path": f"/{number}", "headers": headers}
            await limits(scope, None, send)

    asyncio.run(ask())
    assert served == ["/0", "/1", "/2"]
    start, body = sent
    assert start["status"] == 429
    assert dict(start["headers"])[b"retry-after"] == b"2"
    problem = orjson.loads(body["body"])
    assert (problem["code"], problem["facts"]) == ("too_many_requests", {"retry_after_s": 2})
    assert said in problem["title"]
