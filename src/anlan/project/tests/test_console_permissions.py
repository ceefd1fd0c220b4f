"""The console asks for permissions by names that the policies have."""

import re
from pathlib import Path

from anlan.kernel.policies import POLICIES

SOURCES = Path(__file__).resolve().parents[4] / "console" / "src"
ASKED = re.compile(r"\buseMay\('([^']+)'\)")


def test_no_permission_is_asked_for_that_nobody_can_have():
    texts = [file.read_text(encoding="utf-8") for file in SOURCES.rglob("*.ts*")]
    asked = {name for text in texts for name in ASKED.findall(text)}
    assert "shift.plan" in asked
    assert asked - set(POLICIES.in_force().names["Action"]) == set()
