"""From counted cells to figures: what would be usual for each organisation, and who differs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from anlan.casework.evaluation.counting import Counts
from anlan.casework.evaluation.rules import EvaluationRules
from anlan.casework.evaluation.transitions import FigureStanding, Measure
from anlan_engine.funnel import WATCH_LEVEL, Flags, Standardised, flag, limits, standardise, sums

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SetAside = Collection[tuple[UUID, str]]
"""Organisation and measure of each figure about which an appeal was granted."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure; limits are counts, None where nothing is compared."""

    organisation_id: UUID
    item_code: str
    measure: Measure
    standing: FigureStanding
    cases: int
    hits: int
    compared: int
    expected: float
    variance: float
    limits: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Whole:
    """All organisations together in one measure."""

    cases: int
    hits: int
    dispersion: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is said of a month."""

    level: float
    wholes: dict[Measure, Whole]
    figures: list[Compared]


@dataclass(frozen=True, slots=True)
class _Measured:
    """One measure on its way: its cells, and what was found of each organisation.

    `all_cases` and `all_hits` are those of each organisation, whether set aside or not.
    """

    measure: Measure
    cases: Ints
    hits: Ints
    of: Standardised
    tested: Bools
    aside: Bools
    all_cases: Floats
    all_hits: Floats


def compare(counts: Counts, rules: EvaluationRules, set_aside: SetAside) -> Comparison:
    """Compare the organisations of some counts with each other, by rules.

    A figure that was set aside stays as it is, and its cases take no part in the comparison.
    """
    organisations = sorted(set(counts.organisations))
    team, stratum = _numbered(counts.organisations), _numbered(_pairs(counts))
    measured = []
    for column, measure in enumerate(Measure):
        aside = np.array([(one, measure) in set_aside for one in organisations], dtype=bool)
        every = counts.cases[:, column], counts.hits[:, column]
        cases, hits = (one * ~aside[team] for one in every)
        of = standardise(team, stratum, cases, hits, teams=len(organisations))
        tested = (of.compared >= rules.minimum_cases) & (of.variance >= rules.minimum_variance)
        all_of = (sums(team, one, len(organisations)) for one in every)
        measured.append(_Measured(measure, cases, hits, of, tested, aside, *all_of))
    flags = flag([(one.of, one.tested) for one in measured], rules.false_discoveries)
    better = {one.code: one.better for one in rules.measures}
    figures: list[Compared] = []
    wholes = {}
    for one, found in zip(measured, flags, strict=True):
        figures += _of_organisations(one, found, organisations, better[one.measure])
        figures += _of_items(one, counts, team, organisations)
        cases, hits = int(one.cases.sum()), int(one.hits.sum())
        wholes[one.measure] = Whole(cases, hits, found.dispersion)
    return Comparison(flags[0].level, wholes, figures)


def _pairs(counts: Counts) -> list[tuple[str, str]]:
    return list(zip(counts.items, counts.classes, strict=True))


def _of_organisations(
    one: _Measured, found: Flags, organisations: list[UUID], better: str
) -> Iterator[Compared]:
    inner = limits(one.of, WATCH_LEVEL, found.dispersion)
    outer = limits(one.of, found.level, found.dispersion)
    for place, organisation in enumerate(organisations):
        tested = bool(one.tested[place])
        if not one.all_cases[place]:
            continue
        ends = (inner[0], inner[1], outer[0], outer[1])
        low, high, outer_low, outer_high = (float(end[place]) for end in ends)
        yield Compared(
            organisation, "", one.measure, _standing(one, found, place, better),
            int(one.all_cases[place]), int(one.all_hits[place]), int(one.of.compared[place]),
            float(one.of.expected[place]), float(one.of.variance[place]),
            (low, high, outer_low, outer_high) if tested else None,
        )  # fmt: skip


def _standing(one: _Measured, found: Flags, place: int, better: str) -> FigureStanding:
    if one.aside[place]:
        return FigureStanding.SET_ASIDE
    if not one.of.compared[place]:
        return FigureStanding.ALONE
    if not one.tested[place]:
        return FigureStanding.TOO_FEW
    if not found.flagged[place]:
        return FigureStanding.USUAL
    if better == "NEITHER":
        return FigureStanding.UNUSUAL
    more = one.of.observed[place] > one.of.expected[place]
    return FigureStanding.BETTER if more == (better == "HIGH") else FigureStanding.WORSE


def _of_items(
    one: _Measured, counts: Counts, team: Ints, organisations: list[UUID]
) -> Iterator[Compared]:
    """Yield each organisation's figures by item: nobody is flagged by one item."""
    codes = sorted(set(counts.items))
    of = standardise(
        team * len(codes) + _numbered(counts.items),
        _numbered(_pairs(counts)),
        one.cases,
        one.hits,
        teams=len(organisations) * len(codes),
    )
    for place in np.flatnonzero(of.cases).tolist():
        organisation, code = divmod(place, len(codes))
        yield Compared(
            organisations[organisation], codes[code], one.measure,
            FigureStanding.PART,
            int(of.cases[place]), int(of.observed[place]), int(of.compared[place]),
            float(of.expected[place]), float(of.variance[place]), None,
        )  # fmt: skip


Key = TypeVar("Key", UUID, str, tuple[str, str])


def _numbered(keys: list[Key]) -> Ints:
    """Return the place of each key among all different ones in their order."""
    number = {key: place for place, key in enumerate(sorted(set(keys)))}
    return np.array([number[key] for key in keys], dtype=np.int64)
