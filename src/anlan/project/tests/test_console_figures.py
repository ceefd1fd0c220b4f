"""What a build of the console weighs and asks for, on a build small enough to count by hand."""

import json
from pathlib import Path

import pytest

from anlan.project import console_figures
from anlan.project.console_figures import Figures, faults, foreign_hosts, weights

ENTRY = {"file": "assets/entry.js", "imports": ["_shared.js"]}
MANIFEST = {
    "index.html": ENTRY,
    "_shared.js": {"file": "assets/shared.js"},
    "src/i18n/en.json?first": {"file": "assets/en.js"},
    "src/i18n/zh-CN.json?first": {"file": "assets/zh.js"},
    "map": {"file": "assets/map.js", "imports": ["_shared.js"]},
    "desk": {"file": "assets/desk.js", "dynamicImports": ["later"]},
    "phone": {"file": "assets/phone.js", "imports": ["index.html"]},
    "later": {"file": "assets/later.js"},
}
SIZES = {"entry": 100, "shared": 1_000, "en": 20, "zh": 30, "map": 5_000, "desk": 300, "later": 9}


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a build of eight scripts."""
    (tmp_path / ".vite").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / console_figures.MANIFEST).write_text(json.dumps(MANIFEST))
    for name, size in (SIZES | {"phone": 7_000}).items():
        (tmp_path / "assets" / f"{name}.js").write_text(" " * size)
    (tmp_path / "assets" / "phone.js.br").write_bytes(b" " * 200)
    monkeypatch.setattr(console_figures, "MAP", ("map",))
    monkeypatch.setattr(console_figures, "DESK_SCREENS", ("desk",))
    monkeypatch.setattr(console_figures, "PHONE_SCREENS", ("phone",))
    return tmp_path


def test_a_start_weighs_each_script_once_with_the_heavier_language(build: Path) -> None:
    desk_bytes, phone_bytes = 100 + 1_000 + 30 + 5_000 + 300, 100 + 1_000 + 30 + 200
    assert weights(build) == (round(desk_bytes / 1_000, 1), round(phone_bytes / 1_000, 1))


def test_only_addresses_that_a_browser_would_ask_are_foreign(build: Path) -> None:
    (build / "assets" / "entry.js").write_text(
        "/*! Licence: https://licences.example/mit */"
        'const svg = "http://www.w3.org/2000/svg", why = "https://react.dev/errors/7";'
        'const near = "/assets/a.js", half = 10 //2.5 a comment\n'
    )
    assert foreign_hosts(build) == []
    (build / "assets" / "entry.js").write_text('fetch("https://tiles.example.org/7/1/2.pbf")')
    (build / "assets" / "look.css").write_text("@import url(//fonts.example.net/a.css);")
    assert foreign_hosts(build) == [
        "fonts.example.net in look.css",
        "tiles.example.org in entry.js",
    ]


def test_whatever_is_over_its_budget_is_a_fault() -> None:
    assert list(faults(Figures([], [], [], 450.0, 200.0))) == []
    assert list(faults(Figures(["a"], ["b"], ["c"], 450.1, 200.1))) == [
        "no message: a",
        "no use: b",
        "asks elsewhere: c",
        "the console with its map is 450.1 kB of JavaScript; at most 450",
        "a screen for telephones is 200.1 kB of JavaScript; at most 200",
    ]
