"""What is wrong with a table before anybody is sent anything by it: found exactly, not by trying.

In each cell the table is followed as a case of it would be, from nobody through every hand-over. So
a conflict is one that some case meets, a gap one that some case falls into, and a row is called
never reached only if no case reaches it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from anlan.casework.routing.cells import Cell, Universe, cells
from anlan.casework.routing.deciding import Matter, deciding_rows
from anlan.casework.routing.tables import COMMUNITY, DESK, LEAD, Row

FINDINGS_LIMIT = 200


class FindingKind(StrEnum):
    """What can be wrong: rows of one level disagree; nothing fits; a row never counts; a circle.

    UNKNOWN: a name stands for nothing. NOT_SERVED: the organisation is not there or does not serve
    a place where the row holds, so such cases stay with the desk.
    """

    CONFLICT = "CONFLICT"
    GAP = "GAP"
    SHADOWED = "SHADOWED"
    CYCLE = "CYCLE"
    UNKNOWN = "UNKNOWN"
    NOT_SERVED = "NOT_SERVED"


FORBIDDING = frozenset(
    {FindingKind.CONFLICT, FindingKind.GAP, FindingKind.CYCLE, FindingKind.UNKNOWN}
)
"""With one of these a table is not published. A gap is closed by a row that says @DESK."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    `rows` are those concerned, `by` those that stand before them; `names` are organisations, items
    or areas; `example` is a case that shows it.
    """

    kind: FindingKind
    rows: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    example: Matter | None = None

    @property
    def forbids(self) -> bool:
        """Whether a table with it may not be published."""
        return self.kind in FORBIDDING


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything found, the gravest first, and how many cells were looked at."""

    findings: tuple[Finding, ...]
    cells: int

    @property
    def may_publish(self) -> bool:
        """Whether nothing was found that forbids it."""
        return not any(finding.forbids for finding in self.findings)


@dataclass(slots=True)
class _Seen:
    """What was met on the way through all cells; each thing once, with its first example."""

    conflicts: dict[tuple[int, int], Matter] = field(default_factory=dict)
    gaps: dict[str, Matter] = field(default_factory=dict)
    circles: dict[tuple[str, ...], tuple[tuple[int, ...], Matter]] = field(default_factory=dict)
    reached: set[int] = field(default_factory=set)
    beaten_by: dict[int, set[int]] = field(default_factory=dict)


def analyse(
    rows: Sequence[Row], universe: Universe, organisations: Mapping[str, tuple[int, int]]
) -> Analysis:
    """Return what is wrong with rows, in the order of their levels.

    Parameters
    ----------
    rows
        The table.
    universe
        What cases there can be.
    organisations
        The lowest and highest area that each organisation serves, by its code.
    """
    seen = _Seen()
    looked_at = cells(rows, universe)
    for cell in looked_at:
        _follow(cell, seen)
    found = (*_gravest(seen), *_names(rows, universe, organisations), *_shadowed(rows, seen))
    found = (*found, *_not_served(rows, universe, organisations))
    return Analysis(found[:FINDINGS_LIMIT], len(looked_at))


def _follow(cell: Cell, seen: _Seen) -> None:
    """Follow a case of a cell from nobody to every holder that it can come to."""
    ways: dict[str | None, dict[str, tuple[int, ...]]] = {}
    waiting: list[str | None] = [None]
    while waiting:
        held_by = waiting.pop()
        if held_by in ways:
            continue
        winners = deciding_rows(cell.fitting, held_by)
        if not winners and held_by is None:
            seen.gaps.setdefault(cell.lead, cell.example)
        _note_rows(cell, held_by, winners, seen)
        by_outcome: dict[str, tuple[int, ...]] = {}
        for row in winners:
            to = row.outcome(cell.lead)
            by_outcome[to] = (*by_outcome.get(to, ()), row.number)
        ways[held_by] = {to: by for to, by in by_outcome.items() if to not in {DESK, held_by}}
        waiting.extend(ways[held_by])
    _note_circle(cell, ways, seen)


