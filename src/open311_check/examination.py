"""One server under examination: what was asked of it, and what it answered."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import quote

import httpx

from open311_check.outcomes import NotApplicableError, NotKeptError, require
from open311_check.reading import Record, from_json, from_xml, shown, text, unnamed

BODY_LIMIT_BYTES = 16 * 1024 * 1024
TIMEOUT_S = 30.0
WINDOW = timedelta(days=90)
WINDOWS_LIMIT = 8  # how many spans of 90 days back a request is looked for
KEY_SHOWN = "…"
JSON, XML = "json", "xml"
_KEY = re.compile(r"(api_key=)[^&]*")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, and to what."""

    asked: str
    format: str
    status: int
    content_type: str
    body: bytes

    def records(self, outer: str, inner: str) -> list[Record]:
        """Return the records of a list: `<outer><inner>…` in XML, an array of objects in JSON.

        Raises `NotKeptError` for another status than 200 or another form.
        """
        require(self.status == 200, f"{self.asked} answered {self.status}")
        return self.listed(outer, inner)

    def listed(self, outer: str, inner: str) -> list[Record]:
        """Return the records of a list, whatever the status."""
        if self.format == JSON:
            found = from_json(self.body)
            require(isinstance(found, list), f"{self.asked}: the JSON is no array")
            values = list(found)
        else:
            named = from_xml(self.body, outer)
            wrong = sorted({name for name, _ in named if name != inner})
            require(not wrong, f"{self.asked}: <{outer}> holds {wrong}, not <{inner}> alone")
            values = [unnamed(value) for _, value in named]
        flat = [value for value in values if not isinstance(value, dict)]
        require(not flat, f"{self.asked}: a <{inner}> holds no fields: {shown(flat)}")
        return values

    def record(self, root: str) -> Record:
        """Return the one record of a reply whose root is no list."""
        require(self.status == 200, f"{self.asked} answered {self.status}")
        content = (
            from_json(self.body) if self.format == JSON else unnamed(from_xml(self.body, root))
        )
        require(isinstance(content, dict), f"{self.asked}: no fields")
        found: Record = content
        return found


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever runs the examination says about the server.

    `endpoint` is the address below which `services.xml` stands; `place` is longitude and latitude
    within the city, for requests that are written.
    """

    endpoint: str
    jurisdiction: str = ""
    key: str = ""
    writes: bool = False
    discovery: str = ""
    bulk: str = ""
    place: tuple[float, float] | None = None


class Examination:
    """Asks a server and remembers: the same reading is asked once; each writing is sent."""

    def __init__(self, given: Given, client: httpx.Client, at: datetime) -> None:
        self.given, self.at = given, at
        self.asked: list[str] = []
        self._client = client
        self._read: dict[str, Reply] = {}

    def get(self, path: str, format: str = XML, **query: str) -> Reply:
        """Ask for a resource of the endpoint in a format; the jurisdiction is added."""
        named = {"jurisdiction_id": self.given.jurisdiction} | query
        return self.fetch(f"{self.given.endpoint}/{path}.{format}", format, named)

    def fetch(self, url: str, format: str, query: Mapping[str, str] | None = None) -> Reply:
        """Ask for an address; what is asked twice is fetched once."""
        asked = dict(query or {})
        if not asked.get("jurisdiction_id"):
            asked.pop("jurisdiction_id", None)
        request = self._client.build_request("GET", url, params=asked or None)
        address = str(request.url)
        if address not in self._read:
            self._read[address] = self._sent(request, format)
        reply = self._read[address]
        self._note(reply)
        return reply

    def post(self, path: str, form: Mapping[str, str], format: str = XML, *, key: str) -> Reply:
        """Send a form, as the specification has it; without a key if that is empty."""
        fields = {"jurisdiction_id": self.given.jurisdiction, "api_key": key}
        body = {name: value for name, value in fields.items() if value} | dict(form)
        request = self._client.build_request(
            "POST",
            f"{self.given.endpoint}/{path}.{format}",
            data=body,
            headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
        )
        reply = self._sent(request, format)
        self._note(reply)
        return reply

    def _note(self, reply: Reply) -> None:
        line = f"{reply.asked} → {reply.status} {reply.content_type}".rstrip()
        if line not in self.asked:
            self.asked.append(line)

    def _sent(self, request: httpx.Request, format: str) -> Reply:
        body = b""
        line = f"{request.method} {request.url}"
        if request.method == "POST":
            line += f" {request.content.decode()}"
        asked = _KEY.sub(rf"\g<1>{KEY_SHOWN}", line)
        try:
            reply = self._client.send(request, stream=True)
            try:
                for part in reply.iter_bytes():
                    body += part
                    require(
                        len(body) <= BODY_LIMIT_BYTES, f"{asked}: over {BODY_LIMIT_BYTES} bytes"
                    )
            finally:
                reply.close()
        except httpx.HTTPError as error:
            self.asked.append(asked)
            raise NotKeptError(
                seen=f"{asked}: no answer ({shown(error) or type(error).__name__})"
            ) from error
        return Reply(asked, format, reply.status_code, reply.headers.get("content-type", ""), body)

    @cached_property
    def formats(self) -> tuple[str, ...]:
        """The formats that the server offers: XML always, JSON if it answers in it."""
        reply = self.get("services", JSON)
        offered = reply.status == 200 and "json" in reply.content_type.lower()
        return (XML, JSON) if offered else (XML,)

    def each(self, path: str, **query: str) -> Iterator[Reply]:
        """Ask for a resource in every format that the server offers."""
        for format in self.formats:
            yield self.get(path, format, **query)

    def json_reply(self, path: str, **query: str) -> Reply:
        """Ask for a resource in JSON; raise `NotApplicableError` where the server has none."""
        if JSON not in self.formats:
            raise NotApplicableError(seen="the server does not answer in JSON")
        return self.get(path, JSON, **query)

    def services(self) -> list[Record]:
        """Return the services on offer."""
        found = self.get("services").records("services", "service")
        if not found:
            raise NotApplicableError(seen="the server offers no service")
        return found

    def requests(self) -> list[Record]:
        """Return requests to look at: the latest, or those of the last span that has any."""
        for span in self._spans():
            found = self.get("requests", **span).records("service_requests", "request")
            if found:
                return found
        raise NotApplicableError(seen=f"no request in {WINDOWS_LIMIT} spans of 90 days")

    def requests_query(self) -> dict[str, str]:
        """Return the query that finds the requests to look at."""
        for span in self._spans():
            if self.get("requests", **span).records("service_requests", "request"):
                return span
        raise NotApplicableError(seen=f"no request in {WINDOWS_LIMIT} spans of 90 days")

    def _spans(self) -> Iterator[dict[str, str]]:
        yield {}
        end = self.at - WINDOW
        for _ in range(WINDOWS_LIMIT - 1):
            yield {"start_date": written(end - WINDOW), "end_date": written(end)}
            end -= WINDOW

    def one_request(self, request_id: str) -> Reply:
        """Ask for one request by its id."""
        return self.get(f"requests/{quote(request_id, safe='')}")

    def definitions(self) -> list[tuple[str, Reply]]:
        """Return the code and the definition of services that have one, at most 20."""
        codes = [
            text(service.get("service_code"))
            for service in self.services()
            if text(service.get("metadata")) == "true"
        ]
        if not codes:
            raise NotApplicableError(seen="no service has further fields (metadata is false)")
        return [(code, self.get(f"services/{quote(code, safe='')}")) for code in codes[:20]]

    def attributes(self) -> list[tuple[str, Record]]:
        """Return every attribute of the definitions, with the code of its service."""
        found: list[tuple[str, Record]] = []
        for code, reply in self.definitions():
            named: Any = reply.record("service_definition").get("attributes") or []
            require(isinstance(named, list), f"{code}: <attributes> is no list")
            found += [(code, value) for value in named if isinstance(value, dict)]
        return found


def written(at: datetime) -> str:
    """Return a moment as the specification has it, in UTC to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
