"""Streets become segments, arcs and turns: small networks worked out by hand."""

from itertools import pairwise

import numpy as np

from anlan_engine.roads import MM_BITS, RoadGraph
from anlan_engine.roads.build import StreetWay, TurnRule, WayRule, build_graph

STEP = 10_000
AT = {
    number: (column * STEP, row * STEP)
    for number, (column, row) in {
        1: (0, 0),
        2: (1, 0),
        3: (2, 0),
        4: (0, 1),
        5: (1, 1),
        6: (2, 1),
    }.items()
}
"""Two rows of three nodes: 4 5 6 above 1 2 3."""


def street(way_id: int, *nodes: int, back: float = 36.0, name: int = 0) -> StreetWay:
    return StreetWay(way_id, nodes, name, 36.0, back)


def moves(graph: RoadGraph) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """Allowed turns as pairs of (from, to) node numbers."""
    number = {at: node for node, at in AT.items()}
    ends = [
        tuple(number[tuple(graph.node_at[node].tolist())] for node in (tail, head))
        for tail, head in zip(graph.arc_tail, graph.arc_head, strict=True)
    ]
    before = np.repeat(np.arange(graph.arcs), np.diff(graph.turn_first))
    return {(ends[b], ends[a]) for b, a in zip(before, graph.turn_to, strict=True)}


def test_a_street_that_runs_on_unchanged_is_one_segment() -> None:
    graph = build_graph([street(1, 1, 2), street(2, 2, 3)], AT, []).graph
    assert (graph.nodes, graph.segments, graph.arcs) == (2, 1, 2)
    assert graph.shape.tolist() == [[0, 0], [STEP, 0], [2 * STEP, 0]]
    assert graph.shape_mm.tolist() == [0, 111_195, 222_390]


def test_a_street_is_cut_where_its_name_or_speed_changes() -> None:
    for other in (street(2, 2, 3, name=1), StreetWay(2, (2, 3), 0, 50.0, 50.0)):
        assert build_graph([street(1, 1, 2), other], AT, []).graph.segments == 2


def test_one_way_streets_join_head_to_tail_only() -> None:
    ring = [street(1, 1, 2, back=0), street(2, 2, 5, back=0), street(3, 5, 4, 1, back=0)]
    graph = build_graph(ring, AT, []).graph
    assert (graph.segments, graph.arcs) == (1, 1)
    against = [street(1, 1, 2), StreetWay(2, (5, 2), 0, 0.0, 36.0), street(3, 5, 4, 1, back=0)]
    graph = build_graph(against, AT, []).graph
    assert (graph.segments, graph.arcs) == (2, 2)


def test_streets_meet_only_where_they_share_a_node() -> None:
    cross = {1: (0, 0), 2: (2 * STEP, 2 * STEP), 3: (0, 2 * STEP), 4: (2 * STEP, 0)}
    parts = build_graph([street(1, 1, 2), street(2, 3, 4)], cross, [])
    assert parts.graph.segments == 1
    assert parts.kept_share == 0.5


def test_time_and_length_of_an_arc_are_whole_and_packed() -> None:
    graph = build_graph([StreetWay(1, (1, 2), 0, 36.0, 18.0)], AT, []).graph
    time_ms, length_mm = graph.arc_cost >> MM_BITS, graph.arc_cost & ((1 << MM_BITS) - 1)
    assert length_mm.tolist() == [111_195, 111_195]
    assert time_ms.tolist() == [11_120, 22_239]


def test_one_turns_round_only_at_a_dead_end() -> None:
    graph = build_graph([street(1, 1, 2), street(2, 2, 3), street(3, 2, 5)], AT, []).graph
    assert ((1, 2), (2, 1)) not in moves(graph)
    assert ((2, 1), (1, 2)) in moves(graph)
    assert ((1, 2), (2, 3)) in moves(graph)
    assert ((1, 2), (2, 5)) in moves(graph)


SQUARES = [
    street(1, 1, 2),
    street(2, 2, 3),
    street(3, 4, 5),
    street(4, 5, 6),
    street(5, 1, 4, name=1),
    street(6, 2, 5, name=1),
    street(7, 3, 6, name=1),
]


