"""By which lane each request enters, and in which order the lanes are served: one table.

What saves people comes first; what can be asked again in a minute is turned away first. The table
is shown to operators in `docs/operator/overload.md`.
"""

import re

from anlan.kernel.asgi_types import Application
from anlan.kernel.lanes import Door, Lane

EMERGENCY = Lane("emergency", 0, None, None, retry_after_s=1)
DESK = Lane("desk", 1, 500, 10.0, retry_after_s=1)
PUBLIC = Lane("public", 2, 200, 10.0, retry_after_s=5)
CASEWORK = Lane("casework", 3, 100, 5.0, retry_after_s=5)
LISTS = Lane("lists", 4, 50, 3.0, retry_after_s=10)
FIGURES = Lane("figures", 5, 10, 3.0, retry_after_s=30)
LANES = (EMERGENCY, DESK, PUBLIC, CASEWORK, LISTS, FIGURES)

OWN_CONNECTIONS = 2
"""Of the pool: one writes positions, one looks up who opens a stream or tells positions."""
AT_ONCE = frozenset({"/healthz", "/readyz", "/metrics"})
ID = r"[^/]+"
TABLE = tuple(
    (lane, methods, re.compile("|".join(paths)))
    for lane, methods, paths in (
        (EMERGENCY, {"POST"}, (
            r"/api/v1/reports",
            rf"/api/v1/reports/{ID}/(answers|updates)",
            r"/api/v1/calls",
            rf"/api/v1/calls/{ID}/moves/{ID}",
            r"/api/v1/call-readings",
            rf"/api/v1/incidents/{ID}/(moves/{ID}|assignments|preemptions|escalation)",
            rf"/api/v1/batch-plans/{ID}/commit",
            rf"/api/v1/assignments/{ID}/moves/{ID}",
            r"/api/v1/unit-positions",
        )),
        (EMERGENCY, {"PUT"}, (rf"/api/v1/units/{ID}/duty",)),
        (DESK, {"GET", "POST", "PUT", "DELETE"}, (
            r"/api/v1/(session(/.*)?|sign-in-providers)",
            rf"/api/v1/reports/{ID}(/contact-views)?",
            rf"/api/v1/calls(/{ID}(/contact-views)?)?",
            rf"/api/v1/incidents/{ID}/(recommendations|parent|unlink|reports|agencies|shares)",
            rf"/api/v1/incidents/{ID}/help-requests",
            rf"/api/v1/incidents(/{ID})?",
            r"/api/v1/(batch-plans|run-cards|clock-rules|kinds|city|jurisdictions|organisations)",
            r"/api/v1/(place-search|places/at|sites|grid-cells|crew-members|tallies)",
            rf"/api/v1/road-closures(/{ID}/moves/{ID})?",
            rf"/api/v1/assignments(/{ID}/(way|photos|voice-notes))?",
            rf"/api/v1/(units|attachments)(/{ID})?",
            rf"/api/v1/(units/{ID}/shifts|shifts/{ID}/moves/{ID})",
            rf"/api/v1/(help-requests|shared-incidents|warnings)(/{ID}.*)?",
            rf"/api/v1/signed/webhooks/{ID}",
            r"/(console(/.*)?)?",
        )),
        (PUBLIC, {"GET", "POST"}, (r"/api/v1/public/.*", r"/(report|follow|warnings).*")),
        (FIGURES, {"GET"}, (
            r"/api/v1/(clock-figures|clock-figures\.csv|wall|months|conservation)",
            r"/api/v1/(suggestion-counts|period-report(/rows)?)",
            rf"/api/v1/incidents/{ID}/(eido|log-events)",
        )),
        (FIGURES, {"POST"}, (r"/api/v1/period-report/file",)),
        (LISTS, {"GET", "HEAD", "OPTIONS"}, (r".*",)),
    )
)  # fmt: skip


def lane_of(method: str, path: str) -> Lane | None:
    """Return by which lane a request enters; None for what only says whether the process lives.

    What the table does not name is a list where it reads, and casework where it writes.
    """
    if path in AT_ONCE:
        return None
    for lane, methods, paths in TABLE:
        if method in methods and paths.fullmatch(path):
            return lane
    return CASEWORK


def door(application: Application, *, connections: int) -> Door:
    """Return `application` behind the door, for a pool of so many connections to the database."""
    return Door(application, LANES, max(1, connections - OWN_CONNECTIONS), lane_of)
