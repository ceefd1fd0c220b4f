"""Style, script and icon of the public pages; their addresses change with their content."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "static" / "public"
PREFIX = "/public-assets/"
DIGEST_CHARACTERS = 12


@cache
def asset_url(name: str) -> str:
    """Return the address of one file, with a digest that lets a browser keep it for good."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:DIGEST_CHARACTERS]
    return f"{PREFIX}{name}?v={digest}"
