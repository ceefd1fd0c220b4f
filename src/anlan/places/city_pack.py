"""The installed city pack: its roads, names and tiles, opened once a process."""

from functools import cache
from pathlib import Path

from django.conf import settings

from anlan.kernel.text_files import data_folder
from anlan.places.errors import CityMissingError
from anlan_engine.city import City, CityError, open_city

SAMPLE = "cities/helsinki.city"


def pack_path() -> Path:
    """Return the city pack of this installation: the one set by `ANLAN_CITY`, else the sample."""
    return Path(settings.CITY_PACK) if settings.CITY_PACK else data_folder() / SAMPLE


@cache
def city() -> City:
    """Return the installed city; raise `CityMissingError`, saying why, when it cannot be opened."""
    try:
        return open_city(pack_path())
    except CityError as error:
        raise CityMissingError(reason=str(error)) from error
    except OSError as error:
        raise CityMissingError(reason=type(error).__name__) from error
