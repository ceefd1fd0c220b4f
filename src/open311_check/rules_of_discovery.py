"""Rules of service discovery."""

from urllib.parse import urlsplit

from open311_check.examination import JSON, XML, Examination, Reply
from open311_check.outcomes import NotApplicableError, require
from open311_check.reading import NAMESPACE, Record, same, shown, text
from open311_check.rules import RuleList

LIST = RuleList("Service Discovery")
RULES = LIST.rules
rule = LIST.rule
FIELDS = ("changeset", "contact", "key_service")
ENDPOINT_FIELDS = ("specification", "url", "changeset", "type")
KINDS = {"text/xml": XML, "application/json": JSON}


def address(seen: Examination, format: str) -> str:
    """Return the address of the discovery file: as given, else beside or above the endpoint."""
    given = seen.given.discovery
    if given:
        stem = given.removesuffix(".xml").removesuffix(".json")
        return f"{stem}.{format}"
    endpoint = seen.given.endpoint
    above = endpoint.rpartition("/")[0]
    places = [endpoint, above] if urlsplit(above).netloc else [endpoint]
    for place in places:
        if seen.fetch(f"{place}/discovery.{XML}", XML).status == 200:
            return f"{place}/discovery.{format}"
    return f"{endpoint}/discovery.{format}"


def discovery(seen: Examination, format: str = XML) -> Record:
    """Return what the discovery file says."""
    return _file(seen, format).record("discovery")


def _file(seen: Examination, format: str) -> Reply:
    return seen.fetch(address(seen, format), format)


def endpoints(seen: Examination) -> list[Record]:
    """Return the endpoints that the discovery file names."""
    found = discovery(seen).get("endpoints")
    require(isinstance(found, list) and found, f"endpoints: {shown(found)}")
    listed: list[Record] = list(found or [])
    require(all(isinstance(one, dict) for one in listed), f"endpoints: {shown(found)}")
    return listed


def own(seen: Examination) -> Record:
    """Return the entry of the endpoint that is examined."""
    wanted = urlsplit(seen.given.endpoint)
    for entry in endpoints(seen):
        url = urlsplit(text(entry.get("url")).rstrip("/"))
        if (url.netloc, url.path) == (wanted.netloc, wanted.path):
            return entry
    raise NotApplicableError(seen=f"the discovery file does not name {seen.given.endpoint}")


@rule("DIS-1", "A server has a discovery file, at an address that ends in /discovery.xml.")
def has_file(seen: Examination) -> None:
    """Fetch it."""
    discovery(seen)


@rule("DIS-2", "The discovery file is there as JSON too, and says the same.")
def has_json(seen: Examination) -> None:
    """Fetch both."""
    one, other = discovery(seen), discovery(seen, JSON)
    require(same(one, other), f"XML {shown(one)}; JSON {shown(other)}")


@rule("DIS-3", "It says when it changed, whom to ask and how to get a key: all fields are there.")
def has_fields(seen: Examination) -> None:
    """Look at the fields of the whole."""
    found = discovery(seen)
    missing = [name for name in FIELDS if not text(found.get(name))]
    require(not missing, f"empty or missing: {', '.join(missing)}")


@rule("DIS-4", "Each endpoint says its specification, address, changeset, type and formats.")
def endpoints_have_fields(seen: Examination) -> None:
    """Look at the fields of each endpoint."""
    for entry in endpoints(seen):
        missing = [name for name in ENDPOINT_FIELDS if not text(entry.get(name))]
        missing += [] if entry.get("formats") else ["formats"]
        require(not missing, f"{text(entry.get('url'))}: {', '.join(missing)}")


@rule("DIS-5", "An endpoint is of the type production or test.")
def endpoint_type(seen: Examination) -> None:
    """Look at the type of each endpoint."""
    for entry in endpoints(seen):
        kind = text(entry.get("type"))
        require(kind in {"production", "test"}, f"{text(entry.get('url'))}: {shown(kind)}")


@rule("DIS-6", "The endpoint of GeoReport v2 is named with the token of that specification.")
def names_specification(seen: Examination) -> None:
    """Look for the token."""
    tokens = {text(entry.get("specification")) for entry in endpoints(seen)}
    known = {token.replace("https:", "http:").rstrip("/") for token in tokens}
    require(NAMESPACE in known, f"specifications: {shown(sorted(tokens))}")


@rule("DIS-7", "Formats are MIME types; XML is one of them, and each that is named is answered.")
def formats_are_answered(seen: Examination) -> None:
    """Ask for the service list in each format."""
    named = [text(one) for one in own(seen).get("formats") or []]
    require("text/xml" in named, f"formats: {shown(named)}")
    unknown = [one for one in named if "/" not in one]
    require(not unknown, f"no MIME type: {shown(unknown)}")
    for one in named:
        if one in KINDS:
            reply = seen.get("services", KINDS[one])
            require(reply.status == 200, f"{one} is named; {reply.asked} answered {reply.status}")
