"""Read the streets of an OpenStreetMap extract and the rules for turning between them."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from anlan_engine.city.errors import CityError
from anlan_engine.city.making.map_tags import Names, names_of
from anlan_engine.city.making.plain_lines import (
    NOWHERE,
    NodeLists,
    Tags,
    lines_with,
    members_of,
    node_lists,
    tags_of,
)
from anlan_engine.city.making.street_tags import is_solid_barrier, speeds
from anlan_engine.roads import NO_NAME, class_code
from anlan_engine.roads.build import (
    NodeTable,
    RoadParts,
    Rule,
    StreetWay,
    TurnRule,
    WayRule,
    build_graph,
)

I64 = npt.NDArray[np.int64]

KEYS = ("highway", "barrier", "restriction", "restriction:motorcar")

FREED_BY = frozenset({"emergency", "motorcar", "motor_vehicle"})
"""Vehicles in a restriction's `except` tag that free the units too."""


@dataclass(slots=True)
class Streets:
    """What the road graph is made of, in the order of the source.

    Attributes
    ----------
    street_names : dict of Names to int
        Every name of a street and its row.
    streets : list of StreetWay
    node_at : mapping of int to (int, int)
        Longitude, latitude of the nodes on streets, in ten-millionths of a degree.
    rules : list of TurnRule and WayRule
    rules_left_out : int
        Turn restrictions without members that a rule needs.
    """

    street_names: dict[Names, int] = field(default_factory=dict)
    streets: list[StreetWay] = field(default_factory=list)
    node_at: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    rules_left_out: int = 0


def road_network(source: Path) -> RoadParts:
    """Make the road graph of an extract and nothing else: the quickest way to a travel time.

    The graph is the one of the city pack that `build_city` makes of the same file.

    Raises
    ------
    CityError
        As `read_streets`; NO_STREETS where there is no network of drivable streets.
    """
    with uncollected():
        streets = read_streets(source)
        roads = build_graph(streets.streets, streets.node_at, streets.rules)
    if not roads.graph.arcs:
        raise CityError(code="NO_STREETS", file=source.name)
    return roads


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector of cyclic garbage rest.

    It would look through all tags and nodes again and again, a third of the time, and find none.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


def read_streets(source: Path) -> Streets:
    """Read the streets of a file.

    Raises
    ------
    CityError
        SOURCE_MISSING, SOURCE_EMPTY, SOURCE_FOREIGN or SOURCE_DAMAGED. A file cut exactly between
        two blocks cannot be told from a smaller extract: the format has no end mark.
    """
    found = Streets()
    barriers: set[int] = set()
    ways: list[list[str]] = []
    told: list[tuple[int, Tags, tuple[float, float]]] = []
    for fields in lines_with(source, KEYS):
        kind, number, tags = fields[0][0], int(fields[0][1:]), tags_of(fields)
        if kind == "n" and is_solid_barrier(tags):
            barriers.add(number)
        elif kind == "w" and "highway" in tags and any(kmh := speeds(tags)):
            ways.append(fields)
            told.append((number, tags, kmh))
        elif kind == "r" and tags.get("type") == "restriction":
            _restriction(found, members_of(fields), tags)
    nodes = node_lists(ways)
    fresh = _ways(found, told, nodes, barriers)
    known = np.concatenate([np.flatnonzero((nodes.at != NOWHERE).all(axis=1)), fresh])
    made = -1 - np.arange(len(fresh))
    numbers = np.concatenate([nodes.ref[known[: len(known) - len(fresh)]], made])
    found.node_at = NodeTable(numbers, nodes.at[known])
    return found


def _ways(
    found: Streets,
    told: Sequence[tuple[int, Tags, tuple[float, float]]],
    nodes: NodeLists,
    barriers: set[int],
) -> I64:
    """Keep drivable ways; a barrier on one ends it on both sides.

    Returns the places of such ends in `nodes`: they are nodes of their own, -1, -2 and so on.
    """
    refs = nodes.ref.tolist()
    first = nodes.first.tolist()
    blocked = np.isin(nodes.ref, np.fromiter(barriers, np.int64)).tolist()
    lost = (nodes.at == NOWHERE).any(axis=1).tolist()
    fresh: list[int] = []
    known = found.street_names
    for row, (way_id, tags, kmh) in enumerate(told):
        for start, stop in _runs(lost, first[row], first[row + 1]):
            run = refs[start:stop]
            if any(blocked[start:stop]):
                for place in range(start, stop):
                    if blocked[place]:
                        fresh.append(place)
                        run[place - start] = -len(fresh)
            names = names_of(tags) if "name" in tags else None
            name = known.setdefault(names, len(known)) if names and names.local else NO_NAME
            road_class = class_code(tags["highway"])
            found.streets.append(StreetWay(way_id, run, name, *kmh, road_class))
    return np.array(fresh, np.int64)


def _runs(lost: Sequence[bool], start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Parts of a way between nodes that the extract has cut away, of two nodes or more."""
    begin = start
    for place in range(start, stop + 1):
        if place == stop or lost[place]:
            if place - begin > 1:
                yield begin, place
            begin = place + 1


def _restriction(found: Streets, members: Sequence[tuple[str, int, str]], tags: Tags) -> None:
    """Keep a turn restriction for vehicles over a node, or over ways."""
    value = tags.get("restriction:motorcar") or tags.get("restriction") or ""
    if FREED_BY & set(tags.get("except", "").split(";")) or not value:
        return
    by_role: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for kind, number, role in members:
        by_role[role].append((kind, number))
    via, sources, targets = (by_role[role] for role in ("via", "from", "to"))
    over_node = [kind for kind, _ in via] == ["n"]
    over_ways = bool(via) and all(kind == "w" for kind, _ in via)
    known = value.startswith(("no_", "only_"))
    if not (known and sources and targets and (over_node or over_ways)):
        found.rules_left_out += 1
        return
    only = value.startswith("only_")
    numbers = tuple(number for _, number in via)
    found.rules += [
        TurnRule(from_way, numbers[0], to_way, only)
        if over_node
        else WayRule(from_way, numbers, to_way, only)
        for _, from_way in sources
        for _, to_way in targets
    ]
