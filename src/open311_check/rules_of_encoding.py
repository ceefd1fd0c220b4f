"""Rules of formats and encoding."""

from open311_check.examination import XML, Examination, Reply
from open311_check.outcomes import Level, NotApplicableError, NotKeptError, require
from open311_check.reading import DECLARATION, NAMESPACE, same, shown, text, xml_root
from open311_check.rules import RuleList

LIST = RuleList("GeoReport v2, Internationalization and Encoding; Format Support")
RULES = LIST.rules
rule = LIST.rule
LOOKED_AT = ("services", "requests")


def replies(seen: Examination) -> list[Reply]:
    """Return the lists that every server has, in XML."""
    return [seen.get(path) for path in LOOKED_AT]


@rule("ENC-1", "XML is a required format: the service list and the requests answer in it.")
def answers_in_xml(seen: Examination) -> None:
    """Look for well-formed XML."""
    for reply in replies(seen):
        require(reply.status == 200, f"{reply.asked} answered {reply.status}")
        xml_root(reply.body)


@rule("ENC-2", "A reply in XML is of the type text/xml, with the character set utf-8.")
def says_text_xml(seen: Examination) -> None:
    """Look at the header."""
    for reply in replies(seen):
        _require_type(reply, "text/xml")


@rule("ENC-3", "A reply in JSON is of the type application/json, with the character set utf-8.")
def says_json(seen: Examination) -> None:
    """Look at the header."""
    for path in LOOKED_AT:
        _require_type(seen.json_reply(path), "application/json")


def _require_type(reply: Reply, wanted: str) -> None:
    kind, *parameters = (part.strip().lower() for part in reply.content_type.split(";"))
    charsets = {part.replace(" ", "").strip('"') for part in parameters}
    said = shown(reply.content_type) or "no Content-Type"
    require(kind == wanted, f"{reply.asked}: {said}, not {wanted}")
    bare = {part.replace('"', "") for part in charsets}
    require("charset=utf-8" in bare, f"{reply.asked}: {said} does not name charset=utf-8")


@rule("ENC-4", "All text that a server returns is encoded as UTF-8.")
def is_utf8(seen: Examination) -> None:
    """Decode whatever was answered."""
    for path in LOOKED_AT:
        for reply in seen.each(path):
            try:
                reply.body.decode("utf-8")
            except UnicodeDecodeError as error:
                raise NotKeptError(seen=f"{reply.asked}: byte {error.start} is no UTF-8") from None


@rule("ENC-5", "An XML declaration with encoding UTF-8 stands before the root element.")
def has_declaration(seen: Examination) -> None:
    """Look at the first bytes."""
    for reply in replies(seen):
        first = reply.body[:200]
        require(DECLARATION.match(first), f"{reply.asked} begins {shown(first[:60])}")


@rule(
    "ENC-6",
    "XML holds no foreign namespace; a default one, if any, is the address of the specification.",
    level=Level.SHOULD,
)
def no_foreign_namespace(seen: Examination) -> None:
    """Look at the names of all elements."""
    for reply in replies(seen):
        for element in xml_root(reply.body).iter():
            own = str(element.tag).removeprefix(f"{{{NAMESPACE}}}")
            require(not own.startswith("{"), f"{reply.asked}: <{shown(element.tag)}>")


@rule("ENC-7", "JSON follows from the XML by the Spark convention: a list is an array, unwrapped.")
def json_follows_xml(seen: Examination) -> None:
    """Compare both forms of the service list."""
    reply = seen.json_reply("services")
    in_json = reply.records("services", "service")
    in_xml = seen.get("services", XML).records("services", "service")
    codes = [[text(one.get("service_code")) for one in found] for found in (in_xml, in_json)]
    require(codes[0] == codes[1], f"XML lists {shown(codes[0])}, JSON {shown(codes[1])}")
    for one, other in zip(in_xml, in_json, strict=True):
        code = text(one.get("service_code"))
        require(same(one, other), f"service {code}: XML {shown(one)}; JSON {shown(other)}")


@rule("ENC-8", "An argument that is empty counts as one that was not given.")
def empty_is_absent(seen: Examination) -> None:
    """Ask for requests with every filter empty."""
    plain = seen.get("requests").records("service_requests", "request")
    empty = {"service_code": "", "status": "", "start_date": "", "end_date": ""}
    reply = seen.get("requests", **empty)
    found = reply.records("service_requests", "request")
    if not plain and not found:
        raise NotApplicableError(seen="no request of the last 90 days to compare")
    ids = [{text(one.get("service_request_id")) for one in side} for side in (plain, found)]
    # Something may have come in between the two questions, on a server that is in use.
    require(len(ids[0] ^ ids[1]) <= 2, f"{len(ids[0])} requests without, {len(ids[1])} with them")
