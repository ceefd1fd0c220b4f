"""The file format: whole or refused."""

import resource
import signal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from anlan_engine.city import CityError
from anlan_engine.city.pack import ALIGNMENT_BYTES, MAGIC, Pack, write_pack

SECTIONS = {
    "numbers": np.arange(7, dtype=np.int32),
    "table": np.arange(12, dtype=np.int64).reshape(-1, 3),
    "nothing": np.zeros(0, np.uint8),
    "letters": np.frombuffer("安澜".encode(), np.uint8),
}


@pytest.fixture
def pack_file(tmp_path: Path) -> Path:
    write_pack(tmp_path / "some.city", SECTIONS)
    return tmp_path / "some.city"


def refusal_of(file: Path) -> CityError:
    with pytest.raises(CityError) as refusal:
        Pack(file).verify()
    return refusal.value


def test_arrays_come_back_as_they_were(pack_file: Path) -> None:
    pack = Pack(pack_file)
    pack.verify()
    for name, array in SECTIONS.items():
        found = pack.array(name)
        assert found.dtype == array.dtype
        assert found.tolist() == array.tolist()
        assert not found.flags.writeable
        assert found.ctypes.data % ALIGNMENT_BYTES == 0 or not found.size


@given(
    st_numpy.arrays(
        st.sampled_from([np.int32, np.int64, np.uint8]),
        st_numpy.array_shapes(min_dims=1, max_dims=2, max_side=9),
    )
)
def test_any_array_comes_back(tmp_path_factory: pytest.TempPathFactory, array: np.ndarray) -> None:
    file = tmp_path_factory.mktemp("packs") / "any.city"
    write_pack(file, {"array": array})
    found = Pack(file).array("array")
    assert found.tolist() == array.tolist()


def test_sections_are_found_by_prefix(tmp_path: Path) -> None:
    write_pack(tmp_path / "p", {"a.x": np.zeros(1), "a.y": np.ones(1), "ab": np.ones(1)})
    assert sorted(Pack(tmp_path / "p").arrays("a")) == ["x", "y"]


def test_the_checksum_stands_for_the_content(tmp_path: Path) -> None:
    checksums = set()
    for number in (1, 1, 2):
        write_pack(tmp_path / "p", SECTIONS | {"numbers": np.full(7, number, np.int32)})
        checksums.add(Pack(tmp_path / "p").checksum)
    assert len(checksums) == 2


def test_a_file_cut_short_at_any_length_is_refused(pack_file: Path) -> None:
    whole = pack_file.read_bytes()
    codes = set()
    for size in range(len(whole)):
        pack_file.write_bytes(whole[:size])
        codes.add(refusal_of(pack_file).code)
    assert codes == {"PACK_EMPTY", "PACK_TRUNCATED"}


def test_a_changed_byte_anywhere_is_found(pack_file: Path) -> None:
    whole = pack_file.read_bytes()
    used = np.zeros(len(whole), bool)
    used[: 64 + 96 * len(SECTIONS)] = True
    used[56:64] = False
    for row in Pack(pack_file)._rows.values():
        used[row.offset : row.offset + row.length] = True
    for place in np.flatnonzero(used).tolist():
        changed = bytearray(whole)
        changed[place] ^= 0x01
        pack_file.write_bytes(bytes(changed))
        assert refusal_of(pack_file).code.startswith("PACK_"), place


def test_damage_names_its_section(pack_file: Path) -> None:
    whole = bytearray(pack_file.read_bytes())
    whole[Pack(pack_file)._rows["table"].offset] ^= 0xFF
    pack_file.write_bytes(bytes(whole))
    assert refusal_of(pack_file).facts == {"file": "some.city", "section": "table"}


def test_other_versions_are_told_apart(pack_file: Path) -> None:
    whole = bytearray(pack_file.read_bytes())
    for version, code in ((3, "PACK_NEWER"), (1, "PACK_OLDER")):
        whole[len(MAGIC)] = version
        pack_file.write_bytes(bytes(whole))
        error = refusal_of(pack_file)
        assert error.code == code
        assert error.facts == {"file": "some.city", "version": version, "known": 2}
        if code == "PACK_OLDER":
            assert "anlan city build EXTRACT.osm.pbf --out some.city" in str(error)


def test_foreign_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.city").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    assert refusal_of(tmp_path / "photo.city").code == "PACK_FOREIGN"
    assert refusal_of(tmp_path / "none.city").code == "PACK_MISSING"
    assert refusal_of(tmp_path).code == "PACK_MISSING"


def test_a_section_that_is_not_there_is_damage(pack_file: Path) -> None:
    with pytest.raises(CityError) as refusal:
        Pack(pack_file).array("streets")
    assert refusal.value.facts["section"] == "streets"


def test_a_failed_write_leaves_the_old_pack_and_nothing_else(pack_file: Path) -> None:
    before = pack_file.read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        with pytest.raises(CityError) as refusal:
            write_pack(pack_file, {"big": np.zeros(10_000, np.int64)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, ignored)
    assert refusal.value.code == "TARGET_UNWRITABLE"
    assert pack_file.read_bytes() == before
    assert [file.name for file in pack_file.parent.iterdir()] == ["some.city"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CityError) as refusal:
        write_pack(tmp_path / "none" / "some.city", SECTIONS)
    assert refusal.value.code == "TARGET_UNWRITABLE"
