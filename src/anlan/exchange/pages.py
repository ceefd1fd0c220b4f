"""What everybody may read: published warnings as a feed and as CAP documents."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from anlan.exchange.cap.writing import CAP_TYPE, FEED_TYPE, Entry, atom_feed
from anlan.exchange.selectors import published_message, published_messages
from anlan.kernel import clock
from anlan.kernel.access import system_actor
from anlan.kernel.scope import scoped

FEED_LIMIT_ENTRIES = 100
READER = system_actor("published-warnings")
FRESH_FOR_S = 15


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Answer with the Atom feed of every message, newest first."""
    with scoped(READER):
        found = published_messages(FEED_LIMIT_ENTRIES)
    entries = [
        Entry(
            one.identifier,
            one.title,
            request.build_absolute_uri(f"/warnings/{one.identifier}.cap"),
            one.sent_at,
        )
        for one in found
    ]
    updated = found[0].sent_at if found else clock.now()
    link = request.build_absolute_uri("/warnings.atom")
    reply = HttpResponse(atom_feed("安澜 Anlan", link, entries, updated), content_type=FEED_TYPE)
    reply["Cache-Control"] = f"public, max-age={FRESH_FOR_S}"
    return reply


@require_safe
def document(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with one CAP document, as it was published."""
    with scoped(READER):
        found = published_message(identifier)
    if found is None:
        return HttpResponse(status=404)
    return HttpResponse(bytes(found.document), content_type=CAP_TYPE)
