"""Where tests and benchmarks find the published data that is never committed."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(os.environ.get("ANLAN_SHARED_DATA", ROOT.parent / "shared" / "data"))


def shared(*parts: str) -> Path:
    """Return a file of the shared data; the test is skipped, saying so, where it is absent."""
    file = FOLDER.joinpath(*parts)
    if not file.exists():
        pytest.skip(
            f"published data is not here: {'/'.join(parts)} (ANLAN_SHARED_DATA names its folder)"
        )
    return file
