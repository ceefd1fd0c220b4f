"""The conformance suite against our own server: nothing is broken."""

from datetime import timedelta

import httpx
import pytest
from django.test import Client

from anlan.exchange.open311 import offers
from anlan.exchange.open311.tests.outside import Outside
from anlan.kernel import clock
from open311_check.examination import Examination, Given
from open311_check.outcomes import Verdict
from open311_check.running import RULES, examine

pytestmark = pytest.mark.django_db
ENDPOINT = "http://testserver/open311/v2"


def ours(request: httpx.Request) -> httpx.Response:
    """Answer as our server does, within the test's own transaction."""
    path = request.url.raw_path.decode()
    kind = request.headers.get("content-type", "")
    reply = Client().generic(request.method, path, request.content, content_type=kind)
    return httpx.Response(reply.status_code, headers=dict(reply.items()), content=reply.content)


def test_our_server_keeps_every_rule(outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    required = [
        offers.Question(one.code, one.datatype, True, one.order, one.description, one.values,
                        one.groups)
        for one in offers.questions()
    ]  # fmt: skip
    monkeypatch.setattr(offers, "questions", lambda: tuple(required))
    began = clock.now()
    for minute, service in enumerate(("pavement_damage", "street_lamp_out", "pavement_damage")):
        at = began - timedelta(minutes=3 - minute)  # the standard's times are whole seconds
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda at=at: at)
            outside.sent(service_code=service, **{
                "attribute[object_number]": "7", "attribute[hindered]": "pavement"
            })  # fmt: skip
    given = Given(
        ENDPOINT, jurisdiction="anlan.example", key=outside.key, writes=True,
        place=(24.935, 60.182), bulk=f"{ENDPOINT}/bulk.csv",
    )  # fmt: skip
    with httpx.Client(transport=httpx.MockTransport(ours)) as client:
        findings = list(examine(Examination(given, client, clock.now())))
    told = {one.rule.id: f"{one.verdict}: {one.seen}" for one in findings}
    broken = {key: words for key, words in told.items() if words.startswith(Verdict.FAILED)}
    assert broken == {}
    others = {one.rule.id for one in findings if one.verdict != Verdict.PASSED}
    # We take every request at once (no tokens), and serve one city.
    assert others == {"JUR-2", "POST-12", "POST-13", "TOK-2"}
    assert len(findings) == len(RULES)
