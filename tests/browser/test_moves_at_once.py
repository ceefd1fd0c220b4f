"""What somebody does stands there at once; a refusal takes it back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from tests.browser.test_desk import screen, sign_in, take_call
from tests.browser.test_screens_at_work import opened, send_one, shown
from tests.live import LiveServer

__all__ = ["screen"]  # the fixture of the desk's tests

pytestmark = pytest.mark.browser


@pytest.mark.refused(409, 422)
def test_move_shows_before_its_answer_and_a_refusal_takes_it_back(
    screen: Callable[..., Page], live: LiveServer
) -> None:
    page, held = screen("en"), list[Route]()
    sign_in(page, live, "dispatcher")
    incident = str(take_call(live)["incident_id"])
    with live.client("dispatcher") as desk:
        job = send_one(desk, incident)
        opened(page, live, f"incidents/{incident}")
        sent = page.locator(".assignment").filter(has_text=job["call_sign"])
        state, refused = sent.locator(".chip"), sent.get_by_role("alert")
        page.route("**/moves/en_route", lambda route: held.append(route))
        sent.get_by_role("button", name="En route", exact=True).press("Enter")
        expect(state).to_have_text("En route")
        assert [one["state"] for one in shown(desk, incident)["assignments"]] == ["ASSIGNED"]
        held.pop().continue_(post_data={"reason": 5})
        expect(state).to_have_text("Assigned")
        expect(refused).to_be_visible()
        sent.get_by_role("button", name="En route", exact=True).press("Enter")
        expect(state).to_have_text("En route")
        path = f"/api/v1/assignments/{job['id']}/moves/cancel"
        assert desk.post(path, json={"reason": "Not needed."}).status_code == 200
        expect(state).to_have_text("Cancelled")  # told by the stream: newer than both
        held.pop().continue_()
        expect(refused).to_be_visible()
        expect(state).to_have_text("Cancelled")