def test_a_forbidden_turn_is_left_out_alone() -> None:
    free = moves(build_graph(SQUARES, AT, []).graph)
    parts = build_graph(SQUARES, AT, [TurnRule(1, 2, 6, only=False)])
    assert free - moves(parts.graph) == {((1, 2), (2, 5))}
    assert moves(parts.graph) <= free
    assert parts.rules_unused == 0


def test_an_only_rule_forbids_everything_else() -> None:
    free = moves(build_graph(SQUARES, AT, []).graph)
    ruled = moves(build_graph(SQUARES, AT, [TurnRule(1, 2, 6, only=True)]).graph)
    assert free - ruled == {((1, 2), (2, 3))}


def test_one_turns_round_where_rules_leave_no_other_way() -> None:
    rules = [TurnRule(1, 2, 2, only=False), TurnRule(1, 2, 6, only=False)]
    assert ((1, 2), (2, 1)) in moves(build_graph(SQUARES, AT, rules).graph)
    rules.append(TurnRule(1, 2, 1, only=False))
    ruled = build_graph(SQUARES, AT, rules).graph
    assert all(before != (1, 2) for before, _ in moves(ruled))


def test_rules_without_a_match_are_counted() -> None:
    through = [street(1, 1, 2, 3), street(2, 2, 5), street(3, 5, 4, 1)]
    rules = [
        TurnRule(99, 2, 2, only=False),
        TurnRule(2, 2, 99, only=True),
        TurnRule(1, 2, 2, only=False),  # way 1 runs through node 2: from which side is in doubt
    ]
    parts = build_graph(through, AT, rules)
    assert parts.rules_unused == 3
    assert moves(parts.graph) == moves(build_graph(through, AT, []).graph)


def test_what_cannot_be_reached_is_left_out() -> None:
    dead_end = [*SQUARES, StreetWay(8, (6, 7), 0, 36.0, 0.0)]
    parts = build_graph(dead_end, AT | {7: (3 * STEP, STEP)}, [])
    assert parts.graph.arcs == build_graph(SQUARES, AT, []).graph.arcs
    assert parts.kept_share == 14 / 15


def test_no_streets_give_an_empty_graph() -> None:
    for ways in ([], [StreetWay(1, (1, 2), 0, 36.0, 0.0)]):
        parts = build_graph(ways, AT, [])
        assert (parts.graph.arcs, parts.graph.nodes, parts.graph.segments) == (0, 0, 0)
        assert parts.kept_share == 0.0


def test_points_on_one_spot_make_a_segment_of_a_millimetre() -> None:
    graph = build_graph([StreetWay(1, (1, 2), 0, 36.0, 36.0)], {1: (0, 0), 2: (0, 0)}, []).graph
    assert graph.shape_mm.tolist() == [0, 1]
    assert (graph.arc_cost >> MM_BITS).tolist() == [1, 1]


def test_a_lone_ring_is_one_segment_driven_one_way() -> None:
    """Nobody turns round on a ring, so its two directions are two networks; one is kept."""
    graph = build_graph([street(1, 1, 2, 5, 4, 1)], AT, []).graph
    assert (graph.nodes, graph.segments, graph.arcs) == (1, 1, 1)
    assert len(graph.shape) == 5


def test_arrays_of_a_graph_cannot_be_changed() -> None:
    graph = build_graph(SQUARES, AT, []).graph
    assert not any(getattr(graph, name).flags.writeable for name in graph.__dataclass_fields__)


STRAIGHT = [street(1, 1, 2), street(2, 2, 3), street(3, 4, 5), street(4, 5, 6)]
ACROSS = [street(5, 1, 4, name=1), street(6, 2, 5, name=1), street(7, 3, 6, name=1)]


def ways_driven(graph: RoadGraph, *nodes: int) -> bool:
    """Whether one may drive past these nodes in one go."""
    number = {at: node for node, at in AT.items()}
    at = [number[tuple(row)] for row in graph.node_at.tolist()]
    ends = [(at[tail], at[head]) for tail, head in zip(graph.arc_tail, graph.arc_head, strict=True)]
    steps = list(pairwise(nodes))
    plain = graph.arc_plain == np.arange(graph.arcs)
    here = {arc for arc in range(graph.arcs) if ends[arc] == steps[0] and plain[arc]}
    for step in steps[1:]:
        onward = [
            graph.turn_to[graph.turn_first[arc] : graph.turn_first[arc + 1]].tolist()
            for arc in here
        ]
        here = {arc for row in onward for arc in row if ends[arc] == step}
    return bool(here)


