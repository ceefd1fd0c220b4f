"""Who may ask what: `matrix.toml`, read for tests."""

import tomllib
from pathlib import Path

from anlan.orgs.roles import Role

MATRIX: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
ANYBODY, SIGNED_IN = ["ANYBODY"], ["SIGNED_IN"]


def allowed(role: Role, operation_id: str) -> bool:
    """Return whether the matrix lets a role ask."""
    row = MATRIX[operation_id]
    return row == ANYBODY or role in row or (row == SIGNED_IN and role != Role.RESIDENT)
