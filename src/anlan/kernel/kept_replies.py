"""Idempotency keys: the same key twice gives the same answer, once done.

The row that claims a key is inserted in the transaction of the write itself. A second request with
the key waits at the unique index until the first is decided, then finds its reply; if the first
rolled back, the second does the work. Nothing can be half done in between.

A reply is kept for a day, its key for a month: a message that comes days late is refused as done,
for what it says was written then, and nobody writes it twice.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse

from anlan.kernel.access import Actor, system_actor
from anlan.kernel.areas import street_of
from anlan.kernel.errors import AnlanError, InvalidError, RefusedError
from anlan.kernel.models import KeptReply
from anlan.kernel.riding import ride
from anlan.kernel.scope import scoped

HEADER = "Idempotency-Key"
REPLAY_HEADER = "Idempotent-Replay"
KEPT_FOR = timedelta(hours=24)
KEY_KEPT_FOR = timedelta(days=31)  # ten times as long as a telephone waits for a network
REPLY_LIMIT_BYTES = 8 * 1024 * 1024  # above the longest timeline that any page shows
CLAIM_TRIES = 3
ERASE_BATCH_ROWS = 5_000
JANITOR = system_actor("kept-replies")
_CLAIM = """
    INSERT INTO kernel_kept_reply
        (id, area, street, actor_id, key, request_digest, content_type, body, kept_at)
    VALUES (%s, %s, %s, %s, %s, %s, '', '', %s)
    ON CONFLICT (actor_id, key) DO NOTHING
"""
_WAIT_AGAIN = "SELECT pg_logical_emit_message(true, 'anlan', 'a kept reply is sent again')"
_FORGET = """
    UPDATE kernel_kept_reply SET forgotten = true, content_type = '', body = '' WHERE id IN (
        SELECT id FROM kernel_kept_reply WHERE NOT forgotten AND kept_at < %s
        ORDER BY kept_at LIMIT %s FOR UPDATE SKIP LOCKED
    )
"""
_KEEP = "UPDATE kernel_kept_reply SET status = %s, content_type = %s, body = %s WHERE id = %s"


class ReplyTooLargeError(AnlanError):
    """A write's reply is too large to be kept: a defect of the endpoint, so nothing is written."""

    code = "idempotency.reply_too_large"
    status = 500


class DoneBeforeError(RefusedError):
    """The same request was done so long ago that its reply is gone. Nothing was done now."""

    code = "idempotency.done_before"


def key_of(request: HttpRequest) -> UUID:
    """Return the request's key; raise `InvalidError` when it is missing or no UUID."""
    try:
        return UUID(request.headers[HEADER])
    except KeyError:
        raise InvalidError(code="idempotency.missing", field=HEADER, rule="required") from None
    except ValueError:
        raise InvalidError(code="idempotency.malformed", field=HEADER, rule="uuid") from None


def digest_of(request: HttpRequest) -> bytes:
    """Return a digest of what was asked: method, path and body.

    The boundary of a form is left out: whoever sends a form again draws a new one, and by RFC 2046
    it stands nowhere in what it separates.
    """
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    boundary = (request.content_params or {}).get("boundary", "").encode()
    asked.update(request.body.replace(boundary, b"") if boundary else request.body)
    return asked.digest()


def claim(actor: Actor, key: UUID, digest: bytes, at: datetime) -> KeptReply | HttpResponse:
    """Claim `key` for this transaction; return the claim, or the reply that was kept for it.

    Raises `RefusedError` when the key was used for another request, or cannot be had;
    `DoneBeforeError` when its reply is older than `KEPT_FOR`, whether it was erased yet or not.
    """
    mine = KeptReply(
        area=actor.area_low, actor_id=actor.id, key=key, request_digest=digest, kept_at=at
    )
    for _ in range(CLAIM_TRIES):
        if _inserted(mine):
            return mine
        found = KeptReply.objects.filter(actor_id=actor.id, key=key).first()
        if found is None:
            continue
        if bytes(found.request_digest) != digest:
            raise RefusedError(
                code="idempotency.key_reused", field=HEADER, rule="one_request_per_key"
            )
        if found.forgotten or found.kept_at < at - KEPT_FOR:
            raise DoneBeforeError(field=HEADER, rule="one_request_per_key")
        # The row may be one whose wait for the synchronous replica was cancelled: an answer that
        # says "done" waits with a commit of its own, which stands after that one in the log.
        ride(_WAIT_AGAIN)
        return replay(found)
    raise RefusedError(code="idempotency.key_busy", field=HEADER, rule="one_request_per_key")


def _inserted(mine: KeptReply) -> bool:
    """Insert a claim where its key is free; wait while another transaction holds the key."""
    digest = bytes(mine.request_digest)
    row = (mine.id, mine.area, street_of(mine.area), mine.actor_id, mine.key, digest, mine.kept_at)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, row)
        return bool(cursor.rowcount)


def replay(kept: KeptReply) -> HttpResponse:
    """Return the reply that was kept."""
    reply = HttpResponse(
        bytes(kept.body), status=kept.status or 200, content_type=kept.content_type or None
    )
    reply[REPLAY_HEADER] = "true"
    return reply


def keep(claimed: KeptReply, reply: HttpResponse) -> None:
    """Keep a successful reply with its claim.

    A reply marked ``no-store`` holds something protected: it is not kept, and its key is freed, so
    that asking again is a second look with its own entry on the record. Raises
    `ReplyTooLargeError`: a write whose reply cannot be kept could not be repeated safely.
    """
    if "no-store" in reply.get("Cache-Control", ""):
        claimed.delete()
        return
    if len(reply.content) > REPLY_LIMIT_BYTES:
        raise ReplyTooLargeError
    ride(_KEEP, (reply.status_code, reply.get("Content-Type", ""), reply.content, claimed.pk))


def erase_old_replies(at: datetime) -> int:
    """Empty replies older than `KEPT_FOR`, delete keys older than `KEY_KEPT_FOR`; return how many.

    Of either no more than `ERASE_BATCH_ROWS` at a time.
    """
    with scoped(JANITOR), connection.cursor() as cursor:
        cursor.execute(_FORGET, [at - KEPT_FOR, ERASE_BATCH_ROWS])
        emptied = int(cursor.rowcount)
        old = KeptReply.objects.filter(kept_at__lt=at - KEY_KEPT_FOR).order_by("kept_at")
        deleted, _ = KeptReply.objects.filter(
            pk__in=list(old.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        ).delete()
        return emptied + deleted
