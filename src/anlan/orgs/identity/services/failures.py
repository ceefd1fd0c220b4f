"""Failed proofs, counted by where they come from: each beyond a few makes the next wait longer."""

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection

from anlan.kernel.access import AREA_LOWEST
from anlan.kernel.identifiers import new_id
from anlan.kernel.scope import scoped
from anlan.orgs.identity.errors import TooManyFailuresError
from anlan.orgs.identity.models import Failure
from anlan.orgs.identity.selectors import DOOR
from anlan.orgs.identity.whence import Whence

FREE_FAILURES = 5
"""Of one account from one place. (NIST SP 800-63B-4, 3.2.2, would allow a hundred.)"""
FREE_FAILURES_OF_NETWORK = 50
"""Of all accounts together from one network, whose browsers nobody knows: against spraying."""
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
FAILURES_LIMIT_ROWS = 100_000
ERASE_BATCH_ROWS = 5_000
DIGEST_SHOWN_CHARACTERS = 16
_DOUBLINGS = 6  # then the longest wait is reached

log = structlog.get_logger("anlan.sign_in")
_COUNT = """
    INSERT INTO sign_in_failure (id, area, street, key_digest, count, last_at)
    VALUES (%s, %s, %s, %s, 1, %s)
    ON CONFLICT (key_digest) DO UPDATE SET last_at = excluded.last_at, count =
        CASE WHEN sign_in_failure.last_at <= %s THEN 1 ELSE sign_in_failure.count + 1 END
"""


class Tries:
    """The counts that one try of a proof is held against: of its account here, of its network."""

    def __init__(self, name: str, account_id: UUID | None, whence: Whence) -> None:
        """Take the name as typed: one that nobody has is counted as any other."""
        by = whence.of(account_id)
        self._of_account = _digest(f"account {name}", by)
        self._free = {self._of_account: FREE_FAILURES}
        if by.startswith("network"):
            self._free[_digest("any account", by)] = FREE_FAILURES_OF_NETWORK

    def check_open(self, at: datetime) -> None:
        """Return if a proof may be tried now, else raise `TooManyFailuresError`."""
        with scoped(DOOR):
            found = list(Failure.objects.filter(key_digest__in=list(self._free)))
        for row in found:
            over = row.count - self._free[bytes(row.key_digest)]
            until = row.last_at + _wait(over)
            if over >= 0 and at < until:
                raise TooManyFailuresError(wait_s=int((until - at).total_seconds()) + 1)

    def count_failure(self, at: datetime) -> None:
        """Count a proof that failed, and leave a line; the caller raises what keeps its writes.

        The line has a digest of name and place in place of both: tries of one account from one
        place are told together, and the log tells nobody's name (ASVS 5.0, 16.3.1).
        """
        log.info("proof_failed", account=self._of_account.hex()[:DIGEST_SHOWN_CHARACTERS])
        with scoped(DOOR), connection.cursor() as cursor:
            for key in sorted(self._free):  # in one order, so that two never wait for each other
                row = (new_id(), AREA_LOWEST, AREA_LOWEST, key, at, at - FORGOTTEN_AFTER)
                cursor.execute(_COUNT, row)

    def forget(self) -> None:
        """Forget the failures of this account from here: it has been proven."""
        with scoped(DOOR):
            Failure.objects.filter(key_digest=self._of_account).delete()


def _wait(over: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(max(over, 0), _DOUBLINGS)), LONGEST_WAIT)


def _digest(*parts: str) -> bytes:
    """Return a digest under the installation's key: the table tells no name and no address."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, "\n".join(("sign-in", *parts)).encode(), hashlib.sha256)


def erase_old_failures(at: datetime) -> int:
    """Delete a batch of what is forgotten, or over `FAILURES_LIMIT_ROWS`; return how many."""
    with scoped(DOOR):
        rows = Failure.objects.filter(last_at__lte=at - FORGOTTEN_AFTER)
        batch = list(rows.values_list("pk", flat=True)[:ERASE_BATCH_ROWS])
        over = Failure.objects.order_by("-last_at").values_list("pk", flat=True)
        batch += list(over[FAILURES_LIMIT_ROWS : FAILURES_LIMIT_ROWS + ERASE_BATCH_ROWS])
        count, _ = Failure.objects.filter(pk__in=batch).delete()
        return count
