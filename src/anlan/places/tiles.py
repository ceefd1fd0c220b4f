"""Vector tiles of the city pack, bare ASGI: `/city/<checksum>/tiles/<z>/<x>/<y>.mvt`.

The checksum is in the address, so a tile never changes and may be kept for ever.
"""

import re

from anlan.kernel.asgi_types import Receive, Scope, Send
from anlan.kernel.errors import AnlanError
from anlan.places.city_pack import city

ADDRESS = re.compile(r"/city/([0-9a-f]{8,64})/tiles/(\d{1,2})/(\d{1,7})/(\d{1,7})\.mvt")
KEPT = b"public, max-age=31536000, immutable"


class Tiles:
    """The ASGI application below `/city/`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with one tile: 204 where the city has nothing, 404 for another city's address."""
        try:
            status, body = self._tile(scope["path"])
        except AnlanError as error:
            status, body = error.status, b""
        headers = [(b"x-content-type-options", b"nosniff")]
        if status == 200:
            headers.append((b"content-type", b"application/vnd.mapbox-vector-tile"))
            headers.append((b"content-encoding", b"gzip"))
        if status in {200, 204}:
            headers.append((b"cache-control", KEPT))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _tile(self, path: str) -> tuple[int, bytes]:
        asked = ADDRESS.fullmatch(path)
        if asked is None or not city().checksum.startswith(asked[1]):
            return 404, b""
        tile = city().tile(int(asked[2]), int(asked[3]), int(asked[4]))
        return (200, tile) if tile else (204, b"")
