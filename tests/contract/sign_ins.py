"""Sign-ins and authenticators of the city that the contract is asked of."""

from pyotp import TOTP
from tests.people import Desk


def signed_in_and_proven(twice: Desk, armed: Desk, offered: Desk) -> dict[str, str]:
    """Sign one person in once more, give one an authenticator, offer one another."""
    Desk(twice.account)
    other = [one["id"] for one in twice.get("own/sessions").json() if not one["this"]]
    secret = armed.post("own/authenticator").json()["secret"]
    armed.post("own/authenticator/confirm", {"code": TOTP(secret).now()})
    confirmed = offered.post("own/authenticator").json()["secret"]
    return {"other_session": other[0], "offered_secret": confirmed}
