"""What a screen is told of: by its permissions, and for the purpose that it states."""

from dataclasses import replace

import pytest
from tests.people import EVERYTHING

from anlan.kernel.access import Actor
from anlan.kernel.tests.screens import Screen, publish, run, serving

pytestmark = pytest.mark.usefixtures("committing")

HERE = 990101001001001
WATCHER = replace(EVERYTHING, id="watcher", role="DISPATCHER")


def test_event_is_told_to_whoever_may_read_its_subject():
    def holding(*permissions: str) -> Actor:
        return replace(WATCHER, permissions=frozenset({"stream.follow", *permissions}))

    async def heard(actor: Actor) -> list[str]:
        async with serving(actor) as stream:
            screen = Screen(stream)
            await screen.greeted()
            for topic in ("incident.changed", "case.changed", "unheard.of", "t"):
                await publish(HERE, topic=topic)
            await screen.until(lambda: [one.topic for one in screen.told][-1:] == ["t"])
            back = Screen(stream, str(screen.events[0].id))
            await back.greeted()
            for one in (screen, back):
                await one.cut()
            assert [one.topic for one in back.told] == [one.topic for one in screen.told]
            return [one.topic for one in screen.told]

    async def journey() -> None:
        assert await heard(holding()) == ["t"]
        assert await heard(holding("incident.read")) == ["incident.changed", "t"]
        assert await heard(holding("case.handle")) == ["case.changed", "t"]

    run(journey)


@pytest.mark.parametrize(("purpose", "words"), [("DISPATCH", "Smoke"), ("", "")])
def test_words_are_told_for_a_purpose_that_shows_them(purpose, words):
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream, purpose=purpose)
            await screen.greeted()
            first = str(screen.events[0].id)
            await publish(HERE, words="Smoke")
            await screen.until(lambda: bool(screen.told))
            back = Screen(stream, first, purpose=purpose)
            await back.greeted()
            assert [one.data["words"] for one in (*screen.told, *back.told)] == [words, words]
            for one in (screen, back):
                await one.cut()

    run(journey)


def test_stream_for_a_foreign_purpose_is_refused():
    async def journey() -> None:
        async with serving(WATCHER) as stream:
            screen = Screen(stream, purpose="RESPONSE")
            await screen.line
            assert (screen.status, screen.events) == (403, [])

    run(journey)
