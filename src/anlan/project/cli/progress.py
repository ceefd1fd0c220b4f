"""A progress bar for what takes long: it appears only after two seconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

SHOWN_AFTER_S = 2.0

Advance = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""


@contextmanager
def progress_bar() -> Iterator[Advance]:
    """Give a function that moves the bar on; nothing is printed where no one watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("")
    began = time.monotonic()

    def advance(what: str, done: int, total: int) -> None:
        bar.update(task, description=what, completed=done, total=total)
        if time.monotonic() - began > SHOWN_AFTER_S:
            bar.start()

    try:
        yield advance
    finally:
        bar.stop()
