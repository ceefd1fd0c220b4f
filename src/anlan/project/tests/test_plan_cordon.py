"""A cordon from the command line: points, who goes there, ways round; or what is wrong with it."""

import json
from pathlib import Path

import pytest

from anlan.project.cli import main

RING = [[24.942, 60.1695], [24.946, 60.1695], [24.946, 60.1715], [24.942, 60.1715]]
POLYGON = {"type": "Polygon", "coordinates": [[*RING, RING[0]]]}
MIDDLE = ("--at", "24.9443,60.1705", "--radius", "150", "--within", "300")


def run(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        main(("plan", "cordon", "--language", "en", *arguments))
    return left.value.code


def answer(folder: Path, *arguments: str) -> dict[str, object]:
    file = folder / "cordon.json"
    assert run(*arguments, "--json", str(file)) == 0
    found: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    return found


def table(folder: Path, text: str) -> str:
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_disc_is_closed_and_units_are_sent(tmp_path, capsys):
    units = table(tmp_path, "name,lon,lat\nA,24.9502,60.1704\nB,24.9371,60.1683\n")
    page = tmp_path / "cordon.html"
    found = answer(tmp_path, *MIDDLE, "--units", units, "--out", str(page))
    assert found["units"] == sum(point["units"] for point in found["points"])
    sent = [one for point in found["points"] for one in point["sent"]]
    assert sorted(one["unit"] for one in sent) == ["A", "B"]
    assert all(0 < one["arrives_s"] < 1800 for one in sent)
    said = " ".join(capsys.readouterr().out.split())
    assert f"{found['units'] - 2} units are missing" in said
    html = page.read_text(encoding="utf-8")
    assert html.count('<use class="mark HOLD"') == len(found["points"])
    assert html.count('<use class="mark UNIT"') == 2


def test_point_held_already_needs_no_unit(tmp_path):
    before = answer(tmp_path, *MIDDLE)
    first = before["points"][0]
    held = table(tmp_path, f"lon,lat\n{first['lon']},{first['lat']}\n")
    after = answer(tmp_path, *MIDDLE, "--held", held)
    assert after["units"] == before["units"] - 1


def test_polygon_of_a_feature_is_closed(tmp_path):
    file = tmp_path / "zone.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": POLYGON}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert answer(tmp_path, "--polygon", str(file), "--within", "400")["units"] > 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "is not GeoJSON"),
        ('{"type": "Point", "coordinates": [1, 2]}', "is not a polygon"),
        ('{"type": "FeatureCollection", "features": []}', "is not GeoJSON with one geometry"),
        (json.dumps({**POLYGON, "coordinates": [POLYGON["coordinates"][0],
                     [[24.943, 60.17], [24.944, 60.17], [24.944, 60.171], [24.943, 60.17]]]}),
         "has holes"),
    ],
)  # fmt: skip
def test_wrong_polygon_is_refused(tmp_path, capsys, content, why):
    file = tmp_path / "zone.geojson"
    file.write_text(content)
    assert run("--polygon", str(file)) == 1
    assert f"zone.geojson: geometry {why}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        ((), 2, "one of the two"),
        (("--at", "24.9,60.1"), 2, "--at needs --radius"),
        (("--at", "24.9", "--radius", "9"), 2, "is not LON,LAT"),
        (("--at", "24.9,north", "--radius", "9"), 2, "is not LON,LAT"),
        (("--at", "24.9443,60.1705", "--radius", "-1"), 2, "radius"),
        (("--at", "10,10", "--radius", "100"), 1, "No street runs through the zone."),
        (("--at", "24.9443,60.1705", "--radius", "9000"), 1, "No junction lies more than"),
    ],
)
def test_wrong_question_is_refused(capsys, arguments, code, why):
    assert run(*arguments) == code
    assert why in " ".join(capsys.readouterr().err.split())


def test_held_point_off_the_streets_is_refused(tmp_path, capsys):
    assert run(*MIDDLE, "--held", table(tmp_path, "name,lon,lat\nP,10,10\n")) == 1
    assert "held point P is further than 30 m from every street" in capsys.readouterr().err
