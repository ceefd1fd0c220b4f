"""The list of the security standard: what is missing or has gone is noticed."""

from pathlib import Path

import pytest

from anlan.project.verification_list import Chapter, Requirement, faults, is_there, page

ROOT = Path(__file__).resolve().parents[4]
OWN = "src/anlan/project/tests/test_verification_list.py"


def only(kind: str, *said: str, name: str = "17.1.1") -> list[str]:
    """Return what is wrong with a requirement, beside all that a list of one lacks."""
    one = Requirement(name, 2, "Something", kind, said)
    found = faults([Chapter("V17", "Nothing", (one,))], ROOT)
    return [fault for fault in found if fault.startswith(f"{name}: ")]


def test_a_chapter_that_lacks_a_requirement_is_named():
    found = list(faults([], ROOT))
    assert len(found) == 17
    assert "V10: 5 of level 1 and 24 of level 2 are wanted" in found


@pytest.mark.parametrize(
    ("place", "there"),
    [
        (f"{OWN}::test_a_place_that_has_gone_is_noticed", True),
        (f"{OWN}::test_that_was_removed", False),
        ("src/anlan/project/tests/test_none.py::test_none", False),
        ("docs/security/threat_model.md#what-is-not-defended", True),
        ("docs/security/threat_model.md#what-is-perfect", False),
        ("src/anlan/project/settings.py#DEBUG = False", True),
        ("src/anlan/project/settings.py#DEBUG = True", False),
    ],
)
def test_a_place_that_has_gone_is_noticed(place, there):
    assert is_there(place, ROOT) is there
    assert only("test", place) == ([] if there else [f"17.1.1: {place} is not there"])


@pytest.mark.parametrize(
    ("kind", "said"), [("open", " "), ("not_applicable", ""), ("", "x"), ("test/open", "x")]
)
def test_a_requirement_has_one_way_and_a_reason(kind, said):
    assert len(only(kind, said)) == 1


def test_a_requirement_of_another_chapter_is_refused():
    assert only("open", "why", name="16.1.1") == ["16.1.1: is no requirement of V17"]


def test_the_page_counts_and_says_what_is_open():
    one = Requirement("17.1.1", 2, "Something", "open", ("Not built.",))
    text = page([Chapter("V17", "Nothing", (one,))])
    assert "| Open | 0 | 1 | 1 |" in text
    assert "| 17.1.1 | 2 | Something | Open | Not built. |" in text
