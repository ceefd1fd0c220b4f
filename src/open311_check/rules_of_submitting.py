"""Rules of sending a request. They write: looked at only where the examiner was told to."""

from urllib.parse import quote

from open311_check.examination import JSON, XML, Examination, Reply
from open311_check.outcomes import NotApplicableError, SkippedError, require
from open311_check.reading import Record, moment, number, same, shown, text
from open311_check.rules import RuleList
from open311_check.rules_of_errors import require_errors

LIST = RuleList("GeoReport v2, POST Service Request")
TOKENS = RuleList("GeoReport v2, GET service_request_id from a token")
RULES = (LIST.rules, TOKENS.rules)
rule = LIST.rule
WORDS = "Test of conformance, no action is needed. Prüfung, 测试。"
REPORTER = {"first_name": "Conformance", "last_name": "Examiner", "email": "examiner@example.org"}
WRONG_KEY = "no-such-key-9f3c1b"
NEAR_DEGREES = 0.01  # a server may publish a place less exactly than it was told


def require_told(seen: Examination) -> None:
    """Return if the examiner may write; raise `SkippedError` otherwise."""
    if not seen.given.writes:
        raise SkippedError(seen="it would write; say --write, with --key and --place")
    if not seen.given.key:
        raise SkippedError(seen="no key was given (--key)")


def place(seen: Examination) -> dict[str, str]:
    """Return a place within the city: the one given, else that of a known request."""
    if seen.given.place is not None:
        lon, lat = seen.given.place
        return {"lat": f"{lat}", "long": f"{lon}"}
    for one in seen.requests():
        if text(one.get("lat")) and text(one.get("long")):
            return {"lat": text(one["lat"]), "long": text(one["long"])}
    raise SkippedError(seen="no place within the city is known (--place LON LAT)")


def service_of(seen: Examination, kind: str) -> Record:
    """Return a service of a type whose requests can be made; simple ones first."""
    found = [one for one in seen.services() if text(one.get("type")) == kind]
    if not found:
        raise NotApplicableError(seen=f"no service of the type {kind}")
    return min(found, key=lambda one: text(one.get("metadata")) == "true")


def answers_for(seen: Examination, service: Record) -> dict[str, str]:
    """Return an answer to every required attribute of a service."""
    if text(service.get("metadata")) != "true":
        return {}
    code = text(service.get("service_code"))
    found: dict[str, str] = {}
    definition = seen.get(f"services/{quote(code, safe='')}").record("service_definition")
    for one in definition.get("attributes") or []:
        if text(one.get("required")) == "true" and text(one.get("variable")) == "true":
            found[f"attribute[{text(one.get('code'))}]"] = _answer(one)
    return found


def _answer(attribute: Record) -> str:
    values = attribute.get("values") or []
    if values:
        return text(values[0].get("key"))
    simple = {"number": "1", "datetime": "2026-01-31T12:00:00Z"}
    return simple.get(text(attribute.get("datatype")), "test")


def form(seen: Examination, kind: str = "realtime") -> dict[str, str]:
    """Return a form that a server must take."""
    service = service_of(seen, kind)
    code = {"service_code": text(service.get("service_code"))}
    return code | place(seen) | answers_for(seen, service) | {"description": WORDS} | REPORTER


def any_form(seen: Examination) -> dict[str, str]:
    """Return a form of whatever type the server has."""
    kinds = {text(one.get("type")) for one in seen.services()}
    for kind in ("realtime", "batch", "blackbox"):
        if kind in kinds:
            return form(seen, kind)
    raise NotApplicableError(seen="no service of a known type")


def sent(seen: Examination, fields: dict[str, str], format: str = XML) -> Reply:
    """Send a form with the key."""
    return seen.post("requests", fields, format, key=seen.given.key)


def taken(reply: Reply) -> Record:
    """Return the one request of a reply that took it."""
    said = shown(reply.body.decode(errors="replace"))
    require(reply.status in {200, 201}, f"{reply.asked} answered {reply.status}: {said}")
    found = reply.listed("service_requests", "request")
    require(len(found) == 1, f"{reply.asked}: {len(found)} requests in the reply")
    return found[0]


def require_refused(reply: Reply, status: int) -> None:
    """Return if a form was refused with a status, in the form of refusals."""
    require(reply.status == status, f"{reply.asked} answered {reply.status}, not {status}")
    require_errors(reply)


@rule("POST-1", "A request is made with a key: without one, 403.")
def needs_key(seen: Examination) -> None:
    """Send a good form without a key."""
    require_told(seen)
    require_refused(seen.post("requests", any_form(seen), key=""), 403)


@rule("POST-2", "A wrong key is answered with 403.")
def wrong_key(seen: Examination) -> None:
    """Send a good form with a key that nobody has."""
    require_told(seen)
    require_refused(seen.post("requests", any_form(seen), key=WRONG_KEY), 403)


@rule("POST-3", "Without a service_code: 400.")
def needs_service(seen: Examination) -> None:
    """Leave the code out."""
    require_told(seen)
    fields = any_form(seen)
    fields.pop("service_code")
    require_refused(sent(seen, fields), 400)


@rule("POST-4", "A service_code that does not exist: 404.")
def unknown_service(seen: Examination) -> None:
    """Send a code that nobody has."""
    require_told(seen)
    fields = any_form(seen) | {"service_code": "no-such-service-9f3c1b"}
    require_refused(sent(seen, fields), 404)


