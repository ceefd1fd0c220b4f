"""Small counts are hidden in whatever is published, with what would give them away."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

SMALLEST_SHOWN = 5
Key = TypeVar("Key", bound=Hashable)


def is_small(count: int) -> bool:
    """Return whether a count is published only as hidden: some, but fewer than five."""
    return 0 < count < SMALLEST_SHOWN


def hidden(counts: Mapping[Key, int]) -> set[Key]:
    """Return which of some counts, whose sum is published too, have to be hidden.

    The small ones; and as one hidden count is the sum less the others, the next smallest with it
    until what is hidden together is no small count and not a single one.
    """
    ranked = sorted(
        (count, place, key) for place, (key, count) in enumerate(counts.items()) if count
    )
    chosen: list[tuple[int, Key]] = []
    for count, _, key in ranked:
        enough = len(chosen) > 1 and sum(one for one, _ in chosen) >= SMALLEST_SHOWN
        if not is_small(count) and (not chosen or enough):
            break
        chosen.append((count, key))
    return {key for _, key in chosen}
