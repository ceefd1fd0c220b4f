"""The analysis of a routing table says what trying every case one by one says."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anlan.casework.routing import cells as cells_module
from anlan.casework.routing.analysis import Analysis, FindingKind, analyse
from anlan.casework.routing.cells import TooTangledError, Universe, cells
from anlan.casework.routing.deciding import Matter, Reason, decide, fits
from anlan.casework.routing.tables import COMMUNITY, DESK, Row, Rows, read_rows

FIRST = date(2026, 3, 2)  # a Monday
DAYS = 7
ITEMS = {"0101": ("01", "A"), "0102": ("01", "B"), "0201": ("02", "A")}
CITY = 990101000000000
AREAS = (990101001001001, 990101001002001, 990101002001001)
ORGANISATIONS = dict.fromkeys("ABC", (CITY, CITY + 10**9 - 1))
STREETS = (990101001000000, 990101002000000, 990101001001000)
SITES = ("", "SCHOOL", "SHOP")  # none, one that rows name, another
DESKS = (COMMUNITY, "A", "B", "C")


def kinds_of_day(first: date, last: date | None) -> list[tuple[date, bool]]:
    """Return the first working day and the first day off, weekends being off."""
    found: dict[bool, date] = {}
    for offset in range(DAYS if last is None else min(DAYS, (last - first).days + 1)):
        day = first + timedelta(offset)
        found.setdefault(day.weekday() < 5, day)
    return [(day, worked) for worked, day in found.items()]


UNIVERSE = Universe(ITEMS, AREAS, FIRST, kinds_of_day)


def every_case() -> Iterator[Matter]:
    """Yield every case of the small city: the hours at which rows can begin and end."""
    days = [FIRST + timedelta(offset) for offset in range(2 * DAYS)]
    for item, area, day in product(ITEMS, AREAS, days):
        group, lead = ITEMS[item]
        for minute, site, source in product((0, 480, 1080, 1320), SITES, ("WEB", "API")):
            yield Matter(item, group, lead, area, site, source, minute, day, day.weekday() < 5)


CASES = list(every_case())


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Draw a table with few names and many collisions."""
    hours = draw(st.lists(st.sampled_from([(None, None), (480, 1080), (1320, 480)]), min_size=6))
    days = st.none() | st.integers(0, DAYS - 1).map(lambda offset: FIRST + timedelta(offset))
    rows = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        begins, ends = hours[number - 1]
        since, until = draw(days), draw(days)
        if since and until and until < since:
            since, until = until, since
        rows.append(
            Row(
                number=number,
                level=draw(st.integers(1, 3)),
                items=draw(st.sampled_from([(), (), ("01",), ("0101",), ("0102", "02")])),
                areas=draw(st.sampled_from([(), (), *((street,) for street in STREETS)])),
                sites=draw(st.sampled_from([(), (), ("SCHOOL",), ("NONE",)])),
                sources=draw(st.sampled_from([(), (), ("WEB",)])),
                days=draw(st.sampled_from([None, None, "WORKDAY", "DAY_OFF"])),
                begins=begins,
                ends=ends,
                valid_from=since,
                valid_until=until,
                held_by=draw(st.sampled_from([None, None, None, *DESKS])),
                to=draw(st.sampled_from(["@LEAD", DESK, *DESKS])),
            )
        )
    return read_rows([row.model_dump(mode="json") for row in rows])


def followed(rows: Rows, matter: Matter) -> tuple[set[int], set[frozenset[int]], bool, bool]:
    """Follow one case by every way; return rows that count, rows at odds, whether gap or circle."""
    fitting = [row for row in rows if fits(row, matter)]
    counted: set[int] = set()
    odds: set[frozenset[int]] = set()
    ways: dict[str | None, set[str]] = {}
    waiting: list[str | None] = [None]
    while waiting:
        holder = waiting.pop()
        if holder in ways:
            continue
        asked = [row for row in fitting if row.held_by == holder]
        winners = [row for row in asked if row.level == min(one.level for one in asked)]
        counted |= {row.number for row in winners}
        outcomes = {row.number: row.outcome(matter.lead) for row in winners}
        odds |= {
            frozenset({one, other})
            for one, other in product(outcomes, outcomes)
            if outcomes[one] != outcomes[other]
        }
        ways[holder] = set(outcomes.values()) - {DESK, holder}
        waiting.extend(ways[holder])
    return counted, odds, not any(row.held_by is None for row in fitting), turns(ways)


def turns(ways: dict[str | None, set[str]]) -> bool:
    """Return whether some way from nobody comes to a holder twice."""
    reach = {one: set(others) for one, others in ways.items()}
    for _ in ways:
        for one in reach:
            reach[one] |= {far for near in list(reach[one]) for far in reach.get(near, ())}
    return any(one in reach[one] for one in reach)


def tried(rows: Rows) -> tuple[set[frozenset[int]], bool, bool, set[int]]:
    """Try every case: rows at odds, whether there is a gap, a circle, and rows that never count."""
    counted: set[int] = set()
    odds: set[frozenset[int]] = set()
    gap = circle = False
    for matter in CASES:
        one_counted, one_odds, one_gap, one_circle = followed(rows, matter)
        counted |= one_counted
        odds |= one_odds
        gap, circle = gap or one_gap, circle or one_circle
    return odds, gap, circle, {row.number for row in rows} - counted


def of_kind(found: Analysis, kind: FindingKind) -> list[tuple[int, ...]]:
    """Return the rows of every finding of a kind."""
    return [one.rows for one in found.findings if one.kind is kind]


