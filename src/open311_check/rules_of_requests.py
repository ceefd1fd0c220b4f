"""Rules of reading requests: the form of each, and one alone."""

import re
from collections import Counter

from open311_check.examination import Examination
from open311_check.outcomes import Level, require
from open311_check.reading import Record, moment, number, same, shown, text
from open311_check.rules import RuleList

LIST = RuleList("GeoReport v2, GET Service Requests")
ONE = RuleList("GeoReport v2, GET Service Request")
RULES = (LIST.rules, ONE.rules)
rule = LIST.rule
CORE = (
    "service_request_id", "status", "service_name", "service_code", "requested_datetime",
    "updated_datetime",
)  # fmt: skip
REST = ("description", "address", "address_id", "zipcode", "lat", "long", "media_url")
OPTIONAL = ("status_notes", "agency_responsible", "service_notice", "expected_datetime")
DATES = ("requested_datetime", "updated_datetime", "expected_datetime")
PERSONAL = {"email", "phone", "first_name", "last_name", "device_id", "account_id", "api_key"}
DESCRIPTION_LIMIT_CHARACTERS = 4_000
MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
UNKNOWN = "no-such-request-9f3c1b"


def named(one: Record) -> str:
    """Return how a request is named in evidence."""
    return f"request {shown(text(one.get('service_request_id')) or '?')}"


@rule("REQ-1", "Requests stand in <service_requests>, each a <request>; no key is needed.")
def list_of_requests(seen: Examination) -> None:
    """Read the list in every format."""
    for reply in seen.each("requests"):
        reply.records("service_requests", "request")


@rule("REQ-2", "Each has an id that no other has, a status, its service, and when it was made.")
def core_fields(seen: Examination) -> None:
    """Look for what may not be empty."""
    found = seen.requests()
    for one in found:
        missing = [name for name in CORE if not text(one.get(name))]
        require(not missing, f"{named(one)}: empty or missing: {', '.join(missing)}")
    counted = Counter(text(one["service_request_id"]) for one in found)
    twice = [key for key, count in counted.items() if count > 1]
    require(not twice, f"more than once: {shown(twice)}")


@rule(
    "REQ-3", "Fields that the table does not let out are there, be they empty.", level=Level.SHOULD
)
def all_fields(seen: Examination) -> None:
    """Look for the rest."""
    for one in seen.requests():
        missing = [name for name in REST if name not in one]
        require(not missing, f"{named(one)}: no {', '.join(missing)}")


@rule("REQ-4", "status is open or closed, and nothing else.")
def status_is_known(seen: Examination) -> None:
    """Look at each."""
    for one in seen.requests():
        said = text(one.get("status"))
        require(said in {"open", "closed"}, f"{named(one)}: status {shown(said)!r}")


@rule("REQ-5", "Dates and times are in W3C form and name their zone: Z, or hours and minutes.")
def dates_have_zones(seen: Examination) -> None:
    """Look at each date."""
    query = seen.requests_query()
    for reply in seen.each("requests", **query):
        for one in reply.records("service_requests", "request"):
            for name in DATES:
                said = text(one.get(name))
                require(not said or moment(said), f"{named(one)}: {name} {shown(said)!r}")


@rule("REQ-6", "lat and long are degrees of WGS84, both or neither.")
def places_are_degrees(seen: Examination) -> None:
    """Look at each place."""
    for one in seen.requests():
        for name, limit in (("lat", 90), ("long", 180)):
            said = text(one.get(name))
            degrees = number(said)
            fine = not said or (degrees is not None and abs(degrees) <= limit)
            require(fine, f"{named(one)}: {name} {shown(said)!r}")
        both = bool(text(one.get("lat"))) == bool(text(one.get("long")))
        require(both, f"{named(one)}: lat or long alone")


@rule("REQ-7", "description is at most 4,000 characters, without HTML.")
def description_is_plain(seen: Examination) -> None:
    """Look at each description."""
    for one in seen.requests():
        said = text(one.get("description"))
        length = len(said)
        require(length <= DESCRIPTION_LIMIT_CHARACTERS, f"{named(one)}: {length} characters")
        markup = MARKUP.search(said)
        require(not markup, f"{named(one)}: {shown(markup and markup.group())}")


@rule("REQ-8", "Nothing that says who reported is part of a reply.")
def nobody_is_named(seen: Examination) -> None:
    """Look for the fields of a reporter, which the response table does not have."""
    for one in seen.requests():
        found = sorted(PERSONAL & one.keys())
        require(not found, f"{named(one)}: {', '.join(found)}")


@rule(
    "REQ-9", "A reply has the fields of the specification and no foreign ones.", level=Level.SHOULD
)
def no_foreign_fields(seen: Examination) -> None:
    """Look for others."""
    known = {*CORE, *REST, *OPTIONAL} | PERSONAL
    for one in seen.requests():
        foreign = sorted(one.keys() - known)
        require(not foreign, f"{named(one)}: {', '.join(foreign)}")


@rule("REQ-10", "The list in JSON says the same as in XML.")
def json_requests(seen: Examination) -> None:
    """Compare what stands in both."""
    query = seen.requests_query()
    reply = seen.json_reply("requests", **query)
    in_json = {
        text(one.get("service_request_id")): one
        for one in reply.records("service_requests", "request")
    }
    in_xml = seen.requests()
    both = [one for one in in_xml if text(one.get("service_request_id")) in in_json]
    require(len(both) >= len(in_xml) - 2, f"of {len(in_xml)} in XML, {len(both)} stand in JSON")
    for one in both:
        other = in_json[text(one["service_request_id"])]
        require(same(one, other), f"{named(one)}: XML {shown(one)}; JSON {shown(other)}")


@ONE.rule("ONE-1", "One request can be asked for by its id; it stands in the same form, alone.")
def one_request(seen: Examination) -> None:
    """Ask for the first of the list."""
    wanted = text(seen.requests()[0].get("service_request_id"))
    reply = seen.one_request(wanted)
    found = reply.records("service_requests", "request")
    ids = [text(one.get("service_request_id")) for one in found]
    require(ids == [wanted], f"{reply.asked}: {shown(ids)}")


@ONE.rule("ONE-2", "It says alone what it says in the list.")
def one_says_the_same(seen: Examination) -> None:
    """Compare both."""
    first = seen.requests()[0]
    reply = seen.one_request(text(first.get("service_request_id")))
    for one in reply.records("service_requests", "request"):
        different = [name for name in CORE[:5] if not same(first.get(name), one.get(name))]
        require(not different, f"{named(one)}: {', '.join(different)}")


@ONE.rule("ONE-3", "A request that does not exist is answered with 404.")
def unknown_request(seen: Examination) -> None:
    """Ask for one that nobody has."""
    reply = seen.one_request(UNKNOWN)
    require(reply.status == 404, f"{reply.asked} answered {reply.status}")
