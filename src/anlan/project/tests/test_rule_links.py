"""Rules that name what is not there, and routes that never count, are found before they matter."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from anlan.dispatch.agencies.routing_rules import RoutingFile
from anlan.kernel.rule_files import RuleFolder
from anlan.project import rule_links
from anlan.project.cli.check import check
from anlan.project.rule_links import Known, routing_findings, unknown_names
from anlan.project.rules import known_of_texts, link_findings

DAY = date(2026, 6, 1)
HEAD = """
schema = 1
id = "{id}"
version = "2026.1"
valid_from = 2026-01-01
{more}
name_zh = "联动"
name_en = "Routing"
source_zh = "测试"
source_en = "A test"
"""
ROUTE = """
[[routes]]
code = "{code}"
agency = "{agency}"
action = "TELL"
reason_zh = "理由"
reason_en = "Why"
{more}
"""
WATER = Known(sorts={}, linkable=["WATER"])


class Shelf:
    """A folder of routes that a test fills."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = RuleFolder("routing", RoutingFile, folders=lambda: [path], recheck_s=0)

    def put(self, *routes: str, id: str = "city", more: str = "") -> None:
        text = HEAD.format(id=id, more=more) + "".join(routes)
        (self.path / f"{id}.toml").write_text(text, encoding="utf-8")

    def found(self, known: Known = WATER) -> list[str]:
        return list(routing_findings(known, DAY, self.folder))


def route(code: str, more: str = "", agency: str = "WATER") -> str:
    return ROUTE.format(code=code, agency=agency, more=more)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_shipped_rules_name_only_what_is_there():
    assert list(link_findings(DAY)) == []


def test_check_tells_all_of_it_at_once():
    told = CliRunner().invoke(check, ["rules"])
    assert (told.exit_code, told.output) == (0, "rules: in order\n")


@pytest.mark.parametrize("sort", ["kind", "capability", "unit kind", "site kind", "linked agency"])
def test_name_that_stands_for_nothing_is_found(sort):
    known = known_of_texts()
    poorer = Known(sorts=dict(known.sorts) | {sort: ()}, linkable=known.linkable)
    found = list(unknown_names(poorer, DAY))
    assert found
    assert all(line.endswith(f" is no {sort}") for line in found)


def test_desk_that_asks_for_clocks_that_are_gone_is_found(monkeypatch, tmp_path):
    empty = RuleFolder("clocks", RoutingFile, folders=lambda: [tmp_path])
    monkeypatch.setattr(rule_links, "CLOCK_RULES", empty)
    found = list(unknown_names(known_of_texts(), DAY))
    assert "desk_policy desk_policy 2026.1: one_three_five is no clock rules" in found


def test_route_behind_a_wider_one_never_counts(shelf):
    shelf.put(route("ALL"), route("FIRES", 'kinds = ["FIRE_STRUCTURE"]'))
    assert shelf.found() == ["routing: city.FIRES never counts: city.ALL stands before it"]


def test_exception_before_its_rule_is_in_order(shelf):
    shelf.put(route("FIRES", 'kinds = ["FIRE_STRUCTURE"]'), route("ALL"))
    assert shelf.found() == []


def test_pair_that_fits_the_same_incident_is_found(shelf):
    shelf.put(
        route("NORTH", "within = [990101001000000]"), route("FIRES", 'kinds = ["FIRE_STRUCTURE"]')
    )
    assert shelf.found() == ["routing: city.NORTH and city.FIRES may both fit an incident"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('kinds = ["FIRE_STRUCTURE"]', 'kinds = ["GAS_SMELL"]'),
        ("within = [990101001000000]", "within = [990101002000000]"),
    ],
)
def test_routes_apart_are_in_order(shelf, one, other):
    shelf.put(route("ONE", one), route("OTHER", other))
    assert shelf.found() == []


def test_area_within_an_area_is_seen(shelf):
    shelf.put(
        route("CITY", "within = [990101000000000]"), route("CELL", "within = [990101001001001]")
    )
    assert shelf.found() == ["routing: city.CELL never counts: city.CITY stands before it"]


def test_files_are_looked_at_together_and_agencies_apart(shelf):
    shelf.put(route("ALL"), route("POWER", agency="POWER"))
    shelf.put(route("MORE"), id="district")
    assert shelf.found() == ["routing: district.MORE never counts: city.ALL stands before it"]


def test_agency_without_a_route_is_found(shelf):
    shelf.put(route("ALL"))
    both = Known(sorts={}, linkable=["POWER", "WATER"])
    assert shelf.found(both) == ["routing: no route leads to POWER"]


def test_file_that_is_over_is_left_alone(shelf):
    shelf.put(route("ALL"), route("SAME"), more="valid_until = 2026-02-01")
    assert shelf.found(Known(sorts={}, linkable=[])) == []
