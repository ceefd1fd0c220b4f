"""A small server that keeps every rule, and can be told to break one."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote
from xml.sax.saxutils import escape

import httpx

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENDPOINT = "https://city.example/open311/v2"
CITY, KEY = "city.example", "a-good-key"
BULK = "https://city.example/bulk.csv"
PLACE = (24.94, 60.17)
INNER = {
    "services": "service", "service_requests": "request", "attributes": "attribute",
    "values": "value", "endpoints": "endpoint", "formats": "format", "errors": "error",
    "service_request_updates": "request_update",
}  # fmt: skip
TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
Rows = list[dict[str, Any]]


def w3c(at: datetime) -> str:
    """Return a time with an offset, as the specification shows it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def service(code: str, kind: str, *, metadata: bool = False) -> dict[str, Any]:
    """Return one service."""
    return {
        "service_code": code, "service_name": f"Service {code}", "description": "坑洼",
        "metadata": metadata, "type": kind, "keywords": "one, two", "group": "street",
    }  # fmt: skip


def attribute(code: str, datatype: str, order: int, *, required: bool) -> dict[str, Any]:
    """Return one attribute of a definition."""
    values = [{"key": 1, "name": "One"}, {"key": 2, "name": "Two"}]
    found = {
        "variable": True, "code": code, "datatype": datatype, "required": required,
        "datatype_description": None, "order": order, "description": f"What is {code}?",
    }  # fmt: skip
    return found | ({"values": values} if datatype.endswith("list") else {})


def request_row(number: int, status: str, code: str) -> dict[str, Any]:
    """Return one request, made `number` days ago."""
    made = AT - timedelta(days=number)
    return {
        "service_request_id": f"R{number}", "status": status, "status_notes": None,
        "service_name": f"Service {code}", "service_code": code, "description": None,
        "agency_responsible": "Works", "service_notice": None, "requested_datetime": w3c(made),
        "updated_datetime": w3c(made), "expected_datetime": w3c(made + timedelta(days=3)),
        "address": "Market Square", "address_id": None, "zipcode": "00100",
        "lat": PLACE[1], "long": PLACE[0], "media_url": None,
    }  # fmt: skip


