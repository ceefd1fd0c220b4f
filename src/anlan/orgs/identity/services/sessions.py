"""Sign-ins: begun with a token that is shown once, used, ended by either side."""

import re
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from anlan.kernel.retention import kept_for
from anlan.kernel.scope import scoped
from anlan.orgs.identity.errors import UnknownSessionError
from anlan.orgs.identity.models import Session
from anlan.orgs.identity.selectors import DOOR, SESSIONS_LIMIT_ROWS, SignedIn, digest_of
from anlan.orgs.models import Account

TOKEN_BYTES = 32
LIFE = timedelta(hours=12)
"""One duty day, whatever happens in between (NIST SP 800-63B-4, 2.2.3: at most 24 hours)."""
SEEN_EVERY = timedelta(minutes=1)
"""Between two notes that a sign-in is in use, so that a page that reads stays a read."""
ERASE_BATCH_ROWS = 5_000
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")


def seen_from(user_agent: str) -> str:
    """Return browser and system in a few words, so that a person knows the own sign-ins apart."""
    found = (
        next((name for name in names if re.search(name, user_agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, found)).replace("Edg", "Edge").replace("OPR", "Opera")


def begin(account: Account, *, user_agent: str, at: datetime) -> str:
    """Begin a sign-in of `account`, just proven; return its token, which is kept nowhere.

    Beyond `SESSIONS_LIMIT_ROWS` of one account, the oldest ends.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with scoped(DOOR):
        Session.objects.create(
            area=account.area,
            account=account,
            token_digest=digest_of(token),
            seen_from=seen_from(user_agent),
            began_at=at,
            last_seen_at=at,
            proven_at=at,
            ends_at=at + LIFE,
        )
        newest_first = _live(account.id).order_by("-began_at").values("pk")
        _end(Session.objects.filter(pk__in=newest_first[SESSIONS_LIMIT_ROWS:]))
    return token


def note_use(known: SignedIn, at: datetime) -> None:
    """Note that a sign-in is in use, at most once in `SEEN_EVERY`."""
    if at - known.last_seen_at < SEEN_EVERY:
        return
    with scoped(DOOR):
        rows = Session.objects.filter(pk=known.session_id, last_seen_at=known.last_seen_at)
        rows.update(last_seen_at=at)


def end(account_id: UUID, session_id: UUID) -> None:
    """End one sign-in of an account; raise `UnknownSessionError` if it has none such."""
    with scoped(DOOR):
        if not _end(_live(account_id).filter(pk=session_id)):
            raise UnknownSessionError


def end_others(account_id: UUID, kept: UUID) -> int:
    """End every sign-in of an account but the one to be `kept`; return how many ended."""
    with scoped(DOOR):
        return _end(_live(account_id).exclude(pk=kept))


def end_all(account_id: UUID) -> int:
    """End every sign-in of an account; return how many ended."""
    with scoped(DOOR):
        return _end(_live(account_id))


def erase_old_sessions(at: datetime) -> int:
    """Delete up to `ERASE_BATCH_ROWS` sign-ins a day after they would have ended; say how many."""
    with scoped(DOOR):
        old = Session.objects.filter(ends_at__lt=at - kept_for("sign_in", at)).order_by("ends_at")
        batch = list(old.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        count, _ = Session.objects.filter(pk__in=batch).delete()
        return count


def _live(account_id: UUID) -> QuerySet[Session]:
    return Session.objects.filter(account_id=account_id, ended_at__isnull=True)


def _end(sessions: QuerySet[Session]) -> int:
    return sessions.filter(ended_at__isnull=True).update(ended_at=Now())
