"""The texts under `data/` keep what `data/README.md` promises."""

import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"

CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MOMENTS = ["rang_at", "answered_at", "received_at", "dispatched_at", "arrived_at"]
ROLES = {
    "AUDITOR",
    "CALL_TAKER",
    "DISPATCHER",
    "SUPERVISOR",
    "DEPARTMENT_DESK",
    "STREET_DESK",
    "GRID_OFFICER",
    "ADMINISTRATOR",
    "AGENCY_DESK",
    "GATEWAY",
}
ORGANISATION_KINDS = {
    "EMERGENCY_CENTRE",
    "COORDINATION_CENTRE",
    "STATION",
    "DEPARTMENT",
    "STREET_OFFICE",
    "COMMUNITY_OFFICE",
    "FIRE_SERVICE",
    "AMBULANCE_SERVICE",
    "HOSPITAL",
    "TRAFFIC_AUTHORITY",
    "UTILITY",
}

# West, south, east, north of the sample extract, from the header of its OpenStreetMap file.
HELSINKI_BOUNDS = (24.9351762, 60.1641550, 24.9534145, 60.1791130)

# Subjects that docs/boundaries.md rules out: kinds of person, identity, speech, belief, assembly.
FORBIDDEN_EN = (
    "petition|protest|demonstrat|assembl|gathering|rally|strike|speech|opinion|rumou?r|"
    "religi|belief|worship|sect|ethnic|nationality|foreigner|migrant|refugee|tenant|visitor|"
    "homeless|vagrant|beggar|addict|drunk|mentally|offender|convict|parole|suspect|gang|"
    "prostitut|key person|stability|face recognition|number plate|licence plate|identity card"
)
FORBIDDEN_ZH = (
    "信访|上访|请愿|集会|游行|示威|聚集|罢工|言论|舆情|谣言|宗教|信仰|邪教|民族|外国人|"
    "流动人口|外来人口|租客|租户|访客|流浪|乞讨|吸毒|醉酒|精神|刑满|矫正|前科|嫌疑人|"
    "重点人员|特殊人群|维稳|稳控|卖淫|人脸|车牌|身份证"
)
FORBIDDEN = re.compile(rf"\b(?:{FORBIDDEN_EN})|{FORBIDDEN_ZH}", re.IGNORECASE)

Table = dict[str, Any]


def read(name: str) -> Table:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def group_files() -> list[Path]:
    return sorted((DATA / "catalogue").glob("[0-9][0-9]_*.toml"))


def items() -> list[Table]:
    return [item for file in group_files() for item in read(f"catalogue/{file.name}")["items"]]


def codes(tables: list[Table], key: str = "code") -> set[str]:
    found = [table[key] for table in tables]
    assert [value for value, count in Counter(found).items() if count > 1] == []
    return set(found)


TEXTS = sorted(str(file.relative_to(DATA)) for file in DATA.rglob("*.toml"))
RULED = {"catalogue", "clock_classes", "departments", "clocks", "organisations"}
OWN_TEXTS = [name for name in TEXTS if name == "kinds.toml" or name.split("/")[0] in RULED]


def tables_with_names(node: object) -> list[Table]:
    """Every table of a parsed file that carries a name in either language."""
    if isinstance(node, dict):
        own = [node] if "name_zh" in node or "name_en" in node else []
        return own + [table for value in node.values() for table in tables_with_names(value)]
    if isinstance(node, list):
        return [table for value in node for table in tables_with_names(value)]
    return []


def strings(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in strings(value)]
    if isinstance(node, list):
        return [text for value in node for text in strings(value)]
    return [node] if isinstance(node, str) else []


def test_every_kind_of_text_is_present() -> None:
    assert len(OWN_TEXTS) == 1 + 18 + 8 + 1


@pytest.mark.parametrize("name", OWN_TEXTS)
def test_file_states_schema_and_version(name: str) -> None:
    text = read(name)
    assert text["schema"] == 1
    assert re.fullmatch(r"20\d\d\.\d+", text["version"])
    if not name.startswith("organisations/"):
        assert isinstance(text["valid_from"], date)


