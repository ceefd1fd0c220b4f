"""Calls that wait for a unit: the most urgent first, and of those the oldest."""

from anlan_engine.compiled import compiled_in_place
from anlan_engine.simulate.events.tables import FAR_MS, I32, NONE, Records


@compiled_in_place
def wait(calls: Records, priorities: Records, totals: Records, call: int) -> None:
    """Let a call wait behind all older ones of its priority."""
    queue = priorities[calls[call].priority]
    before, behind = NONE, queue.first
    if queue.last != NONE and queue.last < call:
        before, behind = queue.last, NONE
    while behind != NONE and behind < call:
        before, behind = behind, calls[behind].behind
    calls[call].behind = behind
    if before == NONE:
        queue.first = call
    else:
        calls[before].behind = call
    if behind == NONE:
        queue.last = call
    totals[0].waiting += 1
    totals[0].most_waiting = max(totals[0].most_waiting, totals[0].waiting)


@compiled_in_place
def take_waiting(
    calls: Records, priorities: Records, totals: Records, capabilities: int, from_here: I32
) -> int:
    """Take the first waiting call that a unit can serve out of the queue, or -1.

    `from_here` is the milliseconds from where the unit is to each place.
    """
    for queue in priorities:
        before, call = NONE, queue.first
        while call != NONE:
            needs, behind = calls[call].needs, calls[call].behind
            if capabilities & needs == needs and from_here[calls[call].place] < FAR_MS:
                if before == NONE:
                    queue.first = behind
                else:
                    calls[before].behind = behind
                if behind == NONE:
                    queue.last = before
                totals[0].waiting -= 1
                return int(call)
            before, call = call, behind
    return NONE
