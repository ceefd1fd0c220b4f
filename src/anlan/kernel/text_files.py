"""Where the project's data texts stand: beside the sources, or inside the installed wheel."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def data_folder() -> Path:
    """Return the folder `data/`: of the checkout when there is one, else of the wheel."""
    checkout = _PACKAGE.parents[1] / "data"
    return checkout if checkout.is_dir() else _PACKAGE / "project" / "data"


def read_toml(path: Path) -> dict[str, Any]:
    """Return the content of one TOML file."""
    with path.open("rb") as file:
        return tomllib.load(file)