@pytest.mark.parametrize("name", OWN_TEXTS)
def test_every_name_is_given_in_both_languages(name: str) -> None:
    named = tables_with_names(read(name))
    assert named
    for table in named:
        assert CHINESE.search(table["name_zh"]), table
        assert re.search(r"[A-Za-z]", table["name_en"]), table
        assert not CHINESE.search(table["name_en"]), table


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_names_a_forbidden_subject(name: str) -> None:
    found = [text for text in strings(read(name)) if FORBIDDEN.search(text)]
    assert found == []


@pytest.mark.parametrize(
    "subject",
    ["Petition at the gate", "Unlawful assembly", "A suspect seen", "流动人口登记", "聚集上访"],
)
def test_forbidden_subjects_are_recognised(subject: str) -> None:
    assert FORBIDDEN.search(subject)


def test_kinds_refer_to_known_groups_agencies_capabilities_and_items() -> None:
    text = read("kinds.toml")
    groups, agencies = codes(text["groups"]), codes(text["agencies"])
    capabilities = codes(text["capabilities"])
    known_items = codes(items())
    for kind in text["kinds"]:
        assert CODE.fullmatch(kind["code"])
        assert kind["group"] in groups
        assert kind["agency"] in agencies
        assert set(kind["capabilities"]) <= capabilities
        assert kind.get("item_code", "0101") in known_items
    codes(text["kinds"])
    assert {kind["group"] for kind in text["kinds"]} == groups


