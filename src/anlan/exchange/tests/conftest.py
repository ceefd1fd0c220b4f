"""Fixtures of exchange: linked agencies, and a system outside that hears."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anlan.dispatch.agencies.tests.linked import Linked
from anlan.exchange.tests.receiver import Receiver, receiver


@pytest.fixture
def linked(db: None) -> Linked:
    """Return a dispatch room with agencies that have agreed; what they do is undone."""
    return Linked()


@pytest.fixture
def outside(tmp_path: Path, settings: Any) -> Iterator[Receiver]:
    """Return a system outside that takes messages, in a network that is allowed."""
    settings.WEBHOOK_NETWORKS = "127.0.0.0/8, ::1/128"
    with receiver(tmp_path) as running:
        settings.WEBHOOK_CA = str(running.certificate)
        yield running
