"""The server's one entrance: streams and tiles beside Django, on one port."""

import gc
import os
import sys
import threading
from typing import Any

from asgiref.sync import sync_to_async
from servestatic import ServeStaticASGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anlan.project.settings")

from django.conf import settings
from django.urls import resolve

from anlan.project.one_thread import django_application

site = django_application(threads=settings.POOL_SIZE_CONNECTIONS)

from anlan.dispatch.services import recommendations  # noqa: E402
from anlan.flows.pages import assets  # noqa: E402
from anlan.kernel.asgi_types import Application, Receive, Scope, Send  # noqa: E402
from anlan.kernel.body_limit import BodyLimit  # noqa: E402
from anlan.kernel.ended_sign_ins import EndedSignIns  # noqa: E402
from anlan.kernel.postgres.bounded import CONNECT_LIMIT_S  # noqa: E402
from anlan.kernel.postgres.where import database  # noqa: E402
from anlan.kernel.stream import Connection, Hub, HubConnection, Stream  # noqa: E402
from anlan.orgs import position_gate  # noqa: E402
from anlan.orgs.identity.selectors import ENDED_AMONG  # noqa: E402
from anlan.orgs.position_gate import PositionGate  # noqa: E402
from anlan.orgs.selectors import unit_positions  # noqa: E402
from anlan.orgs.services.position_intake import PositionIntake  # noqa: E402
from anlan.orgs.sign_in import actor_of_cookies  # noqa: E402
from anlan.places import place_names, roads  # noqa: E402
from anlan.places.tiles import Tiles  # noqa: E402
from anlan.project.client_allowances import limited  # noqa: E402
from anlan.project.door import door  # noqa: E402
from anlan.project.headers import SecureEntrance  # noqa: E402
from anlan.project.showing import SHOWING  # noqa: E402

SWITCH_S = 0.0005
"""A thread that has its answer from the database waits no longer for another to stop counting."""
GARBAGE_AFTER_OBJECTS = 20_000
"""What hangs in circles is looked for, while all threads wait, after so many; a request makes some
thousand objects, nearly none of them in circles."""
ASSETS_KEPT_S = 31_536_000  # their names hold their digests


async def _connect() -> Connection:
    conninfo = database("app").conninfo()
    name = str(settings.DATABASES["default"]["NAME"])
    return await HubConnection.connect(
        conninfo, dbname=name, prepare_threshold=None, connect_timeout=CONNECT_LIMIT_S
    )


def _add_headers(headers: Any, path: str, url: str) -> None:
    if not url.startswith("/assets/"):
        headers["Cache-Control"] = "no-cache"


hub = Hub(_connect, SHOWING, unit_positions(), EndedSignIns(ENDED_AMONG))
stream = Stream(hub, sync_to_async(actor_of_cookies))
intake = PositionIntake()
gate = PositionGate(intake, sync_to_async(actor_of_cookies))
tiles = Tiles()
files = ServeStaticASGI(
    limited(BodyLimit(door(site, connections=settings.POOL_SIZE_CONNECTIONS))),
    root=settings.CONSOLE_FOLDER if settings.CONSOLE_FOLDER.is_dir() else None,
    max_age=ASSETS_KEPT_S,
    allow_all_origins=False,
    add_headers_function=_add_headers,
    index_file=False,
)
files.add_files(assets.FOLDER, prefix=assets.PREFIX)
files_and_pages: Application = files


async def _parts(scope: Scope, receive: Receive, send: Send) -> None:
    """Hand each request to the part that serves it."""
    if scope["path"] == "/stream":
        await stream(scope, receive, send)
    elif scope["path"] == position_gate.PATH:
        await gate(scope, receive, send)
    elif scope["path"].startswith("/city/"):
        await tiles(scope, receive, send)
    else:
        await files_and_pages(scope, receive, send)


_secured = SecureEntrance(_parts)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Begin and end with the process, and serve each connection with the headers of every reply."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    else:
        await _secured(scope, receive, send)


def warm_up() -> None:
    """Load what a first request would load; what is loaded already costs nothing."""
    roads.warm_up()
    place_names.warm_up()
    recommendations.warm_up()
    resolve("/healthz")  # imports every page and endpoint, with their schemas
    gc.collect()
    gc.freeze()  # what stays for ever is not looked through again: that took all threads 0.2 s


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            sys.setswitchinterval(SWITCH_S)
            gc.set_threshold(GARBAGE_AFTER_OBJECTS)
            await sync_to_async(warm_up)()
            hub.start()
            stopped = threading.Event()
            writer = threading.Thread(target=intake.run, args=[stopped], name="positions")
            writer.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            stopped.set()
            await sync_to_async(writer.join)()
            await send({"type": "lifespan.shutdown.complete"})
            return
