"""The installed city pack: refused with a reason that helps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from anlan.kernel.text_files import data_folder
from anlan.places.city_pack import SAMPLE, city
from anlan.places.errors import CityMissingError
from anlan.places.roads import warm_up
from anlan_engine.city.pack import MAGIC


@pytest.fixture
def unopened() -> Iterator[None]:
    city.cache_clear()
    yield
    city.cache_clear()


def test_a_pack_of_an_older_version_is_refused_with_the_command(
    tmp_path: Path, settings, unopened: None
) -> None:
    pack = bytearray((data_folder() / SAMPLE).read_bytes())
    pack[len(MAGIC)] -= 1
    (tmp_path / "old.city").write_bytes(bytes(pack))
    settings.CITY_PACK = str(tmp_path / "old.city")
    with pytest.raises(CityMissingError) as refusal:
        city()
    reason = refusal.value.facts["reason"]
    assert "anlan city build EXTRACT.osm.pbf --out old.city" in reason
    assert str(tmp_path) not in reason
    warm_up()  # says so in the log and lets the server start
