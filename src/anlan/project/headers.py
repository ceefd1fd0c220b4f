"""Headers that every reply of Django carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from anlan.kernel import clock

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
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(self)",
}

TIME_HEADER = "Anlan-Time"  # clocks on screen run by it: in an exercise it is not the wall clock


class SecureReplies:
    """Middleware: add the security headers and the time; replies are never cached by others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` with the headers added."""
        reply = self.get_response(request)
        for name, value in HEADERS.items():
            reply.setdefault(name, value)
        reply.setdefault("Cache-Control", "private, no-cache")
        reply[TIME_HEADER] = clock.now().isoformat()
        return reply
