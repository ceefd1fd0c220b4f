"""Fixtures of every test: the real database, people who are signed in, the clock's time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from pytest_django.plugin import DjangoDbBlocker
from tests import database
from tests.people import Desk, make_desk


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the database when the session that started the workers ends."""
    if not hasattr(session.config, "workerinput"):
        database.server().stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what drives an installation or a browser: one file of it takes minutes."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("journey", "browser"))))


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to make: `tests.settings` has prepared this process's database."""


@pytest.fixture
def committing(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Give this test a copy of the city to itself, where its writes are committed; its name."""
    with django_db_blocker.unblock(), database.own_copy() as name:
        yield name


@pytest.fixture
def at() -> datetime:
    """Return a fixed time, for services that are called directly."""
    return datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk(db: None) -> Callable[..., Desk]:
    """Return a maker of signed-in clients: `desk("DISPATCHER")`."""
    return make_desk
