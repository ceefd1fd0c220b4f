"""Headers that every reply carries, whichever part of the server answers.

Sources: OWASP ASVS 5.0.0 chapter V3 (cookies, browser mechanisms), W3C Content Security Policy 3.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from anlan.kernel import clock
from anlan.kernel.asgi_types import Application, Receive, Scope, Send
from anlan.kernel.http import API_PREFIX

# MapLibre draws its tiles in a worker of our own origin and hands pictures round as blobs.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
USED_FEATURES = (
    "geolocation", "camera", "microphone", "publickey-credentials-create",
    "publickey-credentials-get",
)  # fmt: skip
UNUSED_FEATURES = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "display-capture",
    "encrypted-media", "gyroscope", "hid", "magnetometer", "midi", "payment",
    "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        (*(f"{one}=(self)" for one in USED_FEATURES), *(f"{one}=()" for one in UNUSED_FEATURES))
    ),
}
TLS_ONLY_FOR_S = 63_072_000
"""Two years: for that long a browser that once came over TLS never tries without it."""
STRICT_TRANSPORT = {"Strict-Transport-Security": f"max-age={TLS_ONLY_FOR_S}; includeSubDomains"}

TIME_HEADER = "Anlan-Time"  # clocks on screen run by it: in an exercise it is not the wall clock


def headers() -> dict[str, str]:
    """Return the headers of every reply; behind TLS (`ANLAN_HTTPS=1`) it is for TLS only."""
    return HEADERS | STRICT_TRANSPORT if settings.HTTPS else HEADERS


class SecureReplies:
    """Middleware: add the security headers and the time; replies are never cached by others.

    What the API tells is not stored by the browser either: a desk has more than one user.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` with the headers added."""
        reply = self.get_response(request)
        for name, value in headers().items():
            reply.setdefault(name, value)
        storing = "no-store" if request.path.startswith(API_PREFIX) else "no-cache"
        reply.setdefault("Cache-Control", f"private, {storing}")
        reply[TIME_HEADER] = clock.now().isoformat()
        return reply


class SecureEntrance:
    """ASGI middleware: what Django never sees (streams, tiles, files, refusals) has them too.

    Behind TLS every request counts as one that came over it, as the operator said: no header that a
    client could send decides that, and forms are checked as those of a TLS page.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self._added = [(name.lower().encode(), value.encode()) for name, value in headers().items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the connection; a header that a part of the server has set itself stays."""

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                present = list(message.get("headers", ()))
                names = {bytes(name).lower() for name, _ in present}
                added = [one for one in self._added if one[0] not in names]
                message = {**message, "headers": [*present, *added]}
            await send(message)

        over_tls = {"scheme": "https"} if settings.HTTPS else {}
        await self.application({**scope, **over_tls}, receive, sending)
