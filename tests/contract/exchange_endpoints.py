"""The endpoints of linked agencies and of exchange, each with a request that it accepts."""

from collections.abc import Mapping
from uuid import uuid4

from tests.contract.asks import Ask, Endpoint
from tests.contract.world import PLACE, WARNING, World, from_now

from anlan.exchange.eido import IncidentFacts, eido
from anlan.exchange.tests.test_cap_reading import GOOD


def _offer(world: World) -> Ask:
    body = {"agency_id": world.other_agency, "fields": ["kind", "place"], "kinds": ["LIFT_TRAPPED"]}
    return Ask(body=body | {"begins_at": world.now, "ends_at": world.later})


def _help(world: World) -> Ask:
    body = {"agency_id": world.agency, "capabilities": ["UTILITY_CREW"], "unit_count": 2}
    body |= {"note": "Close the valve", "answer_within_s": 300}
    return Ask({"incident_id": world.unasked}, body=body)


def _warning(world: World) -> Ask:
    body = dict(WARNING) | {"expires_at": world.later, "replaces": None}
    return Ask(body=body | {"circle": {"lon": 24.94, "lat": 60.17, "radius_km": 1.5}})


def _eido(world: World) -> Ask:
    facts = IncidentFacts(
        id=uuid4(), number="I-1", state="OPEN", changed_at=from_now(world, 0), kind="GAS_SMELL",
        priority=2, lon=PLACE["lon"], lat=PLACE["lat"], text="A smell in the yard",
    )  # fmt: skip
    body = eido(facts, "water.example")
    return Ask({"webhook_id": world.webhook}, body=body, secret=world.webhook_secret)


EXCHANGE_ENDPOINTS: Mapping[str, Endpoint] = {
    "list_agencies": Endpoint("DISPATCHER", denied="CREW"),
    "list_agreements": Endpoint(
        "AGENCY_DESK", lambda w: Ask(query={"limit": 5, "after": w.offer}), denied="CREW"
    ),
    "offer_agreement": Endpoint("ADMINISTRATOR", _offer, denied="DISPATCHER", answers=201),
    "move_agreement": Endpoint(
        "AGENCY_DESK",
        lambda w: Ask({"agreement_id": w.offer, "move": "accept"}, body={"reason": ""}),
        denied="CREW",
        stranger=True,
    ),
    "list_links_of_incident": Endpoint(
        "CREW", lambda w: Ask({"incident_id": w.incident}), denied="AGENCY_DESK", stranger=True
    ),
    "share_incident": Endpoint(
        "DISPATCHER",
        lambda w: Ask(
            {"incident_id": w.incident},
            body={"agency_id": w.agency, "fields": ["kind"], "ends_at": w.later},
        ),
        denied="AGENCY_DESK",
        stranger=True,
        answers=201,
    ),
    "end_share": Endpoint(
        "DISPATCHER", lambda w: Ask({"share_id": w.share}, body={"reason": "Over"}),
        denied="AGENCY_DESK", stranger=True,
    ),
    "ask_help": Endpoint(
        "DISPATCHER", _help, denied="AGENCY_DESK", stranger=True, answers=201
    ),
    "list_help_requests": Endpoint(
        "AGENCY_DESK",
        lambda w: Ask(query={"limit": 5, "after": w.help_request, "open": "true"}),
        denied="CREW",
    ),
    "move_help_request": Endpoint(
        "AGENCY_DESK",
        lambda w: Ask(
            {"request_id": w.help_request, "move": "accept"}, body={"reason": "", "note": ""}
        ),
        denied="CREW",
        stranger=True,
    ),
    "list_shared_incidents": Endpoint(
        "AGENCY_DESK", lambda w: Ask(query={"limit": 5, "after": w.share}), denied="DISPATCHER"
    ),
    "get_shared_incident": Endpoint(
        "AGENCY_DESK", lambda w: Ask({"share_id": w.share}), denied="DISPATCHER", stranger=True
    ),
    "list_warnings": Endpoint(
        "DISPATCHER", lambda w: Ask(query={"limit": 5, "after": w.warning}), denied="CREW"
    ),
    "draft_warning": Endpoint("DISPATCHER", _warning, denied="CALL_TAKER", answers=201),
    "move_warning": Endpoint(
        "SUPERVISOR",
        lambda w: Ask({"warning_id": w.warning, "move": "approve"}, body={"reason": ""}),
        denied="CREW",
        stranger=True,
    ),
    "list_alerts": Endpoint(
        "DISPATCHER", lambda w: Ask(query={"limit": 5, "after": w.warning}), denied="CREW"
    ),
    "take_alerts": Endpoint(
        "DISPATCHER", lambda w: Ask(xml=GOOD.encode()), denied="CREW", answers=201
    ),
    "get_eido": Endpoint(
        "CREW", lambda w: Ask({"incident_id": w.incident}), denied="AGENCY_DESK", stranger=True
    ),
    "get_shared_eido": Endpoint(
        "AGENCY_DESK", lambda w: Ask({"share_id": w.share}), denied="DISPATCHER", stranger=True
    ),
    "list_log_events": Endpoint(
        "CREW", lambda w: Ask({"incident_id": w.incident}), denied="AGENCY_DESK", stranger=True
    ),
    "list_webhooks": Endpoint("ADMINISTRATOR", denied="DISPATCHER"),
    "add_webhook": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(body={"agency_id": w.other_agency, "url": "https://power.example/hook"}),
        denied="AGENCY_DESK",
        answers=201,
    ),
    "change_webhook": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(
            {"webhook_id": w.webhook}, body={"url": "https://water.example/", "active": False}
        ),
        denied="AGENCY_DESK",
        stranger=True,
    ),
    "renew_webhook_secret": Endpoint(
        "ADMINISTRATOR", lambda w: Ask({"webhook_id": w.webhook}), denied="SUPERVISOR",
        stranger=True,
    ),
    "list_deliveries": Endpoint(
        "ADMINISTRATOR",
        lambda w: Ask(
            {"webhook_id": w.webhook}, query={"limit": 5, "after": w.delivery, "state": "DEAD"}
        ),
        denied="AGENCY_DESK",
        stranger=True,
    ),
    "replay_delivery": Endpoint(
        "ADMINISTRATOR", lambda w: Ask({"delivery_id": w.delivery}), denied="SUPERVISOR",
        stranger=True,
    ),
    "take_eido": Endpoint(None, _eido),
    "take_signed_message": Endpoint(
        None,
        lambda w: Ask(
            {"webhook_id": w.webhook},
            body={
                "type": "help_request.accept",
                "data": {"id": w.help_request, "reason": "", "note": ""},
            },
            secret=w.webhook_secret,
        ),
    ),
}  # fmt: skip
