"""The last move is offered to be undone: by keys, for a while, and refused where others went on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.accessibility import sticks_out, violations
from tests.browser.test_desk import screen, sign_in, take_call
from tests.browser.test_screens_at_work import opened, shown
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

pytestmark = pytest.mark.browser
OFFERED_MS = 10_000


def waiting(screen: Callable[..., Page], live: LiveServer) -> tuple[Page, str]:
    """Return the page of an incident that waits, whose clock the test moves, and its id."""
    page = screen("en")
    page.clock.install()
    sign_in(page, live, "dispatcher")
    incident = str(take_call(live)["incident_id"])
    opened(page, live, f"incidents/{incident}")
    return page, incident


def test_what_was_just_done_is_undone_by_one_key(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, incident = waiting(screen, live)
    note = page.get_by_role("region", name="Just done")
    expect(note).to_have_attribute("aria-live", "polite")
    undo = note.get_by_role("button", name="Undo")
    send = page.get_by_role("button", name="Send ")
    with live.client("dispatcher") as desk:
        send.press("Enter")
        expect(undo).to_be_visible()
        assert violations(page) == []
        assert not sticks_out(page)
        signs = " · ".join(one["call_sign"] for one in shown(desk, incident)["assignments"])
        expect(note).to_contain_text(f"{signs} sent.")
        undo.hover()
        page.clock.fast_forward(2 * OFFERED_MS)  # pointed at: its time stands still
        expect(undo).to_be_visible()
        page.keyboard.press("Control+z")
        expect(note).to_contain_text(f"Undone: {signs} sent.")
        after = shown(desk, incident)
        assert {one["state"] for one in after["assignments"]} == {"CANCELLED"}
        last = after["timeline"][-1]
        assert (last["move"], last["facts"]["reason"]) == (
            "cancel", "Undone at once: done by mistake.",
        )  # fmt: skip
        page.mouse.move(0, 0)
        page.clock.fast_forward(OFFERED_MS)
        expect(note).to_be_empty()

        page.get_by_role("button", name="Urgency").press("Enter")
        page.get_by_role("option", name="4").press("Enter")
        expect(note).to_contain_text("has another urgency.")
        page.get_by_role("button", name="Divert").press("Enter")
        words = page.get_by_role("dialog").get_by_label("Reason")
        words.press_sequentially("No unit")
        words.press("Control+z")  # letters keep their own
        assert shown(desk, incident)["priority"] == 4
        page.keyboard.press("Escape")
        page.keyboard.press("Control+z")
        expect(note).to_contain_text("Undone:")
        assert shown(desk, incident)["priority"] == after["priority"]


@pytest.mark.refused(409)
def test_undo_that_comes_too_late_says_why_until_somebody_has_read_it(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, incident = waiting(screen, live)
    note = page.get_by_role("region", name="Just done")
    undo = note.get_by_role("button", name="Undo")
    with live.client("dispatcher") as desk:
        page.get_by_role("button", name="Send ").press("Enter")
        expect(undo).to_be_visible()
        job = shown(desk, incident)["assignments"][-1]
        moves = f"/api/v1/assignments/{job['id']}/moves"
        crew = live.client(f"crew-{job['call_sign'].lower()}")
        assert crew.post(f"{moves}/on_scene", json={}).status_code == 200
        undo.press("Enter")
        expect(note.get_by_role("alert")).to_contain_text("cancel")
        expect(note).to_contain_text("It was not undone:")
        expect(note.get_by_role("button", name="Close")).to_be_focused()
        page.clock.fast_forward(2 * OFFERED_MS)  # why is said until somebody has read it
        assert shown(desk, incident)["assignments"][-1]["state"] == "ON_SCENE"
        assert violations(page) == []
        page.keyboard.press("Enter")
        expect(note).to_be_empty()
        assert crew.post(f"{moves}/clear", json={"outcome": "Done."}).status_code == 200
        crew.close()
