"""Positions over MQTT: a broker's topic of each unit, brought to the position intake.

`anlan/units/{call_sign}/position`, quality of service 1, JSON: ``{"lon", "lat", "at"}``. The
session is persistent: what units tell while the bridge is away waits at the broker, and what of it
is too old by then is counted and dropped. Who may publish for which unit is the broker's own access
list (docs/operator/positions.md): the bridge believes the topic.
Sources: MQTT 3.1.1 (OASIS 2014).
"""

import threading
import time
from urllib.parse import unquote, urlsplit
from uuid import UUID

import orjson
import structlog
from django.db import close_old_connections
from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped
from anlan.orgs.position_gate import fix_of
from anlan.orgs.selectors import units
from anlan.orgs.services.position_intake import AWAY, IntakeFullError, PositionIntake, count

TOPIC = "anlan/units/+/position"
CLIENT_ID = "anlan-positions"
QUALITY = 1
PAYLOAD_LIMIT_BYTES = 1_024
PORT, PORT_TLS = 1883, 8883
RECONNECT_FIRST_S, RECONNECT_LIMIT_S = 1, 60
LOOK_UP_AGAIN_S = 10.0  # a call sign that is unknown is not looked for more often
BRIDGE = system_actor("position-bridge", "unit.position")

log = structlog.get_logger("anlan.positions")


class CallSigns:
    """Units by their call signs; read again when one is not known, at most now and then."""

    def __init__(self) -> None:
        self._units: dict[str, UUID] = {}
        self._read_at_s = float("-inf")

    def unit(self, call_sign: str) -> UUID | None:
        """Return the id of the unit that is called so; None where there is none."""
        found = self._units.get(call_sign)
        if found is None and time.monotonic() - self._read_at_s >= LOOK_UP_AGAIN_S:
            self._read_at_s = time.monotonic()
            with scoped(BRIDGE):
                self._units = {unit.call_sign: unit.id for unit in units()}
            found = self._units.get(call_sign)
        return found


class PositionBridge:
    """One connection to a broker, kept up with a growing pause; `intake` gets what it hears.

    Parameters
    ----------
    address
        ``mqtt://name:password@host:port``, or ``mqtts://`` for TLS.
    """

    def __init__(self, address: str, intake: PositionIntake) -> None:
        parts = urlsplit(address)
        self._host, secure = parts.hostname or "localhost", parts.scheme == "mqtts"
        self._port = parts.port or (PORT_TLS if secure else PORT)
        self._intake, self._signs = intake, CallSigns()
        self.client = Client(CallbackAPIVersion.VERSION2, client_id=CLIENT_ID, clean_session=False)
        if parts.username:
            self.client.username_pw_set(unquote(parts.username), unquote(parts.password or ""))
        if secure:
            self.client.tls_set()
        self.client.reconnect_delay_set(RECONNECT_FIRST_S, RECONNECT_LIMIT_S)
        self.client.on_connect = self._connected
        self.client.on_message = self._heard

    def run(self, stopped: threading.Event) -> None:
        """Listen until `stopped`, through every absence of the broker."""
        self.client.connect_async(self._host, self._port)
        self.client.loop_start()
        stopped.wait()
        self.client.disconnect()
        self.client.loop_stop()

    def _connected(
        self,
        client: Client,
        data: object,
        flags: ConnectFlags,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
        if reason.is_failure:
            log.warning("broker_refused", reason=str(reason))
            return
        client.subscribe(TOPIC, qos=QUALITY)
        log.info("broker_connected", session_present=flags.session_present)

    def _heard(self, client: Client, data: object, message: MQTTMessage) -> None:
        try:
            wrong = self._take(message.topic.split("/")[2], bytes(message.payload))
        except IntakeFullError:
            return  # counted there; the unit tells its next place in a moment
        except AWAY as error:
            log.warning("positions_wait_for_database", kind=type(error).__name__)
            wrong = "database_away"
        finally:
            close_old_connections()  # who hears the broker holds none of the pool
        if wrong is not None:
            count({wrong: 1})

    def _take(self, call_sign: str, payload: bytes) -> str | None:
        """Hand one position on; return why it was none, except what the intake counts itself."""
        if len(payload) > PAYLOAD_LIMIT_BYTES:
            return "malformed"
        unit = self._signs.unit(call_sign)
        if unit is None:
            return "unknown_unit"
        try:
            fix = fix_of(orjson.loads(payload), unit)
        except orjson.JSONDecodeError:
            fix = None
        if fix is None:
            return "malformed"
        self._intake.take([fix], actor=BRIDGE, at=clock.now())
        return None
