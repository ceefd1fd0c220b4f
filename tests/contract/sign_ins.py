"""Sign-ins and authenticators of the city that the contract is asked of."""

from collections.abc import Callable

from pyotp import TOTP
from tests.people import EVERYTHING, Desk

from anlan.kernel.clock import machine_now, now
from anlan.kernel.scope import scoped
from anlan.orgs.identity.services.providers import Registration, add_provider
from anlan.orgs.identity.services.service_keys import add_key


def signed_in_and_proven(desk: Callable[..., Desk]) -> dict[str, str]:
    """Sign one person in once more, give one an authenticator, offer one another."""
    roles = ("DISPATCHER", "SUPERVISOR", "CALL_TAKER")
    twice, armed, offered = (desk(role, elsewhere=False) for role in roles)
    Desk(twice.account)
    other = [one["id"] for one in twice.get("own/sessions").json() if not one["this"]]
    secret = armed.post("own/authenticator").json()["secret"]
    armed.post("own/authenticator/confirm", {"code": TOTP(secret).now()})
    confirmed = offered.post("own/authenticator").json()["secret"]
    with scoped(EVERYTHING):
        add_provider(
            code="CENTRE_SIGN_IN",
            organisation_code="EMERGENCY_CENTRE",
            name=("统一登录", "City sign-in"),
            registration=Registration(
                issuer="https://127.0.0.1:9",  # nobody answers there
                client_id="anlan",
                client_secret="a secret of the tests",
                redirect_uri="https://anlan.example/console/sign-in/provider",
            ),
            actor=EVERYTHING,
            at=now(),
        )
        key, _ = add_key(
            "a display", "EMERGENCY_CENTRE", ["unit.read"], days=30, actor=EVERYTHING,
            at=machine_now(),
        )  # fmt: skip
    return {
        "other_session": other[0],
        "offered_secret": confirmed,
        "service_key": str(key.id),
    }
