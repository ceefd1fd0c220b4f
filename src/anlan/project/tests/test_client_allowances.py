"""Which requests are counted against which allowance, and that operators are shown the same."""

from pathlib import Path

import pytest

from anlan.project.client_allowances import ALLOWANCES, counted_by

SHOWN = Path(__file__).resolve().parents[4] / "docs" / "operator" / "overload.md"
ABROAD, HOUSE = "203.0.113.7", "10.4.0.9"
COOKIE = b"anlan_session=one"


def counted(
    method: str, path: str, *, client: str = ABROAD, cookie: bytes = b"", forwarded: bytes = b""
) -> dict[str, str]:
    """Return by which client a request is counted, by the allowance's name."""
    given = ((b"cookie", cookie), (b"x-forwarded-for", forwarded))
    headers = [(name, value) for name, value in given if value]
    scope = {"method": method, "path": path, "headers": headers, "client": (client, 50_000)}
    return {allowance.name: whose for allowance, whose in counted_by(scope)}


def test_emergencies_of_who_is_signed_in_are_never_counted():
    assert counted("POST", "/api/v1/reports", cookie=COOKIE) == {}
    assert counted("POST", "/api/v1/incidents/1/assignments", cookie=COOKIE) == {}
    assert "visitors" in counted("POST", "/api/v1/reports")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_whether_the_process_lives_is_always_told(path):
    assert counted("GET", path) == {}


def test_sign_in_is_counted_by_its_cookie_and_its_network():
    one = counted("GET", "/api/v1/cases", cookie=COOKIE)
    other = counted("GET", "/api/v1/cases", cookie=b"anlan_session=two")
    assert one.keys() == other.keys() == {"sign_in", "network"}
    assert one["sign_in"] != other["sign_in"]
    assert one["network"] == other["network"] == "203.0.113.0/24"
    assert "one" not in one["sign_in"].split()


def test_visitors_are_counted_by_their_network_and_what_they_report_once_more():
    assert counted("GET", "/api/v1/public/cases").keys() == {"network", "visitors"}
    reported = counted("POST", "/api/v1/public/reports")
    assert reported.keys() == {"network", "visitors", "public_reports"}


def test_network_of_the_own_house_is_no_client():
    assert counted("GET", "/api/v1/cases", client=HOUSE, cookie=COOKIE).keys() == {"sign_in"}
    assert counted("POST", "/api/v1/public/reports", client="::1") == {}
    assert counted("POST", "/api/v1/public/reports", client="") == {}


def test_client_behind_a_named_proxy_is_counted_by_its_own_network(settings):
    settings.TRUSTED_PROXIES = ["10.4.0.0/24"]
    asked = counted("GET", "/report", client=HOUSE, forwarded=b"203.0.113.7")
    assert asked == {"network": "203.0.113.0/24", "visitors": "203.0.113.0/24"}


def test_operators_are_shown_the_same_allowances():
    text = SHOWN.read_text(encoding="utf-8")
    for one in ALLOWANCES:
        assert f"| {one.at_once:,} | {one.per_s:g} |" in text, one.name
