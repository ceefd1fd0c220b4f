"""Run cards: which is in force, what a level asks for, and what the lint finds."""

from datetime import date
from pathlib import Path

import pytest

from anlan.dispatch.run_cards import (
    RUN_CARDS,
    RunCardFile,
    card_for,
    cards_in_force,
    findings,
    unfilled,
)
from anlan.dispatch.tests.room import done, kept
from anlan.kernel.rule_files import RuleFolder
from anlan.project.rules import run_card_findings

DAY = date(2026, 6, 1)
HEAD = """
schema = 1
id = "{id}"
version = "{version}"
valid_from = {since}
{until}
name_zh = "表"
name_en = "Cards"
source_zh = "测试"
source_en = "A test"
"""
CARD = """
[[cards]]
code = "{code}"
kinds = {kinds}
{more}
levels = [[{{ capability = "{capability}", count = {count} }}]]
"""


class Shelf:
    """A folder of run cards that a test fills."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = RuleFolder("run_cards", RunCardFile, folders=lambda: [path], recheck_s=0)

    def put(self, id: str = "fire", version: str = "2026.1", since: str = "2026-01-01",
            until: str = "", cards: str = "") -> None:  # fmt: skip
        until = f"valid_until = {until}" if until else ""
        head = HEAD.format(id=id, version=version, since=since, until=until)
        text = head + (cards or card())
        (self.path / f"{id}-{version}.toml").write_text(text, encoding="utf-8")

    def found(self, kinds=("FIRE",), units=(("ENGINE",),)) -> list[str]:
        return list(findings(kinds, units, DAY, self.folder))


def card(code="C", kinds='["FIRE"]', more="", capability="ENGINE", count=1) -> str:
    return CARD.format(code=code, kinds=kinds, more=more, capability=capability, count=count)


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    return Shelf(tmp_path)


def test_shipped_cards_leave_no_kind_out_can_be_filled_and_overlap_nowhere():
    assert len(cards_in_force(DAY)) >= 15
    assert RUN_CARDS.broken() == []
    assert list(run_card_findings(DAY)) == []


def test_each_level_adds_to_those_below_it():
    fire = card_for("FIRE_STRUCTURE", 1, (), DAY)
    assert fire is not None
    assert fire.needs(1) == ("FIRE_ENGINE", "LADDER")
    assert fire.needs(2) == (*fire.needs(1), "FIRE_ENGINE", "FIRE_ENGINE", "AMBULANCE")
    assert fire.needs(9) == fire.needs(fire.highest_level)


def test_a_card_for_the_site_comes_first():
    at_school = card_for("FIRE_STRUCTURE", 1, {"SCHOOL"}, DAY)
    elsewhere = card_for("FIRE_STRUCTURE", 1, {"SHOP"}, DAY)
    assert (at_school.text.code, elsewhere.text.code) == ("STRUCTURE_FIRE_CARE", "STRUCTURE_FIRE")


def test_the_version_in_force_is_that_of_the_day(shelf):
    shelf.put(version="2026.1", until="2026-05-31", cards=card(count=1))
    shelf.put(version="2026.2", since="2026-06-01", cards=card(count=2))
    needs = [
        cards_in_force(day, shelf.folder)[0].needs(1)
        for day in (date(2026, 5, 31), date(2026, 6, 1))
    ]
    assert needs == [("ENGINE",), ("ENGINE", "ENGINE")]


def test_a_kind_without_a_card_is_found_for_each_priority(shelf):
    shelf.put(cards=card(more="priorities = [1, 2]"))
    assert shelf.found(kinds=("FIRE", "FLOOD")) == [
        "FIRE: no card for priority 3 (from 2026-06-01)",
        "FIRE: no card for priority 4 (from 2026-06-01)",
        *(f"FLOOD: no card for priority {p} (from 2026-06-01)" for p in (1, 2, 3, 4)),
    ]


def test_a_kind_that_has_only_a_card_for_sites_is_found(shelf):
    shelf.put(cards=card(more='sites = ["SCHOOL"]'))
    assert len(shelf.found()) == 4


def test_a_card_for_no_kind_is_found(shelf):
    shelf.put(cards=card(kinds='["FIRE", "FIER"]'))
    assert shelf.found() == ["fire 2026.1 C: FIER is no kind that needs a unit (from 2026-06-01)"]


def test_a_card_that_no_unit_can_fill_is_found(shelf):
    shelf.put(cards=card(capability="LADDER"))
    assert shelf.found() == [
        "fire 2026.1 C: all units together cannot fill level 1: 1 LADDER short (from 2026-06-01)"
    ]


def test_a_unit_fills_one_place_only(shelf):
    assert unfilled(("ENGINE", "LADDER"), [("ENGINE", "LADDER")]) == {"LADDER": 1}
    assert unfilled(("ENGINE", "LADDER"), [("ENGINE", "LADDER"), ("ENGINE",)]) == {}
    shelf.put(cards=card(count=3))
    (found,) = shelf.found(units=(("ENGINE",), ("ENGINE", "LADDER")))
    assert "1 ENGINE short" in found


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("", "", True),
        ("priorities = [1, 2]", "priorities = [2, 3, 4]", True),
        ("priorities = [1, 2]", "priorities = [3, 4]", False),
        ("", 'sites = ["SCHOOL"]', False),
        ('sites = ["SCHOOL"]', 'sites = ["SCHOOL", "SHOP"]', True),
    ],
)
def test_two_cards_for_the_same_are_found(shelf, one, other, overlap):
    shelf.put(cards=card("A", more=one) + card("B", more=other))
    found = [line for line in shelf.found() if "both" in line]
    said = ["fire 2026.1 A and fire 2026.1 B are both for FIRE (from 2026-06-01)"]
    assert found == (said if overlap else [])


def test_an_overlap_that_begins_later_is_found_with_its_day(shelf):
    shelf.put(id="fire")
    shelf.put(id="city", since="2026-09-01")
    (found,) = shelf.found()
    assert found == "city 2026.1 C and fire 2026.1 C are both for FIRE (from 2026-09-01)"


def test_a_gap_between_two_versions_is_found_with_its_day(shelf):
    shelf.put(version="2026.1", until="2026-06-30")
    shelf.put(version="2026.2", since="2026-08-01")
    assert shelf.found()[0] == "FIRE: no card for priority 1 (from 2026-07-01)"


def test_a_broken_version_leaves_the_one_before_in_force_and_is_reported(shelf):
    shelf.put(version="2026.1", cards=card(count=1))
    shelf.put(version="2026.2", cards=card(count=0))
    assert cards_in_force(DAY, shelf.folder)[0].version == "2026.1"
    (found,) = shelf.found()
    assert found.startswith("fire-2026.2.toml: cards.0.levels.0.0.count")


def raise_alarm(room, incident: str, **facts):
    body = {"reason": "Flames through the roof."} | facts
    return room.dispatcher.post(f"incidents/{incident}/moves/raise_alarm", body)


def test_raising_the_alarm_is_recorded_with_its_reason_and_asks_for_more(room):
    incident = room.call()
    first = done(room.dispatcher.post(f"incidents/{incident}/recommendations"))
    assert (first["alarm_level"], len(first["requirements"])) == (1, 2)
    shown = done(raise_alarm(room, incident))
    assert shown["alarm_level"] == 2
    step = shown["timeline"][-1]
    assert (step["move"], step["facts"]) == (
        "raise_alarm",
        {"reason": "Flames through the roof.", "alarm_level": 2},
    )
    second = done(room.dispatcher.post(f"incidents/{incident}/recommendations"))
    asked = [place["capability"] for place in second["requirements"]]
    assert asked == ["FIRE_ENGINE", "LADDER", "FIRE_ENGINE", "FIRE_ENGINE", "AMBULANCE"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": ""}, "move.missing_fact"),
        ({"alarm_level": 4}, "incident.highest_alarm"),
        ({"alarm_level": 9}, "incident.highest_alarm"),
    ],
)
def test_an_alarm_that_cannot_be_raised_so_is_refused(room, facts, code):
    incident = room.call()
    before = kept(incident)
    assert raise_alarm(room, incident, **facts).json()["code"] == code
    assert kept(incident) == before


def test_an_alarm_never_falls_and_ends_at_the_highest_level(room):
    incident = room.call()
    done(raise_alarm(room, incident, alarm_level=3))
    before = kept(incident)
    assert raise_alarm(room, incident, alarm_level=2).json()["code"] == "move.bad_fact"
    assert raise_alarm(room, incident).json()["code"] == "incident.highest_alarm"
    assert kept(incident) == before


def test_whoever_takes_calls_does_not_raise_the_alarm(room):
    incident = room.call()
    before = kept(incident)
    refused = room.taker.post(f"incidents/{incident}/moves/raise_alarm", {"reason": "Big"})
    assert refused.status_code == 403
    assert kept(incident) == before


def test_cards_are_told_with_their_source_their_days_and_what_is_short(room):
    cards = {card["code"]: card for card in done(room.dispatcher.get("run-cards"))}
    card = next(one for one in cards.values() if "FIRE_STRUCTURE" in one["kinds"])
    file = RUN_CARDS.in_force(date(2026, 11, 22))[card["id"]]
    assert (card["version"], card["source_en"]) == (file.version, file.source_en)
    assert (card["valid_from"], card["valid_until"]) == (file.valid_from.isoformat(), None)
    assert len(card["short"]) == len(card["levels"])
    assert all(lacking == [] for one in cards.values() for lacking in one["short"])
