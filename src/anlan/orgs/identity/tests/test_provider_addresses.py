"""Where a provider may be asked."""

import pytest

from anlan.orgs.identity import provider_client
from anlan.orgs.identity.errors import ProviderAddressError


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.city.example",
        "ftp://login.city.example",
        "https://user@login.city.example",
        "https://login.city.example/?x=1",
        "https://login.city.example/#x",
        "https://",
        "https://login.city.example:99999",
        "https://login.city.example/a b",
        "http://127.0.0.1:9",
    ],
)
def test_provider_is_reached_over_https_at_a_plain_address(issuer):
    with pytest.raises(ProviderAddressError):
        provider_client.checked_address(issuer, "issuer")
