"""Secrets and personal words are planted everywhere, and looked for where none may come out.

Each goes through the API in a request that succeeds and in several that fail. Then the logs of the
server, the worker and the database, the bodies of errors, the figures for collectors and the
arguments and the environments of all processes are read: in none of them may one stand.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psutil
import pytest
from PIL import Image
from tests.live import LiveServer

pytestmark = pytest.mark.journey
PASSWORD = "canary-password-q7Vd2"
KEY = "canary-key-Zk81xPw"
TOKEN = "canary-token-m3Rt9"
TELEPHONE = "+358 40 7654 320"
NAME = "Kanarialintu Q7"
WORDS = "canary words 9fK2: the key is under the mat"
SECRET_MIN_CHARACTERS = 16
PLANTED = (PASSWORD, KEY, TOKEN, TELEPHONE, NAME, WORDS)
PLACE = {"lon": 24.9425, "lat": 60.1690}
REPORT = {"kind": "PAVEMENT_DAMAGE", "text": WORDS, "place_text": WORDS, **PLACE}
JSON = {"Content-Type": "application/json"}
CONTACT = {"name": NAME, "telephone": TELEPHONE}


@dataclass
class Told:
    """What the server said while the words were planted."""

    errors: list[tuple[str, bytes]] = field(default_factory=list)
    taken: int = 0

    def keep(self, reply: httpx.Response) -> None:
        """Keep what a refusal said, headers included."""
        if reply.status_code < 400:
            self.taken += 1
            return
        head = " ".join(f"{name}: {value}" for name, value in reply.headers.items())
        where = f"{reply.status_code} to request {len(self.errors)}"
        self.errors.append((where, head.encode() + reply.content))


def bodies() -> Iterator[bytes]:
    """Yield bodies with every word in them, each broken in another way."""
    whole = REPORT | {"channel": "PHONE", "contact": CONTACT}
    yield json.dumps(whole).encode()[:-1]
    yield json.dumps([whole]).encode()
    for broken in (
        {"kind": WORDS},
        {"lon": TELEPHONE},
        {"contact": TELEPHONE},
        {"contact": CONTACT | {"telephone": f"{TELEPHONE} {NAME}"}},
        {"contact": CONTACT | {WORDS: KEY}},
        {"text": WORDS + "\x00"},
        {"text": WORDS * 500},
        {"lat": 10.0},
        {"attach_to": TOKEN},
        {KEY: NAME},
    ):
        yield json.dumps(whole | broken).encode()


def plant(live: LiveServer, told: Told) -> None:
    """Send the words where people and systems send them, rightly and wrongly."""
    with live.client("calltaker") as taker, live.client() as visitor:
        taken = taker.post(
            "/api/v1/reports", json=REPORT | {"channel": "PHONE", "contact": CONTACT}
        )
        assert taken.status_code == 201, taken.text
        told.keep(taken)
        for client in (taker, visitor):
            path = "/api/v1/reports" if client is taker else "/api/v1/public/reports"
            for raw in bodies():
                told.keep(client.post(path, content=raw, headers=JSON))
        views = f"/api/v1/reports/{taken.json()['id']}/contact-views"
        told.keep(taker.post(views, json={"purpose": [WORDS]}))
        _sign_in(visitor, told)
        _ask(visitor, told)
        _upload(taker, told)


def _sign_in(visitor: httpx.Client, told: Told) -> None:
    for username in (NAME, "nobody"):  # a real one would have to wait afterwards
        for password in (PASSWORD, [PASSWORD]):
            named = {"username": username, "password": password}
            told.keep(visitor.post("/api/v1/session", json=named))
    told.keep(visitor.post("/api/v1/session", content=f'{{"password": "{PASSWORD}'.encode()))
    for cookie in (TOKEN, f"{TOKEN}:{KEY}:x"):
        for path in ("/api/v1/units", "/stream"):
            told.keep(visitor.get(path, headers={"Cookie": f"anlan_session={cookie}"}))
            told.keep(visitor.get(path, headers={"Authorization": f"Bearer {cookie}"}))


def _ask(visitor: httpx.Client, told: Told) -> None:
    for word in (KEY, TOKEN, WORDS, TELEPHONE):
        spelled, open311 = quote(word, safe=""), "/open311/v2/requests"
        told.keep(visitor.get(f"/api/v1/{spelled}"))
        told.keep(visitor.get(f"/api/v1/public/reports/{spelled}"))
        told.keep(visitor.get("/api/v1/kinds/none", params={"key": word}))
        told.keep(visitor.get(f"{open311}.json", params={"start_date": word}))
        told.keep(visitor.get(f"{open311}/{spelled}.xml", params={"api_key": word}))
        told.keep(visitor.post(f"{open311}.json", data={"api_key": KEY, "description": word}))
        told.keep(visitor.post(f"/api/v1/signed/webhooks/{spelled}", content=word.encode()))
        told.keep(visitor.post("/report", data={"text": word, "csrfmiddlewaretoken": TOKEN}))
        told.keep(visitor.get(f"/city/{spelled}/tiles/1/1/1.mvt"))
        key = {"Idempotency-Key": KEY}
        told.keep(visitor.put("/api/v1/units", content=word.encode(), headers=key))


def _upload(taker: httpx.Client, told: Told) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    for content in (WORDS.encode(), file.getvalue()[:-20] + WORDS.encode()):
        files = {"photo": (f"{NAME}.png", content, "image/png")}
        told.keep(taker.post("/api/v1/cases/none/photos", files=files, data={WORDS: KEY}))
    huge = WORDS.encode() * (8 * 1024 * 1024 // len(WORDS))
    told.keep(taker.post("/api/v1/reports", content=huge))


def own_secrets(home: Path) -> list[str]:
    """Return the installation's own keys and passwords, from the files that hold them."""
    files = [*home.glob("*secret*"), *home.glob("contact_keys.json")]
    assert {"secrets.json", "pg.secret", "contact_keys.json"} <= {file.name for file in files}
    return [one for file in files for one in texts_in(json.loads(file.read_text()))]


