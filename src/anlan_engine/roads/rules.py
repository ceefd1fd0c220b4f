"""Turn restrictions as mapped, and the sequences of arcs they forbid."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]

VIA_ARCS_MAX = 64
"""A restriction over ways longer than this many arcs is not followed."""

Arcs = tuple[int, ...]


class TurnRule(NamedTuple):
    """A turn restriction over one node.

    Attributes
    ----------
    from_way, via_node, to_way : int
        Numbers in the source.
    only : bool
        True: from `from_way` one may go on into `to_way` alone. False: into everything else.
    """

    from_way: int
    via_node: int
    to_way: int
    only: bool


class WayRule(NamedTuple):
    """A turn restriction over one way or several, each joined to the next at an end.

    Attributes
    ----------
    from_way, to_way : int
        Numbers in the source.
    via_ways : tuple of int
        In driving order.
    only : bool
        True: whoever turned from `from_way` into the first of `via_ways` has to follow them all
        and go on into `to_way`. False: may not do so.
    """

    from_way: int
    via_ways: tuple[int, ...]
    to_way: int
    only: bool


Rule = TurnRule | WayRule


class ArcEnds(NamedTuple):
    """What turns need to know of arcs; every array has one entry for each arc.

    Attributes
    ----------
    tail, head : int64
        Node numbers in the source.
    first_way, last_way : int64
        Ways in the source that the arc begins and ends on.
    twin : int32
        The arc that runs the other way on the same segment, or -1.
    """

    tail: I64
    head: I64
    first_way: I64
    last_way: I64
    twin: I32


class Sequences(NamedTuple):
    """Sequences of arcs that nobody may drive in full."""

    arcs: frozenset[Arcs]
    unused: int

    def of_length(self, length: int) -> list[Arcs]:
        """Give those of so many arcs, sorted."""
        return sorted(arcs for arcs in self.arcs if len(arcs) == length)

    def longer(self) -> list[Arcs]:
        """Give those of three arcs or more, sorted."""
        return sorted(arcs for arcs in self.arcs if len(arcs) > 2)

    def completes(self, driven: Arcs) -> bool:
        """Whether the last arc of what was driven completes a forbidden sequence."""
        return any(driven[start:] in self.arcs for start in range(len(driven) - 1))


class _Network:
    """Arcs by the way they end on and by the node they leave, as far as rules meet them."""

    def __init__(self, arcs: ArcEnds, rules: Sequence[Rule]) -> None:
        self.ends = arcs
        over_ways = [rule for rule in rules if isinstance(rule, WayRule)]
        ways = [way for rule in over_ways for way in (rule.from_way, *rule.via_ways)]
        ways += [rule.from_way for rule in rules]
        last_way = np.isin(arcs.last_way, np.array(ways, np.int64))
        nodes = [rule.via_node for rule in rules if isinstance(rule, TurnRule)]
        first = np.isin(arcs.tail, np.concatenate([arcs.head[last_way], np.array(nodes, np.int64)]))
        self.arriving = _listed_by(arcs.last_way, last_way)
        self.leaving = _listed_by(arcs.tail, first)

    def onward(self, arc: int) -> list[int]:
        return self.leaving.get(int(self.ends.head[arc]), [])

    def into(self, arc: int, way: int) -> list[int]:
        """Arcs that may follow and begin on a way; turning round is none of them."""
        twin = self.ends.twin[arc]
        return [one for one in self.onward(arc) if self.ends.first_way[one] == way and one != twin]


def _listed_by(key: I64, chosen: Bool) -> dict[int, list[int]]:
    """Arcs of a choice by their key."""
    arcs: dict[int, list[int]] = defaultdict(list)
    rows = np.flatnonzero(chosen)
    for arc, value in zip(rows.tolist(), key[rows].tolist(), strict=True):
        arcs[value].append(arc)
    return arcs


def fixed_nodes(rules: Sequence[Rule], way_ends: Mapping[int, Sequence[int]]) -> set[int]:
    """List the nodes where segments must end so that every rule meets whole arcs.

    `way_ends` lists the first and last nodes of the ways by their numbers.
    """
    nodes: set[int] = set()
    for rule in rules:
        if isinstance(rule, TurnRule):
            nodes.add(rule.via_node)
        else:
            for way in (rule.from_way, *rule.via_ways, rule.to_way):
                nodes.update(way_ends.get(way, ()))
    return nodes


def forbidden_sequences(arcs: ArcEnds, rules: Sequence[Rule]) -> Sequences:
    """Translate rules into forbidden sequences of two arcs (over a node) or more (over ways)."""
    network = _Network(arcs, rules)
    found: set[Arcs] = set()
    unused = 0
    for rule in rules:
        if isinstance(rule, TurnRule):
            sequences = list(_over_node(network, rule))
        else:
            sequences = list(_over_ways(network, rule))
        unused += not sequences
        found.update(sequences)
    return Sequences(frozenset(found), unused)


def _over_node(network: _Network, rule: TurnRule) -> Iterator[Arcs]:
    """Pairs of arcs that a rule over a node forbids; none where it is in doubt."""
    head = network.ends.head
    sources = [arc for arc in network.arriving.get(rule.from_way, ()) if head[arc] == rule.via_node]
    onward = network.leaving.get(rule.via_node, [])
    named = [arc for arc in onward if network.ends.first_way[arc] == rule.to_way]
    # Two approaches on one way: the way was not cut at the node, so the rule is ambiguous.
    if len(sources) == 1 and named:
        targets = set(onward) - set(named) if rule.only else set(named)
        yield from ((sources[0], target) for target in targets)


def _over_ways(network: _Network, rule: WayRule) -> Iterator[Arcs]:
    """Sequences that a rule over ways forbids; none where it is in doubt."""
    routes = [
        route
        for source in network.arriving.get(rule.from_way, ())
        for start in network.into(source, rule.via_ways[0])
        if (route := _followed(network, (source, start), rule))
    ]
    if len(routes) != 1:
        return
    (route,) = routes
    named = set(network.into(route[-1], rule.to_way))
    if not rule.only:
        yield from ((*route, target) for target in named)
        return
    for size in range(2, len(route) + 1):
        right = {route[size]} if size < len(route) else named
        wrong = set(network.onward(route[size - 1])) - right
        yield from ((*route[:size], arc) for arc in wrong)


def _followed(network: _Network, begun: Arcs, rule: WayRule) -> Arcs | None:
    """Follow the via ways to where the rule's last way begins; None where they lead elsewhere."""
    route = begun
    ahead = [*rule.via_ways[1:], rule.to_way]
    way = rule.via_ways[0]
    while len(route) <= VIA_ARCS_MAX:
        turning = network.into(route[-1], ahead[0])
        if turning and len(ahead) == 1:
            return route
        if turning:
            way = ahead.pop(0)
        on = turning or network.into(route[-1], way)
        if len(on) != 1:
            return None
        route = (*route, on[0])
    return None
