"""Drawings in the documentation are what the tables of moves say."""

import runpy

import pytest
from tests.shared_data import ROOT

DRAWING = runpy.run_path(str(ROOT / "tools" / "draw_moves.py"))


@pytest.mark.parametrize("name", sorted(DRAWING["DRAWINGS"]))
def test_drawing_is_drawn_from_the_table(name: str) -> None:
    committed = (DRAWING["FOLDER"] / name).read_text(encoding="utf-8")
    assert committed == DRAWING["drawn"](DRAWING["DRAWINGS"][name]), "python tools/draw_moves.py"
