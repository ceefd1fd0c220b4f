"""Paths of tiles as the specification spells them."""

import pytest

from anlan_tlog.tiles import Tile, bundle, tiles_of


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(2, 0, 1), "tile/2/000.p/1"),
        (Tile(None, 1000, 255), "tile/entries/x001/000.p/255"),
    ],
)
def test_path_is_read_and_written(tile, path):
    assert tile.path() == path
    assert Tile.of_path(path.removeprefix("tile/")) == tile


@pytest.mark.parametrize(
    "path",
    ["", "0/0", "0/0000", "0/x000/001", "8/000", "0/000.p/0", "0/000.p/256", "0/001/002",
     "0/000.p/01", "../0/000", "data/000", "0/000/", "0/x001/x000"],
)  # fmt: skip
def test_what_is_no_tile_is_refused(path):
    assert Tile.of_path(path) is None


def test_a_log_of_seventy_thousand_has_the_tiles_of_the_example():
    found = list(tiles_of(70_000))
    widths = {level: [t.width for t in found if t.level == level] for level in (0, 1, 2, 3, None)}
    assert widths[0] == widths[None] == [256] * 273 + [112]
    assert (widths[1], widths[2], widths[3]) == ([256, 17], [1], [])


def test_two_hundred_and_fifty_six_entries_are_one_full_tile_and_one_hash_above():
    assert [t.path() for t in tiles_of(256)] == [
        "tile/0/000",
        "tile/1/000.p/1",
        "tile/entries/000",
    ]
    assert list(tiles_of(0)) == []


def test_a_bundle_holds_each_entry_after_its_length():
    assert bundle([b"ab", b"", b"c"]) == b"\x00\x02ab\x00\x00\x00\x01c"
