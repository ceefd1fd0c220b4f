"""The console in Chromium: from an address to a screen in use, and hands on it while units move.

The server, the stream, the units' positions and the browser share this machine; Chromium draws in
software. Beside each figure stands the same with less: the same bytes brought by a page that does
nothing with them, the same hands while nothing moves.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.conftest import ARGUMENTS, CHROMIUM, DRAWING
from tests.live import CHECKOUT, LiveServer

from anlan_engine.statistics import percentile
from benchmarks.calls import Caller, cookie_of
from benchmarks.installation import installation
from benchmarks.reports import CALL
from benchmarks.rows import Row, Target, row

SCREEN = {"width": 1366, "height": 768}
UNITS, POSITIONS_A_SECOND = 500, 100
STARTS, STARTS_FULL = 3, 15
ROUNDS, ROUNDS_FULL = 4, 40
ARRIVING = 10
LESS_URGENT = "TRAFFIC_DAMAGE"
SLOWER_THAN_MS = 16.0
"""What a browser answers sooner than this it does not tell of: it counts as this much."""
PEER_STARTS = "the same bytes brought by an empty page"
PEER_HANDS = "the same hands while nothing moves"
USABLE = {
    "incidents": "document.querySelector('h1') && document.querySelector('.incident')",
    "map": "document.querySelector('.map__canvas canvas') && document.querySelector('.incident')",
}
USABLE_AT = """(is) => new Promise((done) => {
  const look = () => {
    const isThere = Function(`return Boolean(${is})`)() && !document.querySelector('.skeleton');
    if (isThere) requestAnimationFrame(() => done(performance.now()));
    else setTimeout(look, 4);
  };
  look();
})"""
BROUGHT = """() => performance.getEntriesByType('resource')
  .filter(({ initiatorType }) => initiatorType !== 'beacon').map(({ name }) => name)
  .filter((name) => !name.includes('/stream'))"""
BRING = """async (names) => {
  const began = performance.now();
  await Promise.all(names.map(async (name) => (await fetch(name)).arrayBuffer()));
  return performance.now() - began;
}"""
WATCH = """() => {
  window.seen = { events: {}, shifts: [], blocked_ms: 0 };
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId > 0) {
        seen.events[interactionId] = Math.max(seen.events[interactionId] ?? 0, duration);
      }
    }
  }).observe({ type: 'event', durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const isOurs = entry.sources.some(({ node }) => node?.parentElement?.closest('#screen'));
      if (isOurs) seen.shifts.push(entry.value);
    }
  }).observe({ type: 'layout-shift' });
  new PerformanceObserver((list) => {
    for (const { blockingDuration } of list.getEntries()) seen.blocked_ms += blockingDuration;
  }).observe({ type: 'long-animation-frame' });
}"""


def run(*, full: bool) -> list[Row]:
    """Measure starts, then hands without and with moving units, then a queue that fills."""
    starts, rounds = (STARTS_FULL, ROUNDS_FULL) if full else (STARTS, ROUNDS)
    with installation(units=UNITS) as server, sync_playwright() as playwright:
        caller = Caller(server, cookie_of(server, "calltaker"))
        for _ in range(ARRIVING):
            caller.post("reports", CALL | {"kind": LESS_URGENT})
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *DRAWING])
        rows = [one for name in USABLE for one in _started(browser, server, name, starts)]
        for name, hands in HANDS.items():
            rows += _handled(browser, server, name, hands, rounds)
        rows.append(_filled(browser, server, caller))
        browser.close()
    return rows


def _entered(browser: Browser, server: LiveServer) -> BrowserContext:
    """Return a browser with nothing kept but a dispatcher's sign-in."""
    context = browser.new_context(
        viewport=SCREEN, locale="zh-CN", base_url=server.url, bypass_csp=True
    )
    pairs = (one.split("=", 1) for one in cookie_of(server, "dispatcher").split("; "))
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in pairs]
    )
    return context


