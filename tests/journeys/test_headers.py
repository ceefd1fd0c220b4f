"""What every address answers with: the security headers, and pages without inline script or style.

The addresses are those of the server itself, so that a new one is asked too.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.contract.description import operations
from tests.contract.malformed import UNKNOWN_ID
from tests.live import LiveServer

from anlan.project.headers import HEADERS

pytestmark = pytest.mark.journey
WARNING = "W-00000-00000.1"
OTHER_PARTS = (
    "/stream", "/city/", "/city/0123456789abcdef/tiles/1/1/1.mvt", "/nowhere", "/assets/none.js",
    "/public-assets/none.css", "/anlan.webmanifest", "/sw.js", "/api/v1/openapi.json",
    "/console/../secrets.json", "/.git/config",
)  # fmt: skip
HANDLER = re.compile(r"on[a-z]+")
FILLED = {
    "[^/]{1,64}": "R-00000-00000",
    "(?:/.*)?": "/cases",
    ".*?": "elsewhere",
    "(?:v2/)?": "v2/",
    r"W-\w{5}-\w{5}\.\d{1,3}": WARNING,
    "xml|json": "xml",
    "csv|xml|json": "csv",
}


class Inline(HTMLParser):
    """Notes everything in a page that would run or paint without a file of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element's own attributes."""
        given = dict(attrs)
        self._within = tag
        if tag == "script":
            self.scripts += 1
            if not given.get("src"):
                self.found.append("script without a file")
        if tag == "style" or "style" in given:
            self.found.append(f"style in {tag}")
        self.found += [f"{name} of {tag}" for name in given if HANDLER.fullmatch(name)]
        for name in ("href", "src", "action", "formaction"):
            if (given.get(name) or "").strip().lower().startswith(("javascript:", "data:text")):
                self.found.append(f"{name} of {tag}")

    def handle_endtag(self, tag: str) -> None:
        """Forget the element."""
        self._within = ""

    def handle_data(self, data: str) -> None:
        """Note what stands inside a script."""
        if self._within == "script" and data.strip():
            self.found.append("words in a script")


