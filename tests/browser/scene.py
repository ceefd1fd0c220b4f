"""What a few people do by hand on the demonstration's day, so that there is something to see."""

from datetime import UTC, datetime
from typing import Any

import httpx
from tests.live import signed_in

from anlan.kernel.clock import DrivenClock

CRASH_PLACE = {"lon": 24.9440, "lat": 60.1702, "place_text": "Vilhonkatu 7"}
FIRE_PLACE = {"lon": 24.9425, "lat": 60.1690, "place_text": "Mannerheimintie 3"}
ILL_PLACE = {"lon": 24.9468, "lat": 60.1648, "place_text": "Liisankatu 20"}
FIRE_ANSWERS = [{"question": "INSIDE", "answer": "YES"}, {"question": "FLOOR", "answer": 3}]
TEXTS = {
    "en": {
        "fire": "Smoke from a window on the third floor, somebody is at the window.",
        "more": "Two children are on the fourth floor.",
        "crash": "A car against a tram, somebody bleeds.",
        "ill": "Pain in the chest, cold sweat, awake.",
        "help": "Water pressure for two hydrants, please.",
    },
    "zh-CN": {
        "fire": "三楼窗口冒烟，窗边有人。",
        "more": "四楼还有两个孩子。",
        "crash": "小汽车撞上有轨电车，有人流血。",
        "ill": "胸口疼，出冷汗，意识清醒。",
        "help": "请保证两个消火栓的水压。",
    },
}  # fmt: skip


class Scene:
    """People acting on a running demonstration whose clock stands; each act moves it a little.

    Attributes
    ----------
    fire, ill : str
        Ids of the incidents that were made: one with units sent, one that waits.
    """

    def __init__(self, address: str, password: str, clock: DrivenClock, language: str) -> None:
        """Sign everybody in who acts, and act."""
        self._clock = clock
        self._texts = TEXTS[language]

        def sign_in(username: str) -> httpx.Client:
            return signed_in(address, username, password, language)

        taker, desk = sign_in("calltaker"), sign_in("dispatcher")
        self.fire = self._call(taker, "FIRE_STRUCTURE", "fire", FIRE_PLACE)
        job = self._send(desk)
        self._set_out(sign_in(f"crew-{job['call_sign'].lower()}"), job)
        self._add_words(taker)
        self._ask_water(desk, sign_in("agency-water"))
        self.ill = self._call(taker, "MEDICAL_CHEST_BREATH", "ill", ILL_PLACE)
        self._call(taker, "TRAFFIC_INJURY", "crash", CRASH_PLACE)
        self.wait(4)
        self._tell_positions(desk, sign_in("gateway"))
        self.wait(8)

    def wait(self, seconds: float) -> None:
        """Move the clock on."""
        self._clock.set(self._clock.read() + seconds)

    @property
    def at(self) -> datetime:
        """The demonstration's time."""
        return datetime.fromtimestamp(self._clock.read(), UTC)

    def _call(self, taker: httpx.Client, kind: str, text: str, place: dict[str, Any]) -> str:
        self.wait(8)
        body = {"channel": "PHONE", "kind": kind, "text": self._texts[text]} | place
        if kind == "FIRE_STRUCTURE":
            body["answers"] = FIRE_ANSWERS
        return str(done(taker.post("/api/v1/reports", json=body))["incident_id"])

    def _send(self, desk: httpx.Client) -> dict[str, Any]:
        self.wait(11)
        path = f"/api/v1/incidents/{self.fire}"
        asked = done(desk.post(f"{path}/recommendations", json={}))
        best = [place["unit_id"] for place in asked["requirements"] if place["unit_id"]]
        body = {"unit_ids": best, "recommendation_id": asked["id"]}
        sent = done(desk.post(f"{path}/assignments", json=body))
        return dict(sent[0])

    def _set_out(self, crew: httpx.Client, job: dict[str, Any]) -> None:
        self.wait(20)
        done(crew.post(f"/api/v1/assignments/{job['id']}/moves/en_route", json={}))

    def _add_words(self, taker: httpx.Client) -> None:
        self.wait(9)
        (report,) = done(taker.get(f"/api/v1/incidents/{self.fire}/reports"))
        words = {"text": self._texts["more"], "direction": "FROM_REPORTER"}
        done(taker.post(f"/api/v1/reports/{report['id']}/updates", json=words))

    def _ask_water(self, desk: httpx.Client, water: httpx.Client) -> None:
        agencies = {row["code"]: row["id"] for row in done(desk.get("/api/v1/agencies"))}
        path = f"/api/v1/incidents/{self.fire}"
        for code, capability in (("WATER_WORKS", "UTILITY_CREW"), ("POWER_GRID", "UTILITY_CREW")):
            body = {"agency_id": agencies[code], "capabilities": [capability]}
            note = {"note": self._texts["help"]} if code == "WATER_WORKS" else {}
            done(desk.post(f"{path}/help-requests", json=body | note))
        self.wait(25)
        requests = done(water.get("/api/v1/help-requests"))["items"]
        asked = next(row for row in requests if row["incident_id"] == self.fire)
        done(water.post(f"/api/v1/help-requests/{asked['id']}/moves/accept", json={}))

    def _tell_positions(self, desk: httpx.Client, gateway: httpx.Client) -> None:
        """Let every unit that was seen say again where it is: the day stood still meanwhile."""
        fixes = [
            {"unit_id": unit["id"], "lon": unit["lon"], "lat": unit["lat"]}
            for unit in done(desk.get("/api/v1/units"))
            if unit["lon"] is not None
        ]
        told = [fix | {"at": self.at.isoformat()} for fix in fixes]
        done(gateway.post("/api/v1/unit-positions", json={"positions": told}))


def done(reply: httpx.Response) -> Any:
    """Return what an act that must succeed answered."""
    assert reply.is_success, reply.text
    return reply.json()
