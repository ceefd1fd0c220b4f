"""Health, readiness and figures of the running process."""

import time
from collections.abc import Callable

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from psycopg_pool import PoolTimeout

REQUESTS = Counter("anlan_requests", "Requests answered", ["method", "route", "status"])
DURATION = Histogram(
    "anlan_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SLOW_REQUEST_S = 1.0
REFUSALS = frozenset({401, 403, 429})
"""Who is not known, may not, or asks too often leaves a line (ASVS 5.0, 16.3.2 and 16.3.3)."""
NOBODY = "visitor"
OWN_ADDRESSES = frozenset({"127.0.0.1", "::1"})

log = structlog.get_logger("anlan.http")


def route_of(request: HttpRequest) -> str:
    """Return the pattern that a request's path has: the path itself may name a report."""
    return request.resolver_match.route if request.resolver_match else "unknown"


class ObservedRequests:
    """Middleware: count and time each request by its route, never by its path or its caller.

    A refusal leaves a line with the route and the account's id: who goes round trying is found by
    whoever may look the id up, and the log names nobody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` and observe it."""
        began = time.perf_counter()
        reply = self.get_response(request)
        took = time.perf_counter() - began
        route = route_of(request)
        REQUESTS.labels(request.method or "", route, str(reply.status_code)).inc()
        DURATION.labels(route).observe(took)
        if took > SLOW_REQUEST_S or reply.status_code >= 500:
            log.warning(
                "slow_or_failed",
                path=route,
                method=request.method,
                status=reply.status_code,
                duration_ms=round(took * 1000),
            )
        if reply.status_code in REFUSALS:
            actor = getattr(request, "actor", None)
            log.info(
                "refused",
                path=route,
                method=request.method,
                status=reply.status_code,
                account=actor.id if actor is not None and actor.signed_in else NOBODY,
            )
        return reply


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that this process runs."""
    return JsonResponse({"status": "alive"})


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer whether requests can be served: the database answers and its migrations are done."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('kernel_outbox') IS NOT NULL")
            row = cursor.fetchone()
    except (DatabaseError, InterfaceError, PoolTimeout):
        return JsonResponse({"status": "waiting", "for": "database"}, status=503)
    if row is None or not row[0]:
        return JsonResponse({"status": "waiting", "for": "migrations"}, status=503)
    return JsonResponse({"status": "ready"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a collector on this machine with the process's figures, in Prometheus' text format.

    Nobody else: what came through a proxy, or from another address, finds nothing here.
    """
    forwarded = "Forwarded" in request.headers or "X-Forwarded-For" in request.headers
    if forwarded or request.META.get("REMOTE_ADDR") not in OWN_ADDRESSES:
        return HttpResponse(status=404)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