def test_a_rule_over_a_way_forbids_the_whole_and_none_of_its_parts() -> None:
    rule = WayRule(1, (6,), 3, only=False)  # from 1-2 by 2-5 into 5-4
    parts = build_graph(STRAIGHT + ACROSS, AT, [rule])
    graph = parts.graph
    assert parts.rules_unused == 0
    assert graph.arcs == 15
    assert np.flatnonzero(graph.arc_plain != np.arange(15)).size == 1
    assert not ways_driven(graph, 1, 2, 5, 4)
    for allowed in ((1, 2, 5, 6), (3, 2, 5, 4), (2, 5, 4), (1, 2, 3), (4, 5, 2, 1)):
        assert ways_driven(graph, *allowed), allowed


def test_an_only_rule_over_a_way_binds_those_who_enter_the_way() -> None:
    graph = build_graph(STRAIGHT + ACROSS, AT, [WayRule(1, (6,), 4, only=True)]).graph
    assert not ways_driven(graph, 1, 2, 5, 4)
    for allowed in ((1, 2, 5, 6), (1, 2, 3), (3, 2, 5, 4), (2, 5, 4)):
        assert ways_driven(graph, *allowed), allowed


def test_rules_over_several_ways_may_overlap() -> None:
    rules = [WayRule(5, (1, 6), 4, only=False), WayRule(1, (6,), 3, only=False)]
    graph = build_graph(STRAIGHT + ACROSS, AT, rules).graph
    assert not ways_driven(graph, 4, 1, 2, 5, 6)
    assert not ways_driven(graph, 4, 1, 2, 5, 4)
    assert not ways_driven(graph, 1, 2, 5, 4)
    for allowed in ((1, 2, 5, 6), (4, 1, 2, 3), (4, 1, 2, 5), (3, 2, 5, 4), (3, 2, 5, 6)):
        assert ways_driven(graph, *allowed), allowed


def test_rules_over_ways_that_do_not_join_are_counted() -> None:
    rules = [
        WayRule(1, (7,), 4, only=False),
        WayRule(1, (99,), 4, only=True),
        WayRule(1, (6,), 5, only=False),
    ]
    parts = build_graph(STRAIGHT + ACROSS, AT, rules)
    assert parts.rules_unused == 3
    assert moves(parts.graph) == moves(build_graph(STRAIGHT + ACROSS, AT, []).graph)


def test_a_way_entered_only_under_a_rule_can_still_be_started_from() -> None:
    """Way 6 is one-way and reached from way 1 alone: all who drive it are bound by the rule."""
    ways = [street(1, 1, 2), StreetWay(6, (2, 5), 1, 36.0, 0.0), *ACROSS[::2], *STRAIGHT[2:]]
    graph = build_graph(ways, AT, [WayRule(1, (6,), 3, only=False)]).graph
    assert not ways_driven(graph, 1, 2, 5, 4)
    assert ways_driven(graph, 2, 5, 4)
    assert (graph.segment_arc >= 0).sum() == (graph.arc_plain == np.arange(graph.arcs)).sum()


def test_every_segment_lists_its_arcs_and_its_class() -> None:
    ways = [*STRAIGHT, *ACROSS[1:], StreetWay(5, (1, 4), 1, 36.0, 36.0, road_class=5)]
    graph = build_graph(ways, AT, [WayRule(1, (6,), 3, only=False)]).graph
    for segment in range(graph.segments):
        listed = range(graph.segment_arcs[segment], graph.segment_arcs[segment + 1])
        assert (graph.arc_segment[listed] == segment).all()
        plain = sorted(arc for arc in graph.segment_arc[segment].tolist() if arc >= 0)
        assert sorted(set(graph.arc_plain[listed].tolist())) == plain
    assert sorted(graph.segment_class.tolist()) == [0] * (graph.segments - 1) + [5]
