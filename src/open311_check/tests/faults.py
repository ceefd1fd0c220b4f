"""One fault for each rule: what a server does that breaks it."""

from collections.abc import Callable
from typing import Any

import httpx

from open311_check.tests.little_server import ENDPOINT, LittleServer

Fault = Callable[[LittleServer], None]


def dropping(*names: str) -> Fault:
    """Leave something undone."""
    return lambda server: server.drops.update(names)


def first_service(**fields: Any) -> Fault:
    """Change the first service; a field that is None is left out."""
    return lambda server: _change(server.services[0], fields)


def first_request(**fields: Any) -> Fault:
    """Change the first request."""
    return lambda server: _change(server.requests[0], fields)


def first_attribute(**fields: Any) -> Fault:
    """Change the first attribute of the definition."""
    return lambda server: _change(server.attributes[0], fields)


def first_update(**fields: Any) -> Fault:
    """Change the first update."""
    return lambda server: _change(server.updates[0], fields)


def discovery(**fields: Any) -> Fault:
    """Change the discovery file."""
    return lambda server: _change(server.discovery, fields)


def endpoint(**fields: Any) -> Fault:
    """Change the endpoint in the discovery file."""
    return lambda server: _change(server.discovery["endpoints"][0], fields)


def _change(row: dict[str, Any], fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if value is None:
            row.pop(name)
        else:
            row[name] = value


def replying(part: str, change: Callable[[httpx.Response], httpx.Response]) -> Fault:
    """Change the replies to addresses that end in `part`."""

    def spoil(server: LittleServer) -> None:
        def after(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
            return change(reply) if str(request.url).partition("?")[0].endswith(part) else reply

        server.after = after

    return spoil


def typed(kind: str) -> Callable[[httpx.Response], httpx.Response]:
    """Give another Content-Type."""
    return lambda reply: httpx.Response(
        reply.status_code, headers={"Content-Type": kind}, content=reply.content
    )


def answering(status: int) -> Callable[[httpx.Response], httpx.Response]:
    """Give another status."""
    return lambda reply: httpx.Response(status, headers=reply.headers, content=reply.content)


def swapping(old: str, new: str) -> Callable[[httpx.Response], httpx.Response]:
    """Write something else."""

    def swap(reply: httpx.Response) -> httpx.Response:
        body = reply.content.decode().replace(old, new).encode()
        headers = {"Content-Type": reply.headers["content-type"]}
        return httpx.Response(reply.status_code, headers=headers, content=body)

    return swap


def in_latin_1(reply: httpx.Response) -> httpx.Response:
    """Encode the reply as it should not be."""
    body = reply.content.decode().replace("坑洼", "Löcher").encode("latin-1")
    headers = {"Content-Type": reply.headers["content-type"]}
    return httpx.Response(reply.status_code, headers=headers, content=body)


def twice(name: str) -> Fault:
    """Add a copy of the first row of a table."""

    def spoil(server: LittleServer) -> None:
        rows = getattr(server, name)
        rows.append(dict(rows[0]))

    return spoil


def needless_jurisdiction(server: LittleServer) -> None:
    """Answer every city as one's own."""

    def nobody_else(query: dict[str, str], format: str) -> httpx.Response | None:
        return None

    server._jurisdiction = nobody_else  # type: ignore[method-assign]


FAULTS: dict[str, Fault] = {
    "ENC-1": replying("/services.xml", swapping("</services>", "")),
    "ENC-2": replying("/services.xml", typed("application/xml; charset=utf-8")),
    "ENC-3": replying("/services.json", typed("application/json")),
    "ENC-4": replying("/services.xml", in_latin_1),
    "ENC-5": replying("/requests.xml", swapping('<?xml version="1.0" encoding="UTF-8"?>', "")),
    "ENC-6": replying(
        "/services.xml", swapping("<group>street</group>", '<group xmlns="urn:other"/>')
    ),
    "ENC-7": replying("/services.json", swapping('"S1"', '"S9"')),
    "ENC-8": lambda server: setattr(server, "after", _empty_finds_nothing),
    "DIS-1": replying("/discovery.xml", answering(404)),
    "DIS-2": replying("/discovery.json", swapping("write to us", "write to them")),
    "DIS-3": discovery(key_service=""),
    "DIS-4": endpoint(changeset=""),
    "DIS-5": endpoint(type="live"),
    "DIS-6": endpoint(specification="http://wiki.open311.org/GeoReport_v1"),
    "DIS-7": endpoint(formats=["application/json"]),
    "SVC-1": replying("/services.xml", swapping("services>", "list>")),
    "SVC-2": twice("services"),
    "SVC-3": first_service(metadata="no"),
    "SVC-4": first_service(type="immediate"),
    "SVC-5": first_service(keywords=None),
    "DEF-1": lambda server: setattr(server, "definition_code", "S5"),
    "DEF-2": replying("/S4.xml", swapping("attributes>", "attribute_list>")),
    "DEF-3": first_attribute(required="yes"),
    "DEF-4": first_attribute(datatype="integer"),
    "DEF-5": twice("attributes"),
    "DEF-6": first_attribute(order=0),
    "DEF-7": lambda server: server.attributes[1].update(values=[{"key": 1, "name": None}]),
    "DEF-8": replying("9f3c1b.xml", answering(400)),
    "DEF-9": replying("/S4.json", swapping('"SIZE"', '"WIDTH"')),
    "REQ-1": replying("/requests.xml", swapping("request>", "service_request>")),
    "REQ-2": first_request(service_name=""),
    "REQ-3": first_request(media_url=None),
    "REQ-4": first_request(status="OPEN"),
    "REQ-5": replying("/requests.xml", swapping("T12:00:00+00:00", "T12:00:00")),
    "REQ-6": first_request(lat=600.17),
    "REQ-7": first_request(description="<b>deep</b>"),
    "REQ-8": first_request(email="somebody@example.org"),
    "REQ-9": first_request(ward="7"),
    "REQ-10": replying("/requests.json", swapping("Market Square", "Market")),
    "ONE-1": replying("/R1.xml", swapping(">R1<", ">R2<")),
    "ONE-2": replying("/R1.xml", swapping(">open<", ">closed<")),
    "ONE-3": replying("9f3c1b.xml", answering(200)),
    "FLT-1": dropping("dates"),
    "FLT-2": dropping("dates"),
    "FLT-3": dropping("span"),
    "FLT-4": dropping("status"),
    "FLT-5": dropping("service_code"),
    "FLT-6": dropping("ids"),
    "FLT-7": dropping("bad_date"),
    "FLT-8": dropping("service_code"),
    "ERR-1": replying("9f3c1b.xml", swapping("That is not so.", "")),
    "ERR-2": replying("9f3c1b.json", swapping('"code"', '"status"')),
    "ERR-3": replying("9f3c1b.xml", typed("text/html")),
    "ERR-4": replying("/no_such_resource.xml", answering(400)),
    "ERR-5": replying("9f3c1b.json", answering(500)),
    "JUR-1": needless_jurisdiction,
    "JUR-2": replying("/services.xml", lambda reply: _other_status(reply, 400, 403)),
    "JUR-3": replying("/services.xml", answering(400)),
    "POST-1": dropping("no_key"),
    "POST-2": dropping("key"),
    "POST-3": dropping("no_service"),
    "POST-4": dropping("service"),
    "POST-5": dropping("place"),
    "POST-6": dropping("degrees"),
    "POST-7": dropping("attributes"),
    "POST-8": dropping("one_of_both"),
    "POST-9": dropping("privacy"),
    "POST-10": dropping("post_json"),
    "POST-11": dropping("long"),
    "POST-12": dropping("types"),
    "POST-13": dropping("types"),
    "TOK-1": replying("token-9f3c1b.xml", answering(400)),
    "TOK-2": lambda server: setattr(server, "after", _tokens_lead_nowhere),
    "UPD-1": first_update(status="pending"),
    "UPD-2": replying("updates.xml", swapping("T12:00:00+00:00", " 12:00")),
    "UPD-3": dropping("updates"),
    "PAGE-1": dropping("page"),
    "BULK-1": replying("/bulk.csv", typed("text/plain; charset=utf-8")),
    "BULK-2": replying("/bulk.csv", swapping("closed_date", "closed")),
    "BULK-3": first_request(service_name=""),
    "BULK-4": replying("/bulk.csv", swapping("+00:00", "")),
}


def _empty_finds_nothing(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
    filtered = str(request.url.params.get("status", "absent")) == ""
    return swapping("request>", "nothing>")(reply) if filtered else reply


def _tokens_lead_nowhere(request: httpx.Request, reply: httpx.Response) -> httpx.Response:
    mine = str(request.url).startswith(f"{ENDPOINT}/tokens/T")
    return swapping("<token>T", "<token>X")(reply) if mine else reply


def _other_status(reply: httpx.Response, old: int, new: int) -> httpx.Response:
    return answering(new)(reply) if reply.status_code == old else reply
