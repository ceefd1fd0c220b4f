"""Requests as the contract tests send them, and what must hold of every refusal."""

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import orjson
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.contract.asks import Ask
from tests.contract.description import Operation
from tests.people import EVERYTHING, Desk

from anlan.exchange.signatures import headers_for
from anlan.kernel.clock import now
from anlan.kernel.scope import scoped

TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname NOT IN ('django_migrations', 'sign_in_failure')
        AND has_table_privilege(oid, 'SELECT')
    ORDER BY relname
"""

SIGN_IN_TEXT = "(to_jsonb(row) - 'last_seen_at')::text"  # noted once a minute, whatever is asked


def send(
    desk: Desk, operation: Operation, ask: Ask, *, raw: bytes | None = None, key: str | None = "",
    method: str | None = None, content_type: str | None = None,
) -> HttpResponse:  # fmt: skip
    """Send `ask` (or the bytes `raw` instead of its body); `key`: "" a fresh one, None for none."""
    path = operation.path
    for name, value in ask.path.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    kind, content = content_type or "application/json", raw
    if content is None and ask.xml is not None:
        kind, content = "application/cap+xml", ask.xml
    files = {"photo": ask.photo, "voice": ask.voice}
    form = {name: _file(given) for name, given in files.items() if given is not None}
    form |= ask.form
    if content is None and form:
        kind, content = MULTIPART_CONTENT, encode_multipart(BOUNDARY, form)
    headers = {} if key is None else {"Idempotency-Key": key or str(uuid4())}
    content = _json(ask.body) if content is None else content
    if ask.secret is not None:
        headers |= headers_for(ask.secret, str(uuid4()), content, now())
    cookies = SimpleCookie(desk.client.cookies)
    try:
        return desk.client.generic(
            (method or operation.method).upper(),
            path,
            content,
            content_type=kind,
            headers=headers,
            query_params=ask.query,
        )
    finally:
        desk.client.cookies = cookies  # what the request wrote is undone


def _json(body: Any) -> bytes:
    return b"" if body is None else orjson.dumps(body)


def _file(content: bytes) -> Any:
    return SimpleUploadedFile("photo.jpg", content, "image/jpeg")


def undone(work: Any) -> Any:
    """Return what `work` returns; everything it wrote is undone."""
    with transaction.atomic():
        result = work()
        transaction.set_rollback(True)
    return result


def content() -> dict[str, tuple[Any, ...]]:
    """Return how many rows each table holds, over every area, and a sum over their content."""
    with scoped(EVERYTHING), connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [row[0] for row in cursor.fetchall()]
        found = {}
        for table in tables:
            text = "row::text" if table != "sign_in_session" else SIGN_IN_TEXT
            summed = f"coalesce(sum(hashtextextended({text}, 0)), 0)"
            cursor.execute(f"SELECT count(*), {summed} FROM {table} AS row")  # noqa: S608
            found[table] = cursor.fetchone()
    return found


def problem_of(reply: HttpResponse) -> dict[str, Any]:
    """Return a refusal, after checking that it is a problem document and no accident."""
    assert 400 <= reply.status_code < 500, (reply.status_code, reply.content[:500])
    assert reply["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["status"] == reply.status_code
    assert problem["type"] == f"urn:anlan:problem:{problem['code']}"
    assert problem["title"]
    assert not problem["title"].startswith("problem."), problem["title"]
    if "field" in problem:
        assert problem["rule"]
        assert "rule." not in problem["detail"], problem["detail"]
    return problem
