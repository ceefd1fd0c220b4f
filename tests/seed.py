"""Puts the demonstration city, without sign-ins, into the template database of the tests."""

import django

django.setup()

from anlan.kernel.text_files import data_folder  # noqa: E402
from anlan.project.city_setup import load_city  # noqa: E402

BOUNDS = (24.93, 60.155, 24.97, 60.185)

if __name__ == "__main__":
    load_city(data_folder() / "organisations" / "helsinki.toml", BOUNDS)
