"""Where messages may go: https, and no address inside somebody's own network.

Names are looked up each time and the connection is made to the very address that was checked, so
that a name which changes its mind in between leads nowhere new.
"""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from anlan.exchange.errors import ForbiddenAddressError

URL_MAX_CHARACTERS = 500
HTTPS_PORT = 443
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64 (RFC 6052): an IPv4 address within


def networks(listed: str) -> tuple[Network, ...]:
    """Return the networks of a list with commas, such as ``10.0.0.0/8,fd00::/8``."""
    return tuple(ipaddress.ip_network(one.strip()) for one in listed.split(",") if one.strip())


def checked_url(url: str, allowed: Sequence[Network]) -> SplitResult:
    """Return the parts of an address that messages may go to, as far as it can be told by reading.

    Raises `ForbiddenAddressError`: not https, with a user's name or a fragment, or an address of a
    network that is not public.
    """
    if len(url) > URL_MAX_CHARACTERS or not url.isascii() or any(c <= " " for c in url):
        raise ForbiddenAddressError(field="url", rule="plain_address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ForbiddenAddressError(field="url", rule="plain_address") from None
    if parts.scheme != "https" or not parts.hostname or port == 0:
        raise ForbiddenAddressError(field="url", rule="https")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ForbiddenAddressError(field="url", rule="plain_address")
    literal = _literal(parts.hostname)
    if literal is not None and not may_reach(literal, allowed):
        raise ForbiddenAddressError(field="url", rule="public_address")
    return parts


def resolved(parts: SplitResult, allowed: Sequence[Network]) -> Address:
    """Return the address to connect to; every address of the name must be one that may be reached.

    Raises `ForbiddenAddressError`, or `OSError` where the name has none.
    """
    port = parts.port or HTTPS_PORT
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(may_reach(address, allowed) for address in addresses):
        raise ForbiddenAddressError(field="url", rule="public_address")
    return addresses[0]


def may_reach(address: Address, allowed: Sequence[Network]) -> bool:
    """Return whether messages may go to an address: a public one, or one of an allowed network."""
    inner = _within(address)
    if inner is not None:
        return may_reach(inner, allowed)
    if any(address.version == network.version and address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast


def _within(address: Address) -> Address | None:
    """Return the IPv4 address that an IPv6 address carries, if it carries one."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
