"""Several people acting at the same instant, each on a connection of their own."""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection

from tests.people import Desk

WAIT_LIMIT_S = 120
Answer = TypeVar("Answer")


def at_once(works: Sequence[Callable[[], Answer]], limit_s: float = WAIT_LIMIT_S) -> list[Answer]:
    """Let every work begin together in a thread; return what they return, in their order.

    For tests with the fixture `committing`. An error of one is raised here.
    """
    ready = threading.Barrier(len(works))
    answers: dict[int, Answer] = {}
    errors: list[BaseException] = []

    def run(number: int, work: Callable[[], Answer]) -> None:
        try:
            ready.wait(WAIT_LIMIT_S)
            answers[number] = work()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(limit_s)
    if errors:
        raise errors[0]
    assert len(answers) == len(works), "somebody did not finish"
    return [answers[number] for number in range(len(works))]


def window_of(person: Desk) -> Desk:
    """Return another window of somebody's browser: the same sign-in, its own client."""
    window = Desk(None)
    window.account = person.account
    window.client.cookies = person.client.cookies
    return window