def texts_in(content: Any) -> Iterator[str]:
    """Yield the texts within a JSON value that are long enough to be a secret."""
    if isinstance(content, dict):
        for inside in content.values():
            yield from texts_in(inside)
    elif len(str(content)) >= SECRET_MIN_CHARACTERS:
        yield str(content)


def written(live: LiveServer) -> Iterator[tuple[str, bytes]]:
    """Yield everything that an installation writes or shows beside its answers."""
    yield "log of the installation", live.log.read_bytes()
    for file in live.home.rglob("*log*"):
        if file.is_file() and "pg_wal" not in file.parts and "base" not in file.parts:
            yield f"log {file.name}", file.read_bytes()
    yield "metrics", httpx.get(f"{live.url}/metrics").content
    for process in live.processes(""):
        yield f"arguments of {process.pid}", "\0".join(process.cmdline()).encode()


def in_any_spelling(word: str) -> list[bytes]:
    """Return a word as it is, quoted for an address, escaped for JSON, and without its spaces."""
    spelled = {
        word,
        quote(word),
        quote(word, safe=""),
        json.dumps(word)[1:-1],
        word.replace(" ", ""),
    }
    return [one.encode() for one in spelled]


def test_nothing_that_is_secret_or_somebodys_comes_out(live: LiveServer) -> None:
    told = Told()
    plant(live, told)
    with live.client("dispatcher") as signed_in:
        cookies = [str(value) for value in signed_in.cookies.values()]
    secrets = own_secrets(live.home)
    assert (len(told.errors) >= 60, told.taken >= 1, len(secrets) >= 4, len(cookies) >= 1) == (
        True, True, True, True,
    )  # fmt: skip
    words = [*PLANTED, *secrets, *cookies, live.password]
    places = [*told.errors, *written(live)]
    assert {"log of the installation", "metrics"} <= {place for place, _ in places}
    found = [
        f"{where}: {word[:8]}"
        for where, content in places
        for word in words
        if any(spelled in content for spelled in in_any_spelling(word))
    ]
    assert found == []


def test_the_search_would_find_one(tmp_path: Path) -> None:
    """Otherwise the test above could pass by looking nowhere."""
    for content in (f"x {TELEPHONE}", f"/{quote(WORDS)}", TELEPHONE.replace(" ", ""), KEY):
        assert any(one in content.encode() for word in PLANTED for one in in_any_spelling(word))


def test_no_process_has_a_secret_in_its_environment(live: LiveServer) -> None:
    secrets = [*own_secrets(live.home), live.password]
    held = []
    for process in live.processes(""):
        try:
            environment = json.dumps(process.environ())
        except psutil.AccessDenied:
            continue  # the database's own account
        held += [f"{process.pid}" for secret in secrets if secret in environment]
    assert held == []