def _started(browser: Browser, server: LiveServer, name: str, starts: int) -> list[Row]:
    took, brought = [], []
    for _ in range(starts):
        context = _entered(browser, server)
        page = context.new_page()
        page.goto(f"/console/{name}", wait_until="commit")
        took.append(float(page.evaluate(USABLE_AT, USABLE[name])))
        names = page.evaluate(BROUGHT)
        context.close()
        context = _entered(browser, server)
        page = context.new_page()
        page.goto("/healthz")
        brought.append(float(page.evaluate(BRING, names)))
        context.close()
    return [
        row(f"start until {name} is usable, p50", percentile(took, 50), "ms",
            peer=(PEER_STARTS, percentile(brought, 50)), target=Target("value", 2_000.0)),
    ]  # fmt: skip


def _click_sides(page: Page) -> int:
    """Turn the list beside the map over, and walk it."""
    segments = page.locator(".map-page__side .segments button, .map-page__side [role=radio]")
    for place in (1, 0):
        segments.nth(place).click()
        page.locator(".map-page__list [role=row]").first.click()
        for _ in range(4):
            page.keyboard.press("ArrowDown")
    return 12


def _search_queue(page: Page) -> int:
    """Type into the box of the queue, empty it, and walk the queue."""
    box = page.locator(".page__head input")
    box.click()
    page.keyboard.type("fire")
    for _ in range(4):
        page.keyboard.press("Backspace")
    return 9


def _filter_units(page: Page) -> int:
    """Show one kind of unit, then all again."""
    segments = page.locator(".page__head .segments button, .page__head [role=radio]")
    for place in (1, 0):
        segments.nth(place).click()
    return 2


HANDS = {"map": _click_sides, "incidents": _search_queue, "units": _filter_units}


def _handled(browser: Browser, server: LiveServer, name: str, hands: Any, rounds: int) -> list[Row]:
    context = _entered(browser, server)
    page = context.new_page()
    page.goto(f"/console/{name}")
    page.evaluate(USABLE_AT, USABLE.get(name, "document.querySelector('.unit-card')"))
    still = _answered(page, hands, rounds)
    with _moving(server):
        moving = _answered(page, hands, rounds)
    context.close()
    named = f"{name}, {UNITS} units moving"
    return [
        row(f"interaction to next paint, {named}, p95", percentile(moving["took_ms"], 95), "ms",
            peer=(PEER_HANDS, percentile(still["took_ms"], 95)), target=Target("value", 100.0)),
        row(f"frames blocked, {named}", moving["blocked_ms"], "ms"),
    ]  # fmt: skip


def _answered(page: Page, hands: Any, rounds: int) -> dict[str, Any]:
    """Return how long each interaction took to be seen."""
    page.evaluate(WATCH)
    made = sum(hands(page) for _ in range(rounds))
    page.wait_for_timeout(200)
    seen: dict[str, Any] = page.evaluate("seen")
    told = [float(one) for one in seen["events"].values()]
    quick = [SLOWER_THAN_MS] * max(0, made - len(told))
    return {"took_ms": told + quick, "blocked_ms": float(seen["blocked_ms"])}


@contextmanager
def _moving(server: LiveServer) -> Iterator[None]:
    """Let every unit tell where it is until all is done."""
    cookies = {
        "BENCH_COOKIE": cookie_of(server, "gateway"),
        "BENCH_READER": cookie_of(server, "dispatcher"),
    }
    command = [sys.executable, "-m", "benchmarks.positions", f"{server.port}"]
    teller = subprocess.Popen(
        [*command, f"{POSITIONS_A_SECOND}", "3600"],
        env=os.environ | server.environment() | cookies,
        cwd=CHECKOUT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        teller.kill()
        teller.wait()


def _filled(browser: Browser, server: LiveServer, caller: Caller) -> Row:
    """Let incidents arrive in a queue that is looked at."""
    context = _entered(browser, server)
    page = context.new_page()
    page.goto("/console/incidents")
    page.evaluate(USABLE_AT, USABLE["incidents"])
    page.evaluate(WATCH)
    before = page.locator(".incident").count()
    for _ in range(ARRIVING):
        caller.post("reports", CALL)
    page.wait_for_function(
        "(count) => document.querySelectorAll('.incident').length === count", arg=before + ARRIVING
    )
    page.wait_for_timeout(200)
    shifts = page.evaluate("seen.shifts")
    context.close()
    return row(f"layout shift in the queue, {ARRIVING} incidents", float(sum(shifts)), "score",
               target=Target("value", 0.0))  # fmt: skip
