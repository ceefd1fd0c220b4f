"""Rules of the service list and of service definitions."""

from collections import Counter
from urllib.parse import quote

from open311_check.examination import Examination
from open311_check.outcomes import NotApplicableError, require
from open311_check.reading import from_xml, number, same, shown, text
from open311_check.rules import RuleList

SERVICES = RuleList("GeoReport v2, GET Service List")
DEFINITIONS = RuleList("GeoReport v2, GET Service Definition")
RULES = (SERVICES.rules, DEFINITIONS.rules)
FIELDS = ("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
ATTRIBUTE_FIELDS = (
    "variable", "code", "datatype", "required", "datatype_description", "order", "description",
)  # fmt: skip
TYPES = {"realtime", "batch", "blackbox"}
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
LIST_TYPES = {"singlevaluelist", "multivaluelist"}
BOOLEANS = {"true", "false"}
UNKNOWN = "no-such-service-9f3c1b"


@SERVICES.rule("SVC-1", "Services stand in <services>, each a <service>; no key is needed.")
def list_of_services(seen: Examination) -> None:
    """Read the list in every format."""
    for reply in seen.each("services"):
        reply.records("services", "service")


@SERVICES.rule("SVC-2", "Each service has a code that no other has, and a name.")
def codes_are_unique(seen: Examination) -> None:
    """Count the codes."""
    counted = Counter(text(one.get("service_code")) for one in seen.services())
    require("" not in counted, "a service has no service_code")
    twice = [code for code, count in counted.items() if count > 1]
    require(not twice, f"more than once: {shown(twice)}")
    nameless = [
        text(one["service_code"]) for one in seen.services() if not text(one.get("service_name"))
    ]
    require(not nameless, f"no service_name: {shown(nameless)}")


@SERVICES.rule("SVC-3", "metadata is true or false.")
def metadata_is_boolean(seen: Examination) -> None:
    """Look at each."""
    for reply in seen.each("services"):
        for one in reply.records("services", "service"):
            said = text(one.get("metadata"))
            require(said in BOOLEANS, f"{text(one.get('service_code'))}: metadata {shown(said)!r}")


@SERVICES.rule("SVC-4", "type is realtime, batch or blackbox.")
def type_is_known(seen: Examination) -> None:
    """Look at each."""
    for one in seen.services():
        said = text(one.get("type"))
        require(said in TYPES, f"{text(one.get('service_code'))}: type {shown(said)!r}")


@SERVICES.rule("SVC-5", "Each service has every field of the response table, be it empty.")
def services_have_fields(seen: Examination) -> None:
    """Look for each."""
    for one in seen.services():
        missing = [name for name in FIELDS if name not in one]
        require(not missing, f"{text(one.get('service_code'))}: no {', '.join(missing)}")


@DEFINITIONS.rule("DEF-1", "A service with metadata has a definition, which names the same code.")
def definition_names_code(seen: Examination) -> None:
    """Fetch the definitions."""
    for code, reply in seen.definitions():
        said = text(reply.record("service_definition").get("service_code"))
        require(said == code, f"{reply.asked}: service_code {shown(said)!r}")


@DEFINITIONS.rule("DEF-2", "Attributes stand in <attributes>, each an <attribute>, all fields set.")
def attributes_have_fields(seen: Examination) -> None:
    """Look at names and fields."""
    for code, reply in seen.definitions():
        content = from_xml(reply.body, "service_definition")
        named = content.get("attributes") if isinstance(content, dict) else None
        require(isinstance(named, list) and named, f"{code}: no list <attributes>")
        wrong = {name for name, _ in named or [] if name != "attribute"}
        require(not wrong, f"{code}: <attributes> holds {shown(wrong)}")
    for code, one in seen.attributes():
        missing = [name for name in ATTRIBUTE_FIELDS if name not in one]
        require(not missing, f"{code}: attribute {shown(one.get('code'))} has no {missing}")


@DEFINITIONS.rule("DEF-3", "variable and required are true or false.")
def flags_are_boolean(seen: Examination) -> None:
    """Look at each."""
    for code, one in seen.attributes():
        for name in ("variable", "required"):
            said = text(one.get(name))
            require(said in BOOLEANS, f"{code}, {text(one.get('code'))}: {name} {shown(said)!r}")


@DEFINITIONS.rule("DEF-4", "datatype is one of the six of the specification.")
def datatype_is_known(seen: Examination) -> None:
    """Look at each."""
    for code, one in seen.attributes():
        said = text(one.get("datatype"))
        require(said in DATATYPES, f"{code}, {text(one.get('code'))}: datatype {shown(said)!r}")


@DEFINITIONS.rule("DEF-5", "An attribute has a code that no other of its service has.")
def attribute_codes_unique(seen: Examination) -> None:
    """Count the codes."""
    counted = Counter((code, text(one.get("code"))) for code, one in seen.attributes())
    require(all(name for _, name in counted), "an attribute has no code")
    twice = [key for key, count in counted.items() if count > 1]
    require(not twice, f"more than once: {shown(twice)}")


@DEFINITIONS.rule("DEF-6", "order is a positive whole number that no other of the service has.")
def order_is_unique(seen: Examination) -> None:
    """Count the numbers."""
    taken: Counter[tuple[str, float]] = Counter()
    for code, one in seen.attributes():
        place = number(one.get("order"))
        whole = place is not None and place > 0 and place == int(place)
        require(whole, f"{code}, {text(one.get('code'))}: order {shown(one.get('order'))}")
        taken[code, place or 0.0] += 1
    twice = [key for key, count in taken.items() if count > 1]
    require(not twice, f"more than once: {shown(twice)}")


@DEFINITIONS.rule("DEF-7", "A list names its values, each with a key of its own and a name.")
def lists_have_values(seen: Examination) -> None:
    """Look at the values of list types."""
    lists = [
        (code, one) for code, one in seen.attributes() if text(one.get("datatype")) in LIST_TYPES
    ]
    if not lists:
        raise NotApplicableError(seen="no attribute is a list of values")
    for code, one in lists:
        values, where = one.get("values"), f"{code}, {text(one.get('code'))}"
        require(isinstance(values, list) and values, f"{where}: no values")
        keys = [text(value.get("key")) for value in values or [] if isinstance(value, dict)]
        names = [text(value.get("name")) for value in values or [] if isinstance(value, dict)]
        require(all(keys) and all(names), f"{where}: a value without key or name")
        require(len(set(keys)) == len(values or []), f"{where}: keys {shown(keys)}")


@DEFINITIONS.rule("DEF-8", "A service_code that does not exist is answered with 404.")
def unknown_service(seen: Examination) -> None:
    """Ask for one that nobody has."""
    reply = seen.get(f"services/{UNKNOWN}")
    require(reply.status == 404, f"{reply.asked} answered {reply.status}")


@DEFINITIONS.rule("DEF-9", "The definition in JSON says the same as in XML.")
def json_definition(seen: Examination) -> None:
    """Compare the first definition."""
    code, reply = seen.definitions()[0]
    other = seen.json_reply(f"services/{quote(code, safe='')}").record("service_definition")
    one = reply.record("service_definition")
    require(same(one, other), f"{code}: XML {shown(one)}; JSON {shown(other)}")