def _note_rows(cell: Cell, held_by: str | None, winners: Sequence[Row], seen: _Seen) -> None:
    seen.reached.update(row.number for row in winners)
    for one, other in combinations(winners, 2):
        if one.outcome(cell.lead) != other.outcome(cell.lead):
            seen.conflicts.setdefault((one.number, other.number), cell.example)
    if winners:
        for row in cell.fitting:
            if row.held_by == held_by and row.level > winners[0].level:
                before = seen.beaten_by.setdefault(row.number, set())
                before.update(winner.number for winner in winners)


def _note_circle(
    cell: Cell, ways: Mapping[str | None, Mapping[str, tuple[int, ...]]], seen: _Seen
) -> None:
    """Note the circles that a walk from nobody runs into."""
    done: set[str | None] = set()

    def walk(held_by: str | None, path: tuple[str, ...]) -> None:
        for to in ways[held_by]:
            if to in path:
                circle = path[path.index(to) :]
                turned = circle.index(min(circle))
                names = circle[turned:] + circle[:turned]
                steps = zip(names, (*names[1:], names[0]), strict=True)
                rows = tuple(row for one, other in steps for row in ways[one][other])
                seen.circles.setdefault(names, (rows, cell.example))
            elif to not in done:
                walk(to, (*path, to))
        done.add(held_by)

    walk(None, ())


def _gravest(seen: _Seen) -> Iterator[Finding]:
    for pair, example in sorted(seen.conflicts.items(), key=lambda one: one[0]):
        yield Finding(FindingKind.CONFLICT, rows=pair, example=example)
    for names, (rows, example) in sorted(seen.circles.items(), key=lambda one: one[0]):
        yield Finding(FindingKind.CYCLE, rows=rows, names=names, example=example)
    for _, example in sorted(seen.gaps.items()):
        yield Finding(FindingKind.GAP, example=example)


def _shadowed(rows: Iterable[Row], seen: _Seen) -> Iterator[Finding]:
    """Yield the rows that no case reaches; those before them where it would else reach them."""
    for row in rows:
        if row.number not in seen.reached:
            by = tuple(sorted(seen.beaten_by.get(row.number, ())))
            yield Finding(FindingKind.SHADOWED, rows=(row.number,), by=by)


def _names(
    rows: Iterable[Row], universe: Universe, organisations: Mapping[str, tuple[int, int]]
) -> Iterator[Finding]:
    """Yield what rows name that is not there. Items for a time come and go."""
    items = set(universe.items) | {group for group, _ in universe.items.values()}
    for row in rows:
        strange = [item for item in row.items if item not in items and not item.startswith("T")]
        strange += [str(area) for area in row.areas if universe.span_of([area]) is None]
        named = [name for name in (row.held_by, row.to) if name and not name.startswith("@")]
        strange += [name for name in named if name not in organisations]
        if strange:
            yield Finding(FindingKind.UNKNOWN, rows=(row.number,), names=tuple(strange))


def _not_served(
    rows: Iterable[Row], universe: Universe, organisations: Mapping[str, tuple[int, int]]
) -> Iterator[Finding]:
    """Yield departments and organisations that a row gives cases to which they do not serve."""
    for row in rows:
        span = universe.span_of(row.areas)
        if span is None or row.to in {DESK, COMMUNITY}:
            continue
        holders = _leads(row, universe) if row.to == LEAD else {row.to} & organisations.keys()
        for holder in sorted(holders):
            low, high = organisations.get(holder, (1, 0))
            if not low <= span[0] <= span[1] <= high:
                outside = span[0] if not low <= span[0] <= high else span[1]
                names = holder, str(outside)
                yield Finding(FindingKind.NOT_SERVED, rows=(row.number,), names=names)


def _leads(row: Row, universe: Universe) -> set[str]:
    """Return the departments that lead an item for which a row holds."""
    return {
        lead
        for code, (group, lead) in universe.items.items()
        if not row.items or code in row.items or group in row.items
    }