@rule("POST-5", "A place must be said: lat and long, an address or its id; otherwise 400.")
def needs_place(seen: Examination) -> None:
    """Leave the place out."""
    require_told(seen)
    fields = {name: value for name, value in any_form(seen).items() if name not in {"lat", "long"}}
    require_refused(sent(seen, fields), 400)


@rule("POST-6", "lat and long are sent both: one alone is no place, 400.")
def needs_both_degrees(seen: Examination) -> None:
    """Leave the longitude out."""
    require_told(seen)
    fields = {name: value for name, value in any_form(seen).items() if name != "long"}
    require_refused(sent(seen, fields), 400)


@rule("POST-7", "A required attribute that is not sent: 400.")
def needs_attributes(seen: Examination) -> None:
    """Leave the attributes of a service out that requires some."""
    require_told(seen)
    for service in seen.services():
        if answers_for(seen, service):
            code = {"service_code": text(service.get("service_code"))}
            fields = code | place(seen) | {"description": WORDS}
            require_refused(sent(seen, fields), 400)
            return
    raise NotApplicableError(seen="no service requires an attribute")


@rule("POST-8", "A realtime service answers with the id of the request, and with no token.")
def returns_id(seen: Examination) -> None:
    """Send a good form and look at the reply."""
    require_told(seen)
    found = taken(sent(seen, form(seen)))
    require(text(found.get("service_request_id")), f"no service_request_id: {shown(found)}")
    require(not text(found.get("token")), f"a token as well: {shown(found)}")


@rule("POST-9", "What was sent can be read by that id: open, under its service, at its place.")
def can_be_read(seen: Examination) -> None:
    """Send a good form and ask for the request."""
    require_told(seen)
    fields = form(seen)
    request_id = text(taken(sent(seen, fields)).get("service_request_id"))
    reply = seen.one_request(request_id)
    one = reply.records("service_requests", "request")[0]
    told = {"service_request_id": request_id, "service_code": fields["service_code"]}
    for name, value in (told | {"status": "open"}).items():
        require(same(one.get(name), value), f"{reply.asked}: {name} {shown(one.get(name))!r}")
    for name in ("lat", "long"):
        degrees = number(one.get(name))
        near = degrees is not None and abs(degrees - float(fields[name])) <= NEAR_DEGREES
        require(near, f"{reply.asked}: {name} {shown(one.get(name))!r}, not {fields[name]}")
    require(moment(one.get("requested_datetime")), f"{reply.asked}: requested_datetime")
    told_of = [value for value in REPORTER.values() if value in reply.body.decode(errors="replace")]
    require(not told_of, f"{reply.asked} tells who reported: {', '.join(told_of)}")


@rule("POST-10", "Sent to requests.json, it is answered in JSON, as an array.")
def answers_in_json(seen: Examination) -> None:
    """Send a good form for a reply in JSON."""
    require_told(seen)
    seen.json_reply("services")
    reply = sent(seen, any_form(seen), JSON)
    require("json" in reply.content_type.lower(), f"{reply.asked}: {shown(reply.content_type)}")
    taken(reply)


@rule("POST-11", "A description is limited to 4,000 characters: more is refused or cut.")
def description_is_limited(seen: Examination) -> None:
    """Send a longer one."""
    require_told(seen)
    reply = sent(seen, any_form(seen) | {"description": "x" * 4_001})
    if reply.status == 400:
        require_errors(reply)
        return
    found = text(taken(reply).get("service_request_id"))
    if found:
        one = seen.one_request(found).records("service_requests", "request")[0]
        length = len(text(one.get("description")))
        require(length <= 4_000, f"request {found}: {length} characters are kept")


@rule("POST-12", "A batch service answers with a token, and with no id.")
def returns_token(seen: Examination) -> None:
    """Send a good form to a batch service."""
    require_told(seen)
    found = taken(sent(seen, form(seen, "batch")))
    require(text(found.get("token")), f"no token: {shown(found)}")
    require(not text(found.get("service_request_id")), f"an id as well: {shown(found)}")


@rule("POST-13", "A blackbox service never returns an id.")
def returns_nothing(seen: Examination) -> None:
    """Send a good form to a blackbox service."""
    require_told(seen)
    found = taken(sent(seen, form(seen, "blackbox")))
    require(not text(found.get("service_request_id")), f"an id: {shown(found)}")


@TOKENS.rule("TOK-1", "A token that does not exist is answered with 404.")
def unknown_token(seen: Examination) -> None:
    """Ask for one that nobody has."""
    reply = seen.get("tokens/no-such-token-9f3c1b")
    require(reply.status == 404, f"{reply.asked} answered {reply.status}")


@TOKENS.rule("TOK-2", "A token leads to the request, and stands in the reply with its id.")
def token_leads_on(seen: Examination) -> None:
    """Follow the token of a request that was just made."""
    require_told(seen)
    token = text(taken(sent(seen, form(seen, "batch"))).get("token"))
    reply = seen.get(f"tokens/{quote(token, safe='')}")
    found = reply.records("service_requests", "request")
    require([text(one.get("token")) for one in found] == [token], f"{reply.asked}: {shown(found)}")
    request_id = text(found[0].get("service_request_id"))
    if not request_id:
        raise SkippedError(seen="the server has not given it an id yet")
    one = seen.one_request(request_id).records("service_requests", "request")
    require(one, f"request {request_id} cannot be read")
