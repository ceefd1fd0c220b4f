"""Bad input at every endpoint: refused with the field and the rule, and nothing is written.

The requests are made from `api/openapi.json`: a new endpoint or field is tested once described.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.contract.asking import content, problem_of, send, undone
from tests.contract.description import METHODS, Operation, methods_of, operations, resolved
from tests.contract.endpoints import ENDPOINTS
from tests.contract.malformed import UNKNOWN_ID, Bad, malformed_bodies
from tests.contract.world import World

from anlan.kernel.http import BODY_LIMIT_BYTES

OPERATIONS = list(operations().values())
WRITES = [operation for operation in OPERATIONS if operation.writes]
WITH_BODY = [operation for operation in OPERATIONS if operation.body is not None]
WITH_ID = [
    (operation, name)
    for operation in OPERATIONS
    for name, schema in operation.named_in("path").items()
    if schema.get("format") == "uuid"
]
KEYLESS = {
    "sign_in", "sign_out", "begin_provider_sign_in", "finish_provider_sign_in",
    "begin_passkey_sign_in", "finish_passkey_sign_in",
    "take_signed_message", "take_eido", "read_line",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_is_written(world: World) -> Iterator[None]:
    """No row of any table is added, changed or deleted by what a test sends."""
    before = content()
    yield
    assert content() == before


def by_id(operation: Operation) -> str:
    return operation.id


def refusal(world: World, operation: Operation, role: str | None = None, **sent) -> dict:
    """Send a bad request; return the problem that answers it."""
    endpoint = ENDPOINTS[operation.id]
    desk = sent.pop("desk", None) or world.desk(role or endpoint.role)
    return problem_of(send(desk, operation, sent.pop("ask", endpoint.ask(world)), **sent))


def test_table_names_every_operation_of_the_api():
    assert ENDPOINTS.keys() == operations().keys()


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if not o.writes], ids=by_id)
def test_reading_writes_nothing(world, operation):
    """Beside what the fixture above sees to: the reply is a good one."""
    endpoint = ENDPOINTS[operation.id]
    reply = send(world.desk(endpoint.role), operation, endpoint.ask(world))
    assert reply.status_code == endpoint.answers, reply.content
    assert "no-store" in reply["Cache-Control"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=by_id)
def test_good_request_is_accepted(world, operation):
    """Otherwise the refusals below might be for another reason."""
    endpoint = ENDPOINTS[operation.id]
    desk = world.desk(endpoint.role)
    reply = undone(lambda: send(desk, operation, endpoint.ask(world)))
    assert reply.status_code == endpoint.answers, reply.content


def test_every_field_of_every_body_is_filled_by_its_good_request(world):
    for operation in WITH_BODY:
        body = ENDPOINTS[operation.id].ask(world).body
        assert body.keys() <= operation.body["properties"].keys(), operation.id
        assert set(operation.body.get("required", ())) <= body.keys(), operation.id


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_malformed_body_is_refused_by_field_and_rule(world, operation):
    endpoint, wrong = ENDPOINTS[operation.id], []
    for bad in malformed_bodies(operation, endpoint.ask(world).body):
        try:
            problem = refusal(world, operation, raw=bad.raw)
            check_named(bad, problem)
        except AssertionError as error:
            wrong.append(f"{bad.name}: {str(error).splitlines()[0][:200]}")
    assert wrong == []


def check_named(bad: Bad, problem: dict) -> None:
    """Check that a problem names the field at fault (its entry or what it is in)."""
    assert problem["status"] in {400, 404, 409, 413, 422}
    if bad.field is not None:
        named = problem.get("field", "nothing")
        assert named == bad.field or named.startswith(f"{bad.field}."), (named, problem["code"])


@pytest.mark.parametrize("operation", WITH_BODY, ids=by_id)
def test_body_in_another_form_is_refused(world, operation):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        refusal(world, operation, raw=b"\x00\x01=&--", content_type=kind or "?")


@pytest.mark.parametrize("operation", WRITES, ids=by_id)
def test_body_over_the_limit_is_refused(world, operation):
    raw = b'{"x": "' + b"x" * BODY_LIMIT_BYTES + b'"}'
    problem = refusal(world, operation, raw=raw)
    assert (problem["status"], problem["field"]) == (413, "body")
    assert problem["rule"] == "at_most_6_mb"


@pytest.mark.parametrize("operation", [o for o in WRITES if o.id not in KEYLESS], ids=by_id)
def test_write_without_a_key_is_refused(world, operation):
    for key, code in ((None, "idempotency.missing"), ("none", "idempotency.malformed")):
        problem = refusal(world, operation, key=key)
        assert (problem["status"], problem["code"]) == (422, code)
        assert problem["field"] == "Idempotency-Key"


@pytest.mark.parametrize("path", sorted({operation.path for operation in OPERATIONS}))
def test_method_that_is_not_offered_is_refused(world, path):
    operation = next(one for one in OPERATIONS if one.path == path)
    for method in METHODS:
        if method not in methods_of(path):
            problem = refusal(world, operation, method=method)
            assert (problem["status"], problem["code"]) == (405, "http.405"), method


CLOSED = [operation for operation in OPERATIONS if ENDPOINTS[operation.id].role is not None]


@pytest.mark.parametrize("operation", CLOSED, ids=by_id)
def test_visitor_is_asked_to_sign_in(world, operation):
    problem = refusal(world, operation, desk=world.desk(None))
    assert (problem["status"], problem["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if ENDPOINTS[o.id].denied is not None], ids=by_id
)
def test_role_without_the_permission_is_refused(world, operation):
    problem = refusal(world, operation, ENDPOINTS[operation.id].denied)
    assert (problem["status"], problem["code"]) == (403, "denied")
    assert problem["facts"]["permission"]
    assert problem["facts"]["roles"]  # and who holds it is told


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if ENDPOINTS[o.id].stranger], ids=by_id
)
def test_what_belongs_to_another_area_does_not_exist(world, operation):
    desk = world.desk(ENDPOINTS[operation.id].role, elsewhere=True)
    problem = refusal(world, operation, desk=desk)
    if operation.named_in("path"):
        assert problem["status"] == 404
    else:
        assert (problem["status"], problem["field"]) == (422, "lon,lat")
        assert problem["rule"] == "within_jurisdiction"


@pytest.mark.parametrize(("operation", "name"), WITH_ID, ids=lambda one: getattr(one, "id", one))
def test_unknown_id_is_told(world, operation, name):
    ask = ENDPOINTS[operation.id].ask(world)
    unknown = replace(ask, path={**ask.path, name: UNKNOWN_ID})
    problem = refusal(world, operation, ask=unknown)
    assert problem["status"] == 404
    assert problem["code"].endswith("unknown")


@pytest.mark.parametrize(("operation", "name"), WITH_ID, ids=lambda one: getattr(one, "id", one))
def test_id_that_is_none_is_refused(world, operation, name):
    ask = ENDPOINTS[operation.id].ask(world)
    for none in ("none", "1", "%00", "x" * 500, "../session"):
        problem = refusal(world, operation, ask=replace(ask, path={**ask.path, name: none}))
        if problem["status"] == 404:
            assert "/" in none  # led to an address that is not offered
        else:
            assert (problem["status"], problem["field"]) == (422, name)


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if "{move}" in o.path], ids=by_id)
@pytest.mark.parametrize("move", ["fly", "CLOSE", "open", "%00"])
def test_move_that_is_none_is_refused(world, operation, move):
    ask = ENDPOINTS[operation.id].ask(world)
    problem = refusal(world, operation, ask=replace(ask, path={**ask.path, "move": move}))
    assert (problem["status"], problem["field"]) == (422, "move")


def queries() -> Iterator[tuple[Operation, str]]:
    for operation in OPERATIONS:
        for name in operation.named_in("query"):
            yield operation, name


WRONG_QUERY = {
    "string": ["x" * 5_000],
    "number": ["east", "NaN", "inf", "1e999", "181", ""],
    "integer": ["many", "1.5", "", "0", "-1", "201", "9" * 30],
    "boolean": ["perhaps", ""],
    "uuid": ["none", "\x00"],
    "date": ["tomorrow", "2026-13-45", "\x00"],
    "date-time": ["yesterday", "2026-11-21T08:00:00", "\x00"],
}


@pytest.mark.parametrize(
    ("operation", "name"), list(queries()), ids=lambda one: getattr(one, "id", one)
)
def test_query_that_breaks_a_rule_is_refused(world, operation, name):
    ask = ENDPOINTS[operation.id].ask(world)
    schema = resolved(operation.named_in("query")[name])
    kind = schema.get("format") or schema["type"]
    values = ["NO_SUCH", "", "\x00"] if "enum" in schema else WRONG_QUERY[kind]
    for value in values:
        problem = refusal(world, operation, ask=replace(ask, query={**ask.query, name: value}))
        assert (problem["status"], problem["field"]) == (422, name), value


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=2&limit=3", "limit"),
        ("seen_for=DISPATCH&seen_for=CASEWORK", "seen_for"),
        ("a b=1&a b=2", "query"),
    ],
)
def test_parameter_that_comes_twice_is_refused(world, query, field):
    problem = problem_of(world.desk("DISPATCHER").client.get(f"/api/v1/incidents?{query}"))
    assert (problem["status"], problem["field"], problem["rule"]) == (422, field, "once")


@pytest.mark.parametrize("number", ["R-00000-00000", "X", "%00", "R" * 500, "井盖", "' OR 1=1"])
def test_number_that_nobody_has_is_unknown(world, number):
    for name in ("follow_report", "ask_reopen"):
        ask = replace(ENDPOINTS[name].ask(world), path={"number": number})
        assert refusal(world, operations()[name], ask=ask)["status"] == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/nothing", 404), ("/api/v1/", 404), ("/api/v2/units", 404), ("/api/v1/units/", 404)],
)
def test_address_that_leads_nowhere_is_told(world, path, status):
    reply = world.desk("DISPATCHER").client.get(path)
    assert problem_of(reply)["status"] == status


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("operation", WRITES, ids=by_id)
def test_write_from_a_foreign_page_is_refused(world, operation, site):
    desk = world.desk(ENDPOINTS[operation.id].role)
    desk.client.defaults["HTTP_SEC_FETCH_SITE"] = site
    try:
        problem = problem_of(send(desk, operation, ENDPOINTS[operation.id].ask(world)))
    finally:
        del desk.client.defaults["HTTP_SEC_FETCH_SITE"]
    assert (problem["status"], problem["code"]) == (403, "denied.foreign_site")


PHOTOS = {
    "empty": b"",
    "no picture": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "cut off": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "too large": b"\xff\xd8" + bytes(5 * 1024 * 1024),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_photo_that_is_none_is_refused(world, name):
    ask = replace(ENDPOINTS["add_case_photo"].ask(world), photo=PHOTOS[name])
    problem = refusal(world, operations()["add_case_photo"], ask=ask)
    assert problem["status"] == (413 if name == "too large" else 422)
    assert problem["field"] == "photo"
    assert problem["rule"] in {"jpeg_png_or_webp", "at_most_5_mb"}


@pytest.mark.parametrize("raw", [b"", b"--x", b"--BoUnDaRyStRiNg--\r\n", b"\x00" * 100])
def test_form_without_a_photo_is_refused(world, raw):
    kind = "multipart/form-data; boundary=BoUnDaRyStRiNg"
    problem = refusal(world, operations()["add_case_photo"], raw=raw, content_type=kind)
    assert problem["status"] in {400, 422}
