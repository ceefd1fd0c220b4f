"""Run cards: which units fill the places a job has, one unit a place."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from anlan_engine.assign.matching import NOBODY, match_earliest
from anlan_engine.assign.question import Question
from anlan_engine.assign.ranking import Measures, measure_units
from anlan_engine.assign.reasons import ChoiceReason, Remark
from anlan_engine.errors import Fact
from anlan_engine.routing import RoadTimes

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FilledPlace:
    """One place of a run card.

    Attributes
    ----------
    need : str
        The capability it asks for.
    unit_id : str or None
        Who fills it; None where nobody can.
    travel_s : float or None
    reason : Remark
        FASTEST; FASTEST_SERVES_ANOTHER with the unit that would be faster and by how much;
        NOBODY_LEFT where all who could are needed for other places; NOBODY_CAN.
    """

    need: str
    unit_id: str | None
    travel_s: float | None
    reason: Remark


@dataclass(frozen=True, slots=True)
class FilledCard:
    """A run card with the units that fill it.

    Attributes
    ----------
    places : tuple of FilledPlace
        In the order of the card.
    """

    places: tuple[FilledPlace, ...]

    @property
    def complete_s(self) -> float | None:
        """When the last needed unit arrives; None where a place stays open."""
        times = [place.travel_s for place in self.places]
        arrived = [time for time in times if time is not None]
        return max(arrived, default=0.0) if len(arrived) == len(times) else None


def fill_card(question: Question, times: RoadTimes) -> FilledCard:
    """Fill the places of a run card so that the last needed unit arrives as soon as possible.

    Of all ways to do that, one whose travel times add up to least. A unit fills one place,
    whatever else it could do. Where not all places can be filled, those named first are.

    Parameters
    ----------
    question : Question
        `needs` are the places: ("ENGINE", "ENGINE", "LADDER") asks for two engines and a ladder.
        Its snapshot, on the same pack, gives the same answer again.
    times : RoadTimes

    Returns
    -------
    FilledCard

    Raises
    ------
    anlan_engine.routing.RoutingError
        As `rank_units`.
    """
    return fill_measured(question, measure_units(question, times))


def fill_measured(question: Question, measures: Measures) -> FilledCard:
    """Fill the places of a run card as `fill_card` does, from measures that are at hand.

    Parameters
    ----------
    question : Question
    measures : Measures
        As `measure_units` gives them for this question.
    """
    # By id, so that the order of the question does not choose between equals.
    order = np.argsort(np.array([unit.unit_id for unit in question.units], np.str_))
    needs = list(dict.fromkeys(question.needs))
    may = measures.brings & measures.eligible[:, np.newaxis]
    by_need = np.where(may, measures.travel_s[:, np.newaxis], np.inf)[order].T
    table = by_need[[needs.index(need) for need in question.needs]]
    chosen = match_earliest(table)
    ids = [question.units[row].unit_id for row in order]
    return FilledCard(
        tuple(
            FilledPlace(need, None, None, _open(measures, needs.index(need)))
            if unit == NOBODY
            else FilledPlace(need, ids[unit], float(row[unit]), _filled(row, unit, ids))
            for need, row, unit in zip(question.needs, table, chosen.tolist(), strict=True)
        )
    )


def _filled(row: F64, unit: int, ids: list[str]) -> Remark:
    """Why this unit and not the fastest."""
    fastest = int(np.argmin(row))
    if row[unit] == row[fastest]:
        return Remark(ChoiceReason.FASTEST)
    behind_s = round(float(row[unit] - row[fastest]), 3)
    facts: dict[str, Fact] = {"fastest": ids[fastest], "behind_s": behind_s}
    return Remark(ChoiceReason.FASTEST_SERVES_ANOTHER, facts)


def _open(measures: Measures, need: int) -> Remark:
    """Why nobody fills a place."""
    able = int((measures.brings[:, need] & measures.eligible).sum())
    return Remark(ChoiceReason.NOBODY_LEFT if able else ChoiceReason.NOBODY_CAN, {"able": able})
