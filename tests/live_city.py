"""Loads the demonstration city, sites and sign-ins: `python -m tests.live_city PASSWORD`."""

import sys

import django

django.setup()

from anlan.kernel.clock import now  # noqa: E402 - settings come first
from anlan.kernel.text_files import data_folder  # noqa: E402
from anlan.places.city_pack import city  # noqa: E402
from anlan.project.city_setup import load_agreements, load_city, load_sign_ins, load_sites  # noqa: E402

if __name__ == "__main__":
    file = data_folder() / "organisations" / "helsinki.toml"
    load_city(file, city().meta["bounds"])
    load_sites()
    load_sign_ins(file, sys.argv[1], now())
    load_agreements(file, now())