class LittleServer:
    """Answers as the specification says; `drops` names what it leaves undone."""

    def __init__(self) -> None:
        self.services: Rows = [
            service("S1", "realtime"), service("S2", "batch"), service("S3", "blackbox"),
            service("S4", "realtime", metadata=True),
        ]  # fmt: skip
        self.attributes: Rows = [
            attribute("SIZE", "number", 1, required=True),
            attribute("MAKE", "singlevaluelist", 2, required=False),
        ]
        self.requests: Rows = [
            request_row(1, "open", "S1"), request_row(2, "closed", "S4"),
            request_row(80, "open", "S1"), request_row(200, "closed", "S1"),
        ]  # fmt: skip
        self.updates: Rows = [
            {
                "update_id": f"U{n}", "service_request_id": "R1", "status": "open",
                "updated_datetime": w3c(AT - timedelta(days=n)), "description": "on the way",
            }
            for n in (3, 2)
        ]  # fmt: skip
        self.discovery: dict[str, Any] = {
            "changeset": "2026-01-01 00:00", "contact": "write to us", "key_service": "ask us",
            "endpoints": [
                {
                    "specification": "http://wiki.open311.org/GeoReport_v2", "url": ENDPOINT,
                    "changeset": "2026-01-01 00:00", "type": "test",
                    "formats": ["text/xml", "application/json"],
                }
            ],
        }  # fmt: skip
        self.tokens: dict[str, str] = {}
        self.drops: set[str] = set()
        self.definition_code = "S4"
        self.after: Callable[[httpx.Request, httpx.Response], httpx.Response] = lambda _, r: r

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        return self.after(request, self._answer(request))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        address = str(request.url).partition("?")[0]
        if address == BULK:
            return self._bulk()
        stem, _, format = unquote(address).rpartition(".")
        path = stem.removeprefix(f"{ENDPOINT}/")
        told = request.url.query.decode() if request.method == "GET" else request.content.decode()
        query = {name: value for name, value in parse_qsl(told) if value}
        if path == "discovery":
            return self.reply("discovery", self.discovery, format)
        wrong = self._jurisdiction(query, format)
        if wrong is not None:
            return wrong
        if request.method == "POST":
            return self._post(query, format)
        return self._read(path, query, format)

    def _jurisdiction(self, query: dict[str, str], format: str) -> httpx.Response | None:
        told = query.get("jurisdiction_id")
        if told is None and "jurisdiction" not in self.drops:
            return self.error(400, format)
        return self.error(404, format) if told not in {None, CITY} else None

    def _read(self, path: str, query: dict[str, str], format: str) -> httpx.Response:
        first, _, rest = path.partition("/")
        if path == "services":
            return self.reply("services", self.services, format)
        if first == "services" and rest == "S4":
            definition = {"service_code": self.definition_code, "attributes": self.attributes}
            return self.reply("service_definition", definition, format)
        if path == "requests":
            return self._requests(query, format)
        if path == "servicerequestupdates":
            return self._updates(query, format)
        found: Rows = []
        if first == "requests":
            found = [one for one in self.requests if one["service_request_id"] == rest]
        if first == "tokens" and rest in self.tokens:
            found = [{"service_request_id": self.tokens[rest], "token": rest}]
        return self.reply("service_requests", found, format) if found else self.error(404, format)

    def _requests(self, query: dict[str, str], format: str) -> httpx.Response:
        ids = query.get("service_request_id")
        if ids and "ids" not in self.drops:
            found = [one for one in self.requests if one["service_request_id"] in ids.split(",")]
            return self.reply("service_requests", found, format)
        try:
            start, end = self._range(query)
        except ValueError:
            return self.error(400, format)
        found = [
            one for one in self.requests
            if "dates" in self.drops or start <= _made(one) <= end
        ]  # fmt: skip
        for name in ("status", "service_code"):
            if name in query and name not in self.drops:
                found = [one for one in found if one[name] in query[name].split(",")]
        if "page_size" in query:
            size, page = int(query["page_size"]), int(query.get("page", "1"))
            begin = 0 if "page" in self.drops else (page - 1) * size
            found = found[begin : begin + size]
        return self.reply("service_requests", found, format)

    def _range(self, query: dict[str, str]) -> tuple[datetime, datetime]:
        if "bad_date" in self.drops and query.get("start_date") == "yesterday":
            query = {}
        end = datetime.fromisoformat(query["end_date"]) if "end_date" in query else AT
        ninety = end - timedelta(days=90)
        start = datetime.fromisoformat(query["start_date"]) if "start_date" in query else ninety
        if "span" not in self.drops and end - start > timedelta(days=90):
            raise ValueError
        return start, end

    def _updates(self, query: dict[str, str], format: str) -> httpx.Response:
        end = datetime.fromisoformat(query.get("end_date", w3c(AT)))
        found = [
            one for one in self.updates
            if "updates" in self.drops
            or datetime.fromisoformat(one["updated_datetime"]) <= end
        ]  # fmt: skip
        return self.reply("service_request_updates", found, format)

    def _post(self, form: dict[str, str], format: str) -> httpx.Response:
        status = self._refusal(form)
        if status:
            return self.error(status, format)
        code = form["service_code"]
        kind = next(one["type"] for one in self.services if one["service_code"] == code)
        row = request_row(0, "open", code) | {
            "service_request_id": f"N{len(self.requests)}",
            "description": form["description"], "lat": form["lat"], "long": form["long"],
        }  # fmt: skip
        self.requests.append(row | self._kept_of(form))
        token = f"T{len(self.requests)}"
        if kind == "batch":
            self.tokens[token] = row["service_request_id"]
        shown: dict[str, Any] = {"account_id": None, "service_notice": "We will look at it."}
        if kind == "realtime" or "types" in self.drops:
            shown["service_request_id"] = row["service_request_id"]
        if kind == "batch" or "one_of_both" in self.drops:
            shown["token"] = token
        if "post_json" in self.drops:
            format = "xml"
        return self.reply("service_requests", [shown], format)

    def _kept_of(self, form: dict[str, str]) -> dict[str, str]:
        return {"status_notes": form.get("email", "")} if "privacy" in self.drops else {}

    def _refusal(self, form: dict[str, str]) -> int:
        known = {one["service_code"] for one in self.services}
        keys = {KEY, None} if "no_key" in self.drops else {KEY}
        checks = {
            "key": (form.get("api_key") not in keys, 403),
            "no_service": ("service_code" not in form, 400),
            "service": (form.get("service_code", "S1") not in known, 404),
            "place": (not {"lat", "long"} & form.keys(), 400),
            "degrees": (len({"lat", "long"} & form.keys()) == 1, 400),
            "attributes": (
                form.get("service_code") == "S4" and "attribute[SIZE]" not in form, 400,
            ),
            "long": (len(form.get("description", "")) > 4_000, 400),
        }  # fmt: skip
        for name, (wrong, status) in checks.items():
            if wrong and name not in self.drops:
                return status
        form.setdefault("service_code", "S1")
        form["service_code"] = form["service_code"] if form["service_code"] in known else "S1"
        form.setdefault("lat", "60.17")
        form.setdefault("long", "24.94")
        return 0

    def _bulk(self) -> httpx.Response:
        names = [
            "service_request_id", "requested_datetime", "updated_datetime", "closed_date",
            "status_description", "status_notes", "source", "service_name", "service_subtype",
            "description", "agency_responsible", "address", "lat", "long",
        ]  # fmt: skip
        file = io.StringIO()
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        for one in self.requests:
            kept = {name: one[name] or "" for name in names if name in one}
            writer.writerow(kept | {"status_description": one["status"]})
        headers = {"Content-Type": "text/csv; charset=utf-8"}
        return httpx.Response(200, headers=headers, content=file.getvalue().encode())

    def error(self, status: int, format: str) -> httpx.Response:
        """Return a refusal."""
        rows = [{"code": status, "description": "That is not so."}]
        return self.reply("errors", rows, format, status=status)

    def reply(self, root: str, content: Any, format: str, *, status: int = 200) -> httpx.Response:
        """Return content in a format."""
        if format == "json":
            body = json.dumps(content, ensure_ascii=False)
        else:
            body = f'<?xml version="1.0" encoding="UTF-8"?>{_xml(root, content)}'
        kind = TYPES.get(format, TYPES["xml"])
        return httpx.Response(status, headers={"Content-Type": kind}, content=body.encode())


def _made(one: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(one["requested_datetime"])


def _xml(name: str, value: Any) -> str:
    if isinstance(value, list):
        inner = "".join(_xml(INNER[name], one) for one in value)
    elif isinstance(value, dict):
        inner = "".join(_xml(key, one) for key, one in value.items())
    elif isinstance(value, bool):
        inner = "true" if value else "false"
    else:
        inner = "" if value is None else escape(str(value))
    return f"<{name}>{inner}</{name}>"
