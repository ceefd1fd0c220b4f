"""Shapes of the API are described by their names: no two may share one."""

from collections import Counter
from collections.abc import Iterator

from anlan.kernel.schemas import Schema
from anlan.project.api import api

BASES = {"Strict"}
"""Described nowhere: what bodies of one room are made from."""


def shapes(kind: type[Schema] = Schema) -> Iterator[type[Schema]]:
    """Yield every shape of ours, once."""
    for derived in set(kind.__subclasses__()):
        if derived.__module__.startswith("anlan.") and derived.__name__.strip("_") not in BASES:
            yield derived
        yield from shapes(derived)


def test_no_two_shapes_share_a_name():
    assert api.get_openapi_schema()["components"]["schemas"]
    named = Counter(name for name, _ in {(one.__name__, one.__module__) for one in shapes()})
    assert [name for name, count in named.items() if count > 1] == []
