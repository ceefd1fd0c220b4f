"""Rules of refusals."""

from open311_check.examination import JSON, Examination, Reply
from open311_check.outcomes import NotApplicableError, require
from open311_check.reading import shown, text
from open311_check.rules import RuleList

LIST = RuleList("GeoReport v2, Errors")
JURISDICTION = RuleList("GeoReport v2, jurisdiction_id")
RULES = (LIST.rules, JURISDICTION.rules)
UNKNOWN = "requests/no-such-request-9f3c1b"
NOWHERE = "no-such-jurisdiction.example"


def require_errors(reply: Reply) -> None:
    """Return if a reply is a refusal in the form of the specification."""
    found = reply.listed("errors", "error")
    require(found, f"{reply.asked}: no error in it")
    for one in found:
        empty = [name for name in ("code", "description") if not text(one.get(name))]
        require(not empty, f"{reply.asked}: empty or missing: {', '.join(empty)}")


@LIST.rule("ERR-1", "A refusal in XML is <errors> of <error>, each with code and description.")
def errors_in_xml(seen: Examination) -> None:
    """Ask for what does not exist."""
    reply = seen.get(UNKNOWN)
    require(reply.status >= 400, f"{reply.asked} answered {reply.status}")
    require_errors(reply)


@LIST.rule("ERR-2", "A refusal in JSON is an array, each with code and description.")
def errors_in_json(seen: Examination) -> None:
    """Ask for what does not exist."""
    reply = seen.json_reply(UNKNOWN)
    require(reply.status >= 400, f"{reply.asked} answered {reply.status}")
    require_errors(reply)


@LIST.rule("ERR-3", "A refusal comes in the format that was asked for.")
def errors_in_format(seen: Examination) -> None:
    """Look at the type of refusals."""
    for format in seen.formats:
        reply = seen.get(UNKNOWN, format)
        fine = format in reply.content_type.lower()
        require(fine, f"{reply.asked}: {shown(reply.content_type)}")


@LIST.rule("ERR-4", "A resource that does not exist is answered with 404.")
def unknown_resource(seen: Examination) -> None:
    """Ask for a resource that the specification does not have."""
    reply = seen.get("no_such_resource")
    require(reply.status == 404, f"{reply.asked} answered {reply.status}")


@LIST.rule("ERR-5", "The same refusal has the same status in each format.")
def same_status(seen: Examination) -> None:
    """Ask in both formats."""
    xml, other = seen.get(UNKNOWN), seen.json_reply(UNKNOWN)
    require(xml.status == other.status, f"XML {xml.status}, {JSON} {other.status}")


@JURISDICTION.rule("JUR-1", "A jurisdiction_id that is not served is answered with 404.")
def unknown_jurisdiction(seen: Examination) -> None:
    """Ask for another city; a server of one jurisdiction may take no notice of it."""
    reply = seen.get("services", jurisdiction_id=NOWHERE)
    if reply.status == 200 and not seen.given.jurisdiction:
        raise NotApplicableError(seen="a server of one jurisdiction may ignore the argument")
    require(reply.status == 404, f"{reply.asked} answered {reply.status}")


@JURISDICTION.rule("JUR-2", "A server of several jurisdictions answers 400 if none is named.")
def missing_jurisdiction(seen: Examination) -> None:
    """Leave the argument out."""
    reply = seen.get("services", jurisdiction_id="")
    if reply.status == 200:
        raise NotApplicableError(seen="the server serves one jurisdiction")
    require(reply.status == 400, f"{reply.asked} answered {reply.status}")


@JURISDICTION.rule("JUR-3", "With the jurisdiction_id that it serves, a server answers.")
def own_jurisdiction(seen: Examination) -> None:
    """Ask with the jurisdiction given."""
    if not seen.given.jurisdiction:
        raise NotApplicableError(seen="no jurisdiction was given (--jurisdiction)")
    reply = seen.get("services")
    require(reply.status == 200, f"{reply.asked} answered {reply.status}")