def filled(pattern: str) -> str:
    """Return an address that a pattern of the server takes."""
    address = re.sub(r"<(?:\w+:)?(\w+)>", "R-00000-00000", pattern) if "(?P" not in pattern else ""
    if not address or pattern.startswith("^"):
        address = pattern.removeprefix("^").removesuffix("$")
        for name in re.findall(r"\(\?P<(\w+)>", address):
            address = address.replace(f"(?P<{name}>", "(")
        for shape, value in sorted(FILLED.items(), key=lambda one: -len(one[0])):
            address = address.replace(f"({shape})", value).replace(shape, value)
        address = re.sub(r"\(\?:\\\.\(?[\w|]+\)?\)\?", ".xml", address)
    return address.replace("\\.", ".").replace("\\", "")


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Yield an address for every pattern of the server outside the API."""
    for one in (resolver or get_resolver()).url_patterns:
        own = str(one.pattern).removeprefix("^") if prefix else str(one.pattern)
        if isinstance(one, URLResolver):
            if not own.startswith("api/"):
                yield from addresses(one, prefix + own)
        elif isinstance(one, URLPattern):
            yield f"/{filled(prefix + own)}"


def api_addresses() -> Iterator[str]:
    """Yield an address for every reading operation of the API."""
    for operation in operations().values():
        if not operation.writes:
            path = operation.path.replace("{number}", "R-00000-00000")
            yield re.sub(r"\{\w+\}", UNKNOWN_ID, path)


def lacking(reply: httpx.Response) -> list[str]:
    """Return what is missing or wrong in a reply."""
    wrong = [name for name, value in HEADERS.items() if reply.headers.get(name) != value]
    if reply.url.path.startswith("/open311/"):
        wrong = [name for name in wrong if name != "Cross-Origin-Resource-Policy"]  # public
    if reply.content and "Content-Type" not in reply.headers:
        wrong.append("Content-Type")
    kind = reply.headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.replace('"', ""):
        wrong.append("charset")
    if kind.startswith("text/html"):
        page = Inline()
        page.feed(reply.text)
        wrong += page.found
    return wrong


def test_the_addresses_are_those_of_the_server() -> None:
    found = set(addresses())
    assert {"/report", "/follow/R-00000-00000/words", "/console/cases", "/metrics"} <= found
    assert {"/open311/v2/requests.xml", f"/warnings/{WARNING}.cap", "/warnings.atom"} <= found
    assert not [one for one in found if set("()<>?^$|\\") & set(one)]


@pytest.mark.parametrize("username", [None, "supervisor"])
def test_every_reply_has_the_headers_and_no_page_runs_what_stands_in_it(
    live: LiveServer, username: str | None
) -> None:
    wrong = {}
    asked = [*addresses(), *api_addresses(), *OTHER_PARTS]
    with live.client(username) as client:
        for address in asked:
            if address == "/stream" and username:
                continue  # it would stay open
            reply = client.get(address)
            assert reply.status_code < 500, address
            if faults := lacking(reply):
                wrong[address] = faults
    assert wrong == {}


@pytest.mark.parametrize(
    "address",
    [
        "/.git/config", "/.env", "/secrets.json", "/pg.secret", "/assets/", "/assets/../sw.js.map",
        "/public-assets/", "/public-assets/..%2f..%2furls.py", "/static/", "/admin/", "/docs",
    ],
)  # fmt: skip
def test_nothing_beside_the_product_is_served(live: LiveServer, address: str) -> None:
    with live.client() as visitor:
        assert visitor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("POST", "/api/v1/reports", 422), ("DELETE", "/api/v1/units", 405), ("TRACE", "/", 405),
        ("POST", "/report", 403), ("OPTIONS", "/api/v1/units", 405), ("PUT", "/stream", 401),
    ],
)  # fmt: skip
def test_refusals_have_the_headers_too(
    live: LiveServer, method: str, address: str, status: int
) -> None:
    with live.client() as visitor:
        reply = visitor.request(method, address)
    assert (reply.status_code, lacking(reply)) == (status, [])


def test_what_is_refused_before_it_is_read_has_the_headers_too(live: LiveServer) -> None:
    with live.client() as visitor:
        for accepted in ("text/html", "application/json"):
            reply = visitor.post("/report", content=bytes(7 << 20), headers={"Accept": accepted})
            assert (reply.status_code, lacking(reply)) == (413, [])


def test_a_page_may_not_be_shown_within_another(live: LiveServer) -> None:
    with live.client() as visitor:
        policy = visitor.get("/report").headers["Content-Security-Policy"].split("; ")
    assert {"frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} <= set(policy)
    assert not [one for one in policy if "unsafe" in one or "*" in one or "http" in one]


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(live: LiveServer) -> None:
    with live.client() as visitor:
        named = {"username": "supervisor", "password": live.password}
        replies = [visitor.post("/api/v1/session", json=named), visitor.get("/report?lang=en")]
    written = [one for reply in replies for one in reply.headers.get_list("set-cookie")]
    assert {one.partition("=")[0] for one in written} == {
        "anlan_session", "anlan_form", "anlan_language", "anlan_known",
    }  # fmt: skip
    for one in written:
        flags = {flag.strip().lower() for flag in one.split(";")[1:]}
        assert "httponly" in flags, one
        assert {"samesite=lax", "samesite=strict"} & flags, one
        assert not {flag for flag in flags if flag.startswith("domain")}


@pytest.mark.parametrize("coding", ["br", "gzip", None])
def test_scripts_of_the_console_go_out_as_the_browser_can_read_them(
    live: LiveServer, coding: str | None
) -> None:
    with live.client() as visitor:
        script = re.search(r'src="(/assets/[^"]+\.js)"', visitor.get("/console/").text)
        assert script is not None
        reply = visitor.get(script[1], headers={"Accept-Encoding": coding or "identity"})
    assert reply.status_code == 200
    assert reply.headers.get("Content-Encoding") == coding
    assert "Accept-Encoding" in reply.headers["Vary"]
