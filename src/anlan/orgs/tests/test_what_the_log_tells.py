"""Who is refused leaves a line that names nobody (ASVS 5.0, 16.3.1 to 16.3.3)."""

import pytest
from structlog.testing import CapturingLogger

from anlan.kernel import observed
from anlan.orgs.identity.services import failures

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> CapturingLogger:
    """What requests and failed proofs write into the log."""
    log = CapturingLogger()
    monkeypatch.setattr(observed, "log", log)
    monkeypatch.setattr(failures, "log", log)
    return log


def refusals(told: CapturingLogger) -> list[dict[str, object]]:
    """Return the lines of refusals; a slow machine leaves others."""
    return [one.kwargs for one in told.calls if one.args == ("refused",)]


def test_refused_request_is_told_by_its_route_and_the_id_of_the_account(desk, told):
    officer = desk("CALL_TAKER")
    assert officer.get("accounts").status_code == 403
    account = str(officer.account.pk)
    assert refusals(told) == [
        {"path": "api/v1/accounts", "method": "GET", "status": 403, "account": account}
    ]


def test_what_is_allowed_or_not_there_leaves_no_line(desk, told):
    assert desk("DISPATCHER").get("session").status_code == 200
    assert desk("DISPATCHER").get("incidents/nothing-like-it").status_code in {404, 422}
    assert refusals(told) == []


def test_failed_proofs_of_one_account_are_told_together_and_without_its_name(desk, told):
    names = [desk("DISPATCHER").account.username, desk("DISPATCHER").account.username]
    visitor = desk(None)
    for name in (names[0], names[0], names[1]):
        reply = visitor.post("session", {"username": name, "password": "not the password"})
        assert reply.status_code == 401
    failed = [one.kwargs["account"] for one in told.calls if one.args == ("proof_failed",)]
    assert failed[0] == failed[1] != failed[2]
    assert [one["account"] for one in refusals(told)] == ["visitor"] * 3
    assert not any(name in str(told.calls) for name in names)
