"""A real MQTT broker of a test's own (Debian: mosquitto), and whoever publishes at it."""

import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.journeys.clients import until
from tests.live import free_port

MOSQUITTO = Path(shutil.which("mosquitto") or "/usr/sbin/mosquitto")
PATIENCE_S = 60


class Broker:
    """A broker that keeps what a client that is away has to get."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"mqtt://127.0.0.1:{self.port}"
        self.file = folder / "mosquitto.conf"
        self.file.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\nuser root\n"
            f"persistence true\npersistence_location {folder}/\n"
        )
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; who connects waits for it."""
        self.process = subprocess.Popen(
            [MOSQUITTO, "-c", self.file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def stop(self) -> None:
        """End it; what it keeps is there at the next start."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_S)

    def client(self) -> Client:
        """Return a client that is connected and at work."""
        made = Client(CallbackAPIVersion.VERSION2)
        until(lambda: _connected(made, self.port), "the broker does not answer")
        made.loop_start()
        return made

    def publish(self, call_sign: str, payload: bytes) -> None:
        """Publish as a unit does; return when the broker has it."""
        client = self.client()
        tell(client, call_sign, payload)
        client.disconnect()
        client.loop_stop()


def tell(client: Client, call_sign: str, payload: bytes) -> None:
    """Publish a unit's position; return when the broker has it."""
    sent = client.publish(f"anlan/units/{call_sign}/position", payload, qos=1)
    sent.wait_for_publish(PATIENCE_S)


def position(lon: float, lat: float, at: datetime) -> bytes:
    """Return a position as units tell it."""
    return json.dumps({"lon": lon, "lat": lat, "at": at.isoformat()}).encode()


def _connected(client: Client, port: int) -> bool:
    try:
        client.connect("127.0.0.1", port)
    except OSError:
        return False
    return True
