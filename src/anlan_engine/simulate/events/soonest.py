"""A winner tree: which of a fixed set of units is due first (Knuth, TAOCP 3, section 5.4.1).

Each unit has one leaf, so turning a unit round only rewrites its leaf: nothing stale is ever left
behind, and memory does not grow with the run.
"""

from anlan_engine.compiled import compiled_in_place
from anlan_engine.simulate.events.tables import F64


@compiled_in_place
def set_due(tree: F64, unit: int, at_s: float) -> None:
    """Say when a unit is due (infinity: not at all)."""
    node = len(tree) // 2 + unit
    tree[node] = at_s
    while node > 1:
        node //= 2
        least = min(tree[2 * node], tree[2 * node + 1])
        if tree[node] == least:
            break
        tree[node] = least


@compiled_in_place
def first_due(tree: F64) -> int:
    """Return the unit that is due first; of several, the one with the lowest number."""
    node, leaves = 1, len(tree) // 2
    while node < leaves:
        node = 2 * node if tree[2 * node] <= tree[2 * node + 1] else 2 * node + 1
    return node - leaves