def test_kind_needs_capabilities_exactly_when_it_needs_a_unit() -> None:
    for kind in read("kinds.toml")["kinds"]:
        assert bool(kind["capabilities"]) is kind["needs_unit"], kind["code"]
        assert kind["needs_unit"] or "item_code" in kind, kind["code"]
        assert kind["priority"] in {1, 2, 3, 4}
        assert isinstance(kind["public"], bool)
        assert kind["keywords_zh"]
        assert kind["keywords_en"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_console_names_every_capability_and_kind_of_unit(language: str) -> None:
    console = Path(__file__).resolve().parents[2] / "console" / "src" / "i18n" / f"{language}.json"
    words = json.loads(console.read_text(encoding="utf-8"))
    text = read("kinds.toml")
    name = {"en": "name_en", "zh-CN": "name_zh"}[language]
    assert words["capability"] == {one["code"]: one[name] for one in text["capabilities"]}
    assert codes(text["unit_kinds"]) <= set(words["unit_kind"])
    assert [code for code, told in words["unit_kind"].items() if not told or told == code] == []


def test_unit_kinds_bring_known_capabilities() -> None:
    text = read("kinds.toml")
    capabilities = codes(text["capabilities"])
    brought = {code for unit in text["unit_kinds"] for code in unit["capabilities"]}
    codes(text["unit_kinds"])
    assert brought == capabilities


@pytest.mark.parametrize("name", [f"catalogue/{file.name}" for file in group_files()])
def test_item_codes_run_on_from_the_group_code(name: str) -> None:
    text = read(name)
    group = text["group"]["code"]
    assert name.removeprefix("catalogue/").startswith(group)
    expected = [f"{group}{number:02d}" for number in range(1, len(text["items"]) + 1)]
    assert [item["code"] for item in text["items"]] == expected


def test_items_refer_to_known_departments_classes_and_sources() -> None:
    departments = codes(read("departments/standard.toml")["departments"])
    clock_text = read("clock_classes/standard.toml")
    classes, sources = codes(clock_text["classes"]), codes(clock_text["sources"])
    for item in items():
        assert item["lead"] in departments
        assert set(item["support"]) <= departments - {item["lead"]}
        assert item["clock"] in classes
        assert item["deadline_source"] in sources
    assert {item["clock"] for item in items()} == classes
    assert {item["deadline_source"] for item in items()} == sources
    assert {item["lead"] for item in items()} == departments


def test_clock_classes_have_a_length() -> None:
    found = {
        entry["code"]: (entry["amount"], entry["unit"])
        for entry in read("clock_classes/standard.toml")["classes"]
    }
    assert found == {
        "E": (2, "CLOCK_HOURS"),
        "U": (24, "CLOCK_HOURS"),
        "H4": (4, "WORKING_HOURS"),
        "D3": (3, "WORKING_DAYS"),
        "D5": (5, "WORKING_DAYS"),
        "D20": (20, "WORKING_DAYS"),
        "C21": (21, "CALENDAR_DAYS"),
    }


def test_organisations_stand_inside_the_city_and_every_department_is_one() -> None:
    text = read("organisations/helsinki.toml")
    departments = codes(read("departments/standard.toml")["departments"])
    west, south, east, north = HELSINKI_BOUNDS
    codes(text["organisations"])
    for organisation in text["organisations"]:
        assert organisation["kind"] in ORGANISATION_KINDS
        assert west < organisation["lon"] < east
        assert south < organisation["lat"] < north
    desks = [o["code"] for o in text["organisations"] if o["kind"] == "DEPARTMENT"]
    assert sorted(desks) == sorted(departments)


def test_areas_follow_the_partition() -> None:
    text = read("organisations/helsinki.toml")
    division, partition = text["division"]["area"], text["partition"]
    rows, columns = partition["sub_district_rows"], partition["community_columns"]
    assert division == 990101_000_000_000
    assert [s["area"] for s in text["sub_districts"]] == [
        division + row * 1_000_000 for row in range(1, rows + 1)
    ]
    assert [c["area"] for c in text["communities"]] == [
        division + row * 1_000_000 + column * 1_000
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    ]
    assert rows * columns * partition["cell_rows"] * partition["cell_columns"] == 24
    offices = {o["code"]: o["area"] for o in text["organisations"]}
    for community in text["communities"]:
        assert offices[community["office"]] == community["area"]


def test_community_office_stands_in_its_own_community() -> None:
    text = read("organisations/helsinki.toml")
    partition = text["partition"]
    west, south, east, north = HELSINKI_BOUNDS
    offices = [o for o in text["organisations"] if o["kind"] == "COMMUNITY_OFFICE"]
    assert len(offices) == 6
    for office in offices:
        column = int((office["lon"] - west) / (east - west) * partition["community_columns"]) + 1
        row = int((north - office["lat"]) / (north - south) * partition["sub_district_rows"]) + 1
        assert office["area"] == 990101_000_000_000 + row * 1_000_000 + column * 1_000


def test_units_bring_every_capability_from_known_stations() -> None:
    text = read("organisations/helsinki.toml")
    kinds_text = read("kinds.toml")
    brings = {kind["code"]: set(kind["capabilities"]) for kind in kinds_text["unit_kinds"]}
    stations = codes(text["organisations"])
    assert len(codes(text["units"], "call_sign")) == 40
    for unit in text["units"]:
        assert brings[unit["kind"]] <= set(unit["capabilities"])
        assert unit["station"] in stations
        assert unit["sign_in"] == f"crew-{unit['call_sign'].lower()}"
    capabilities = {code for unit in text["units"] for code in unit["capabilities"]}
    assert capabilities == codes(kinds_text["capabilities"])


def test_every_role_has_a_sign_in_and_no_two_are_the_same() -> None:
    text = read("organisations/helsinki.toml")
    organisations = {o["code"]: o["kind"] for o in text["organisations"]}
    usernames = codes(text["staff"], "username") | codes(text["units"], "sign_in")
    assert len(usernames) == len(text["staff"]) + len(text["units"])
    assert {entry["role"] for entry in text["staff"]} == ROLES
    desks = [s for s in text["staff"] if s["role"] == "DEPARTMENT_DESK"]
    agencies = {s["organisation"] for s in text["staff"] if s["role"] == "AGENCY_DESK"}
    assert agencies == {entry["agency"] for entry in text["agreements"]}
    streets = [s for s in text["staff"] if s["role"] == "STREET_DESK"]
    assert {organisations[s["organisation"]] for s in streets} == {"STREET_OFFICE"}
    officers = [s for s in text["staff"] if s["role"] == "GRID_OFFICER"]
    assert {organisations[s["organisation"]] for s in desks} == {"DEPARTMENT"}
    assert {organisations[s["organisation"]] for s in officers} == {"COMMUNITY_OFFICE"}
    assert {s["organisation"] for s in text["staff"]} <= set(organisations)
    assert not [s for s in text["staff"] if "password" in s]
