"""Shortest ways in directed graphs, by a customizable contraction hierarchy of our own.

For any directed graph with whole-number weights (int32, or int64 for costs packed of time and
length) and coordinates; knows nothing of cities. Built once per graph::

    hierarchy = build_hierarchy(first, head, x, y, twins=twins)   # seconds; store its arrays
    metric = metric_of(hierarchy, weights)                        # fractions of a second

and asked from many threads::

    units = metric.origins(vertices, costs)       # n places, prepared once
    metric.many_to_one(units, vertex)             # [n], tens of microseconds
    units = units.moved([7], [vertex])            # only what moved is prepared anew
    metric.matrix(units, metric.targets(sites))   # [n, p]
    metric.one_to_all(vertex, limit=900_000)      # [vertices]
    metric.way(vertex, other)                     # cost and input arcs

    closed = metric.changed(arcs, weights)        # another metric: partial customization
    closed.many_to_one(units.on(closed), vertex)

Places have one vertex, or two that are each other's `twins` (the two directions of a street, say),
each with a cost of its own. Costs from `far_of(dtype)` up mean "no way".

Where streets form a regular grid, `fitting_metric` gives a plain hierarchy instead, which answers
the same questions but takes seconds for every change of weights.

Method: Dibbelt, Strasser, Wagner, "Customizable Contraction Hierarchies", ACM JEA 21 (2016).
"""

from anlan_engine.hierarchy.build import build_hierarchy, fitting_metric
from anlan_engine.hierarchy.costs import FAR32, FAR64, NO_VERTEX, far_of
from anlan_engine.hierarchy.errors import HierarchyError
from anlan_engine.hierarchy.metric import Labels, Metric, Way, metric_of
from anlan_engine.hierarchy.plain import PlainLabels, PlainMetric
from anlan_engine.hierarchy.structure import Hierarchy

__all__ = [
    "FAR32",
    "FAR64",
    "NO_VERTEX",
    "Hierarchy",
    "HierarchyError",
    "Labels",
    "Metric",
    "PlainLabels",
    "PlainMetric",
    "Way",
    "build_hierarchy",
    "far_of",
    "fitting_metric",
    "metric_of",
]
