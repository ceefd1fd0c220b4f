"""Write small OpenStreetMap extracts for tests: a town with something of everything."""

from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

WEST, SOUTH = 116.3, 39.9
STEP = 0.001

Tags = dict[str, str]


class TownWriter:
    """Collects things and writes them as a PBF file, sorted as such files are.

    Positions are columns and rows of a grid with steps of 0.001 degree from `WEST`, `SOUTH`.
    """

    def __init__(self) -> None:
        self.nodes: dict[int, tuple[float, float, Tags]] = {}
        self.ways: dict[int, tuple[list[int], Tags]] = {}
        self.relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] = {}

    def node(self, number: int, column: float, row: float, **tags: str) -> None:
        self.nodes[number] = (WEST + column * STEP, SOUTH + row * STEP, _colons(tags))

    def way(self, number: int, *nodes: int, **tags: str) -> None:
        self.ways[number] = (list(nodes), _colons(tags))

    def relation(self, number: int, *members: tuple[str, int, str], **tags: str) -> None:
        self.relations[number] = (list(members), _colons(tags))

    def write(self, file: Path) -> Path:
        with osmium.SimpleWriter(str(file), overwrite=True) as writer:
            for number, (lon, lat, tags) in sorted(self.nodes.items()):
                writer.add_node(Node(id=number, location=(lon, lat), tags=tags, version=1))
            for number, (nodes, tags) in sorted(self.ways.items()):
                writer.add_way(Way(id=number, nodes=nodes, tags=tags, version=1))
            for number, (members, tags) in sorted(self.relations.items()):
                writer.add_relation(Relation(id=number, members=members, tags=tags, version=1))
        return file


def _colons(tags: Tags) -> Tags:
    """`name__zh` stands for `name:zh`."""
    return {key.replace("__", ":"): value for key, value in tags.items()}


def small_town() -> TownWriter:
    """Two rows of three corners (4 5 6 above 1 2 3) with streets on all sides, and the rest."""
    town = TownWriter()
    for number, (column, row) in enumerate([(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)], 1):
        town.node(number, column, row)
    name = {"name": "长安街", "name__en": "Chang'an Avenue", "highway": "primary"}
    town.way(10, 1, 2, **name, maxspeed="60")
    town.way(11, 2, 3, **name, maxspeed="60")
    town.way(12, 4, 5, highway="residential", name="Rue de l'Église")
    town.way(13, 6, 5, highway="residential", name="Rue de l'Église", oneway="-1")
    town.way(14, 1, 4, highway="tertiary", maxspeed="30 mph")
    town.way(15, 2, 5, highway="tertiary", maxspeed="CN:urban")
    town.way(16, 3, 6, highway="tertiary")
    town.way(17, 4, 6, highway="footway")
    town.relation(
        90,
        ("w", 10, "from"),
        ("n", 2, "via"),
        ("w", 15, "to"),
        type="restriction",
        restriction="no_left_turn",
    )
    town.relation(
        91,
        ("w", 10, "from"),
        ("w", 11, "via"),
        ("w", 16, "to"),
        type="restriction",
        restriction="no_u_turn",
    )
    town.relation(
        92,
        ("w", 11, "from"),
        ("n", 3, "via"),
        ("w", 16, "to"),
        type="restriction",
        restriction="no_left_turn",
        **{"except": "bus;emergency"},
    )
    _houses(town)
    _surroundings(town)
    return town


def _houses(town: TownWriter) -> None:
    """A house with a courtyard (a relation), a house with a number, a school."""
    corners = [(0.2, 0.2), (0.6, 0.2), (0.6, 0.6), (0.2, 0.6)]
    for number, (column, row) in enumerate(corners):
        town.node(20 + number, column, row)
        town.node(30 + number, 0.3 + (column - 0.2) / 2, 0.3 + (row - 0.2) / 2)
        town.node(40 + number, column + 1, row)
    town.way(20, 20, 21, 22, 23, 20)
    town.way(21, 30, 31, 32, 33, 30)
    rings = (("w", 20, "outer"), ("w", 21, "inner"))
    town.relation(93, *rings, type="multipolygon", building="yes", height="24 m")
    town.way(
        22,
        40,
        41,
        42,
        43,
        40,
        building="school",
        building__levels="3",
        amenity="school",
        name="第一小学",
        addr__street="长安街",
        addr__housenumber="5号",
    )


def _surroundings(town: TownWriter) -> None:
    """A lake, a park, a district border, a place, a fire station, a shop, a house number."""
    frame = [(0.1, 0.1), (1.9, 0.1), (1.9, 0.9), (0.1, 0.9)]
    for number, (column, row) in enumerate(frame):
        town.node(50 + number, column, row)
        town.node(60 + number, 1.2 + column / 10, 0.8 + row / 10)
    town.way(50, 50, 51, 52)
    town.way(51, 52, 53, 50)
    town.relation(
        94,
        ("w", 50, "outer"),
        ("w", 51, "outer"),
        type="boundary",
        boundary="administrative",
        admin_level="6",
        name="东城区",
    )
    town.way(60, 60, 61, 62, 63, 60, natural="water")
    town.node(70, 1.0, 0.5, place="suburb", name="东华门", name__en="Donghuamen")
    town.node(71, 0.5, 1.05, amenity="fire_station")
    town.node(
        72,
        1.5,
        1.05,
        shop="bakery",
        name="Café Été",
        addr__street="Rue de l'Église",
        addr__housenumber="12",
    )
    town.way(61, 20, 21, 22, 20, leisure="park")