@settings(max_examples=30, deadline=None)
@given(tables())
def test_analysis_finds_what_trying_every_case_finds(rows):
    odds, gap, circle, never = tried(rows)
    found = analyse(rows, UNIVERSE, ORGANISATIONS)
    assert {frozenset(pair) for pair in of_kind(found, FindingKind.CONFLICT)} == odds
    assert bool(of_kind(found, FindingKind.GAP)) == gap
    assert bool(of_kind(found, FindingKind.CYCLE)) == circle
    assert {one for (one,) in of_kind(found, FindingKind.SHADOWED)} == never


@settings(max_examples=30, deadline=None)
@given(tables())
def test_examples_show_what_is_said_of_them(rows):
    reasons = {
        FindingKind.GAP: {Reason.NO_ROW},
        FindingKind.CONFLICT: {Reason.DISAGREE},
        FindingKind.CYCLE: {Reason.CIRCLE, Reason.DISAGREE},
    }
    for finding in analyse(rows, UNIVERSE, ORGANISATIONS).findings:
        if finding.example is None:
            continue
        counted, odds, gap, circle = followed(rows, finding.example)
        if finding.kind is FindingKind.CONFLICT:
            assert frozenset(finding.rows) in odds
        else:
            assert gap if finding.kind is FindingKind.GAP else circle
        if not odds:
            assert decide(rows, finding.example).reason in reasons[finding.kind]
        assert set(finding.rows) <= counted


@settings(max_examples=30, deadline=None)
@given(tables())
def test_table_without_grave_findings_decides_every_case(rows):
    if not analyse(rows, UNIVERSE, ORGANISATIONS).may_publish:
        return
    reasons = {decide(rows, matter).reason for matter in CASES}
    assert reasons <= {Reason.GIVEN, Reason.DESK}


@settings(max_examples=20, deadline=None)
@given(tables())
def test_every_case_falls_into_exactly_one_cell(rows):
    found = cells(rows, UNIVERSE)
    kinds = {(cell.fitting, cell.lead) for cell in found}
    assert len(kinds) == len(found)
    assert {
        (tuple(row for row in rows if fits(row, matter)), matter.lead) for matter in CASES
    } == kinds


def table(*rows: dict[str, object]) -> Rows:
    return read_rows([{"number": number, **row} for number, row in enumerate(rows, 1)])


ANY = {"to": DESK}


def test_shadowed_row_is_told_with_those_before_it():
    rows = table(ANY, {"level": 1, "items": ["01"], "to": "A"}, {"level": 5, "items": ["0101"],
                                                                   "to": "B"})  # fmt: skip
    (finding,) = analyse(rows, UNIVERSE, ORGANISATIONS).findings
    assert (finding.kind, finding.rows, finding.by) == (FindingKind.SHADOWED, (3,), (2,))
    assert not finding.forbids


def test_circle_is_told_with_its_way_round():
    rows = table(
        ANY,
        {"level": 2, "items": ["0102"], "to": "A"},
        {"held_by": "A", "days": "DAY_OFF", "to": "B"},
        {"held_by": "B", "to": "A"},
    )
    (finding,) = analyse(rows, UNIVERSE, ORGANISATIONS).findings
    assert (finding.kind, finding.names, finding.rows) == (FindingKind.CYCLE, ("A", "B"), (3, 4))
    assert finding.example is not None
    assert (finding.example.item, finding.example.worked) == ("0102", False)


def test_rows_of_one_level_may_agree():
    rows = table(
        {"items": ["01"], "to": "A"}, {"items": ["0101"], "to": "@LEAD"}, {"level": 9} | ANY
    )
    found = analyse(rows, UNIVERSE, ORGANISATIONS)
    odds = of_kind(found, FindingKind.CONFLICT)
    assert odds == [(1, 3), (2, 3)]  # row 2 gives 0101 to A, who leads it: no conflict with row 1


def test_name_that_stands_for_nothing_forbids():
    rows = table(ANY, {"level": 1, "items": ["0999"], "areas": [110101001001001], "to": "NOBODY"})
    finding = analyse(rows, UNIVERSE, ORGANISATIONS).findings[0]
    assert finding.kind is FindingKind.UNKNOWN
    assert finding.names == ("0999", "110101001001001", "NOBODY")
    assert finding.forbids


def test_department_that_does_not_serve_a_place_is_told():
    served = ORGANISATIONS | {"A": (AREAS[0], AREAS[1])}
    (finding,) = analyse(table({"to": "@LEAD"}), UNIVERSE, served).findings
    assert (finding.kind, finding.names) == (FindingKind.NOT_SERVED, ("A", str(AREAS[2])))


def test_tangled_table_is_refused_instead_of_half_looked_at(monkeypatch):
    monkeypatch.setattr(cells_module, "CELLS_LIMIT", 3)
    rows = table(*({"begins": hour * 60, "ends": 1440, "to": "A"} for hour in range(1, 6)))
    with pytest.raises(TooTangledError):
        cells(rows, UNIVERSE)


def test_unknown_working_day_leaves_the_case_to_the_desk():
    rows = table({"level": 1, "days": "DAY_OFF", "to": "B"}, {"to": "A"})
    known = CASES[0]
    unknown = Matter(known.item, known.group, known.lead, known.area, "", "WEB", 0, FIRST, None)
    assert decide(rows, unknown).reason is Reason.DAY_UNKNOWN
    assert decide(rows[1:], unknown).holder == "A"


def test_holder_that_keeps_a_case_ends_the_hand_overs():
    rows = table(
        {"to": "A"},
        {"level": 1, "held_by": "A", "begins": 480, "ends": 1080, "to": "A"},
        {"level": 5, "held_by": "A", "to": "B"},
    )
    by_minute = {m.minute: decide(rows, m).holder for m in CASES if m.item == "0101"}
    assert by_minute == {0: "B", 480: "A", 1080: "B", 1320: "B"}
    assert analyse(rows, UNIVERSE, ORGANISATIONS).may_publish
