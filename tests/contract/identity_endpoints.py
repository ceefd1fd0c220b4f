"""Sign-ins, asked as the contract allows."""

from collections.abc import Mapping

import pyotp
from tests.contract.asks import Ask, Endpoint
from tests.contract.world import World
from tests.people import EVERYTHING, PASSWORD

from anlan.kernel.scope import scoped
from anlan.orgs.identity.models import Provider


def _password(world: World) -> Ask:
    return Ask(body={"present": PASSWORD, "password": "another correct horse"})


def _confirmation(world: World) -> Ask:
    return Ask(body={"code": pyotp.TOTP(world.offered_secret).now()})


def _care(world: World) -> Ask:
    path = {"account_id": world.crew_member, "move": "end_sign_ins"}
    return Ask(path, body={"reason": "A telephone was lost."})


def _provider() -> str:
    with scoped(EVERYTHING):
        return str(Provider.objects.get(code="CENTRE_SIGN_IN").id)


def _link(world: World) -> Ask:
    body = {"provider_id": _provider(), "subject": "248289761001", "reason": "Joined the city."}
    return Ask({"account_id": world.crew_member}, body=body)


def _answer(world: World) -> Ask:
    return Ask(body={"state": "s" * 43, "code": "c", "issuer": "https://127.0.0.1:9"})


def _key(world: World) -> Ask:
    body = {"name": "A wall of figures", "organisation_id": world.works}
    return Ask(body=body | {"permissions": ["tally.read"], "days": 30})


ANSWER = {"answer": "{}"}  # no address is set: nobody is asked
VIEW = {"name": "Late", "filters": {"only": "late"}}
PASSKEY = {"name": "My telephone"} | ANSWER

IDENTITY_ENDPOINTS: Mapping[str, Endpoint] = {
    "sign_in": Endpoint(None, lambda w: Ask(body={"username": w.username, "password": w.password})),
    "who_am_i": Endpoint("CREW"),
    "sign_out": Endpoint(None, answers=204),
    "list_own_sessions": Endpoint("DISPATCHER", lambda w: Ask()),
    "end_own_session": Endpoint(
        "DISPATCHER", lambda w: Ask({"session_id": w.other_session}), answers=204
    ),
    "end_other_sessions": Endpoint("DISPATCHER", lambda w: Ask()),
    "prove_again": Endpoint("DISPATCHER", lambda w: Ask(body={"proof": PASSWORD}), answers=204),
    "get_own_authenticator": Endpoint("DISPATCHER"),
    "offer_authenticator": Endpoint("DISPATCHER"),
    "confirm_authenticator": Endpoint("CALL_TAKER", _confirmation),
    "take_authenticator_off": Endpoint("SUPERVISOR", answers=204),
    "renew_recovery_codes": Endpoint("SUPERVISOR"),
    "list_ways_to_sign_in": Endpoint(None),
    "begin_provider_sign_in": Endpoint(
        None, lambda w: Ask(body={"provider_id": _provider()}), answers=409
    ),
    "finish_provider_sign_in": Endpoint(None, _answer, answers=422),
    "link_account": Endpoint("ADMINISTRATOR", _link, denied="SUPERVISOR", stranger=True),
    "list_accounts": Endpoint("ADMINISTRATOR", denied="SUPERVISOR"),
    "move_account": Endpoint("ADMINISTRATOR", _care, denied="SUPERVISOR", stranger=True),
    "list_own_passkeys": Endpoint("DISPATCHER"),
    "begin_own_passkey": Endpoint("DISPATCHER", answers=409),
    "add_own_passkey": Endpoint("DISPATCHER", lambda w: Ask(body=PASSKEY), answers=409),
    "remove_own_passkey": Endpoint(
        "DISPATCHER", lambda w: Ask({"passkey_id": w.other_session}), answers=404
    ),
    "list_own_views": Endpoint("DISPATCHER"),
    "save_own_view": Endpoint(
        "DISPATCHER", lambda w: Ask(body=VIEW | {"screen": "cases"}), answers=201
    ),
    "change_own_view": Endpoint(
        "DISPATCHER", lambda w: Ask({"view_id": w.other_session}, body=VIEW), answers=404
    ),
    "remove_own_view": Endpoint(
        "DISPATCHER", lambda w: Ask({"view_id": w.other_session}), answers=404
    ),
    "begin_proof_by_passkey": Endpoint("DISPATCHER", answers=404),
    "prove_by_passkey": Endpoint("DISPATCHER", lambda w: Ask(body=ANSWER), answers=409),
    "begin_passkey_sign_in": Endpoint(None, answers=409),
    "finish_passkey_sign_in": Endpoint(None, lambda w: Ask(body=ANSWER), answers=409),
    "list_service_keys": Endpoint("ADMINISTRATOR", denied="SUPERVISOR"),
    "add_service_key": Endpoint("ADMINISTRATOR", _key, denied="SUPERVISOR"),
    "end_service_key": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask({"key_id": w.service_key}),
        denied="SUPERVISOR",
        stranger=True,
    ),
    "change_own_password": Endpoint("DISPATCHER", _password, answers=204),
}
