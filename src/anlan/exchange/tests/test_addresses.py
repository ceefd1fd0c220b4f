"""Where messages never go."""

import ipaddress
import socket

import pytest

from anlan.exchange.addresses import checked_url, may_reach, networks, resolved
from anlan.exchange.errors import ForbiddenAddressError


@pytest.mark.parametrize(
    "url",
    [
        "http://agency.example/hook", "ftp://agency.example/", "//agency.example/", "agency",
        "https://", "https:///hook", "https://user:word@agency.example/", "https://a@b.example/",
        "https://agency.example/#part", "https://agency.example:0/", "https://agency.example:99999/",
        "https://agency.example/a b", "https://单位.example/", "https://x.example/" + "x" * 500,
        "https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data",
        "https://192.168.1.1/", "https://172.16.0.1/", "https://0.0.0.0/", "https://100.64.0.1/",
        "https://[::1]/", "https://[fe80::1]/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://224.0.0.1/",
        "https://[::]/", "https://255.255.255.255/",
    ],
)  # fmt: skip
def test_address_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddressError) as refused:
        checked_url(url, ())
    assert refused.value.field == "url"


@pytest.mark.parametrize(
    "url", ["https://agency.example/hook?x=1", "https://agency.example:8443", "https://8.8.8.8/"]
)
def test_public_address_is_taken(url: str) -> None:
    assert checked_url(url, ()).scheme == "https"


def test_network_that_the_installation_allows_is_reached() -> None:
    allowed = networks("10.0.0.0/8, fd00::/8")
    assert checked_url("https://10.1.2.3/", allowed).hostname == "10.1.2.3"
    assert may_reach(ipaddress.ip_address("fd00::1"), allowed)
    assert may_reach(ipaddress.ip_address("::ffff:10.1.2.3"), allowed)
    assert not may_reach(ipaddress.ip_address("192.168.0.1"), allowed)
    assert networks("") == ()


def named(*addresses: str):
    """Return a look-up that finds these addresses for every name."""

    def look_up(host: str, port: int, **_: object) -> list[tuple]:
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    return look_up


def test_name_that_leads_inside_is_refused_when_it_is_used(monkeypatch) -> None:
    parts = checked_url("https://agency.example/", ())
    for found in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], []):
        monkeypatch.setattr(socket, "getaddrinfo", named(*found))
        with pytest.raises(ForbiddenAddressError):
            resolved(parts, ())
    monkeypatch.setattr(socket, "getaddrinfo", named("8.8.8.8"))
    assert str(resolved(parts, ())) == "8.8.8.8"
