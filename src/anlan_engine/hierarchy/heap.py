"""A binary heap in two arrays, for compiled searches."""

from anlan_engine.compiled import compiled
from anlan_engine.hierarchy.costs import I32, I64


@compiled
def push(keys: I64, items: I32, size: int, key: int, item: int) -> int:
    """Put an item into the heap of `size` items; return the new size."""
    place = size
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] <= key:
            break
        keys[place], items[place] = keys[above], items[above]
        place = above
    keys[place], items[place] = key, item
    return size + 1


@compiled
def drop_least(keys: I64, items: I32, size: int) -> int:
    """Remove the item in front, which has the least key; return the new size."""
    size -= 1
    key, item = keys[size], items[size]
    place = 0
    below = 1
    while below < size:
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[place], items[place] = keys[below], items[below]
        place = below
        below = 2 * place + 1
    keys[place], items[place] = key, item
    return size
