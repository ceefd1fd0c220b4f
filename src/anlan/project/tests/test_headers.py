"""Behind TLS: browsers stay with it, and no other host can set or read a cookie."""

import asyncio
import os
import subprocess
import sys
from typing import Any

from anlan.project.headers import SecureEntrance

NAMES = "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "KNOWN_COOKIE_NAME"
FLAGS = "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"
PROGRAM = f"""
import os
os.environ["ANLAN_HTTPS"] = "1"
from anlan.project import settings
print(*(getattr(settings, name) for name in {(*NAMES, *FLAGS)!r}))
"""


def answered(own: list[tuple[bytes, bytes]]) -> tuple[dict[bytes, bytes], str]:
    """Return the headers with which a part that sets `own` answers, and the scheme it saw."""
    sent: list[Any] = []
    seen: list[str] = []

    async def part(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["scheme"])
        await send({"type": "http.response.start", "status": 200, "headers": own})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "scheme": "http", "path": "/", "headers": []}
    asyncio.run(SecureEntrance(part)(scope, None, send))  # type: ignore[arg-type]
    assert [one["type"] for one in sent] == ["http.response.start", "http.response.body"]
    names = [name for name, _ in sent[0]["headers"]]
    assert len(names) == len(set(names))
    return dict(sent[0]["headers"]), seen[0]


def test_without_tls_nothing_is_said_of_it() -> None:
    found, scheme = answered([])
    assert (b"strict-transport-security" in found, scheme) == (False, "http")


def test_behind_tls_browsers_stay_with_it(settings: Any) -> None:
    settings.HTTPS = True
    found, scheme = answered([])
    assert found[b"strict-transport-security"] == b"max-age=63072000; includeSubDomains"
    assert scheme == "https"


def test_what_a_part_says_itself_stays() -> None:
    found, _ = answered([(b"referrer-policy", b"no-referrer")])
    assert found[b"referrer-policy"] == b"no-referrer"
    assert found[b"x-content-type-options"] == b"nosniff"


def test_behind_tls_every_cookie_is_for_this_host_and_for_tls_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=dict(os.environ), capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.split() == [
        "__Host-anlan_session", "__Host-anlan_form", "__Host-anlan_language", "__Host-anlan_known",
        "True", "True",
    ]  # fmt: skip
