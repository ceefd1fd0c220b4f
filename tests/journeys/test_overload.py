"""More is asked at once than can be done: emergencies get in, the rest is told to come again."""

import asyncio
from collections import Counter
from uuid import uuid4

import httpx
import pytest
from tests.live import ANSWER_LIMIT_S, LiveServer

from anlan.project.door import FIGURES, LISTS, lane_of

pytestmark = pytest.mark.journey

FIRE = {"channel": "PHONE", "kind": "FIRE_STRUCTURE", "lon": 24.942, "lat": 60.1712}
CALLS, READS = 60, 150
Reply = tuple[str, httpx.Response]


def test_emergencies_get_in_while_figures_and_lists_are_turned_away(live: LiveServer) -> None:
    replies = asyncio.run(_flood(live))
    taken = [reply for path, reply in replies if path == "/api/v1/reports"]
    assert Counter(reply.status_code for reply in taken) == {201: CALLS}
    assert len({reply.json()["number"] for reply in taken}) == CALLS
    _call_off(live, [reply.json()["incident_id"] for reply in taken])
    refused = [(path, reply) for path, reply in replies if reply.status_code != 201]
    assert {reply.status_code for _, reply in refused} == {200, 503}
    shed = [(path, reply) for path, reply in refused if reply.status_code == 503]
    assert {lane_of("GET", path) for path, _ in shed} == {FIGURES, LISTS}
    for path, reply in shed:
        lane = lane_of("GET", path)
        assert lane is not None
        assert reply.json()["code"] == "overloaded"
        assert reply.headers["retry-after"] == str(lane.retry_after_s)


def _call_off(live: LiveServer, incident_ids: list[str]) -> None:
    """Leave no incident to the journeys after this one."""
    with live.client("dispatcher") as dispatcher:
        for incident_id in incident_ids:
            path = f"/api/v1/incidents/{incident_id}/moves/close"
            dispatcher.post(path, json={"disposition": "FALSE_ALARM"}).raise_for_status()


async def _flood(live: LiveServer) -> list[Reply]:
    """Ask for figures and lists by the hundred, and ring sixty times meanwhile, all at once."""
    async with _client(live, "supervisor") as supervisor, _client(live, "calltaker") as taker:
        reads = [
            _get(supervisor, path)
            for _ in range(READS)
            for path in ("/api/v1/wall", "/api/v1/items")
        ]
        rings = [_post(taker, "/api/v1/reports") for _ in range(CALLS)]
        return list(await asyncio.gather(*reads, *rings))


def _client(live: LiveServer, username: str) -> httpx.AsyncClient:
    with live.client(username) as signed_in:
        cookies = dict(signed_in.cookies)
    limits = httpx.Limits(max_connections=None)
    return httpx.AsyncClient(
        base_url=live.url, cookies=cookies, limits=limits, timeout=4 * ANSWER_LIMIT_S
    )


async def _get(client: httpx.AsyncClient, path: str) -> Reply:
    return path, await client.get(path)


async def _post(client: httpx.AsyncClient, path: str) -> Reply:
    headers = {"Idempotency-Key": str(uuid4())}
    return path, await client.post(path, json=FIRE, headers=headers)
