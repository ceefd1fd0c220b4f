"""How somebody of a linked agency acts on one row: in that row's place, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from anlan.kernel.access import Actor, system_actor
from anlan.kernel.scope import scoped

AGREEMENTS = system_actor("agency-agreements")


@contextmanager
def standing_at(actor: Actor, area: int) -> Iterator[None]:
    """Let `actor` write where `area` is, after its own scope has shown it the row.

    An agency's desk stands nowhere; its answer is written where the incident is.
    """
    with scoped(replace(actor, area_low=area, area_high=area)):
        yield


@contextmanager
def over_agreements() -> Iterator[None]:
    """Read and end agreements whatever their area: they hold for every incident of the city."""
    with scoped(AGREEMENTS):
        yield
