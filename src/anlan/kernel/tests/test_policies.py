"""Policies as text: an installation's own files, broken files, what follows for a role."""

import os
import shutil
from pathlib import Path

import pytest

from anlan.kernel.errors import DeniedError
from anlan.kernel.policies import (
    FILE_LIMIT_BYTES,
    SCHEMA,
    BrokenPoliciesError,
    PolicyFolder,
)
from anlan.kernel.problems import problem_document
from anlan.kernel.text_files import data_folder

NOBODY_ASSIGNS = 'forbid (principal, action == Action::"incident.assign", resource);'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder of an installation's own policies."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(own: Path) -> PolicyFolder:
    """Return the shipped policies with an installation's own, looked at every time."""
    return PolicyFolder(folders=lambda: [data_folder() / "policies", own], recheck_s=0.0)


def write(path: Path, text: str) -> None:
    """Write a file; the time of change is moved on as the clock of a file system is coarse."""
    stamp = path.stat().st_mtime_ns + 1_000_000 if path.exists() else None
    path.write_text(text, encoding="utf-8")
    if stamp is not None:
        os.utime(path, ns=(stamp, stamp))


def test_own_file_is_added(folder: PolicyFolder, own: Path) -> None:
    assert "incident.assign" in folder.in_force().permissions("DISPATCHER")
    write(own / "house.cedar", NOBODY_ASSIGNS)
    assert "incident.assign" not in folder.in_force().permissions("DISPATCHER")
    assert "incident.close" in folder.in_force().permissions("DISPATCHER")


def test_own_file_of_the_same_name_stands_in_for_the_shipped_one(
    folder: PolicyFolder, own: Path
) -> None:
    write(own / "fields.cedar", 'forbid (principal, action == Action::"see", resource);')
    assert folder.in_force().fields("DISPATCHER", "DISPATCH") == frozenset()
    (own / "fields.cedar").unlink()
    assert "reporter.words" in folder.in_force().fields("DISPATCHER", "DISPATCH")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("permit (", "Policy parse error"),
        ('permit (principal in Role::"KING", action, resource);', "KING"),
        ('permit (principal, action == Action::"incident.asign", resource);', "incident.asign"),
        ('permit (principal, action, resource == Field::"reporter.face");', "reporter.face"),
        ("\N{SNOWMAN}" * FILE_LIMIT_BYTES, "larger than"),
    ],
)
def test_broken_file_leaves_the_policies_in_force(
    folder: PolicyFolder, own: Path, text: str, named: str
) -> None:
    write(own / "house.cedar", NOBODY_ASSIGNS)
    before = folder.in_force()
    write(own / "house.cedar", text)
    assert folder.in_force() is before
    assert folder.broken().startswith("house.cedar: ")
    assert named in folder.broken()
    write(own / "house.cedar", NOBODY_ASSIGNS + "\n")
    assert folder.broken() == ""


def test_without_policies_that_hold_nothing_begins(tmp_path: Path, own: Path) -> None:
    shutil.copy(data_folder() / "policies" / SCHEMA, own / SCHEMA)
    write(own / "roles.cedar", "permit (")
    with pytest.raises(BrokenPoliciesError, match=r"do not hold together: roles\.cedar: "):
        PolicyFolder(folders=lambda: [own]).in_force()
    with pytest.raises(BrokenPoliciesError, match=r"anlan\.cedarschema: is missing"):
        PolicyFolder(folders=lambda: [tmp_path]).in_force()


def test_role_that_no_policy_knows_may_nothing(folder: PolicyFolder) -> None:
    held = folder.in_force()
    assert held.permissions("KING") == frozenset()
    assert held.purposes("KING") == frozenset()
    assert held.fields("KING", "DISPATCH") == frozenset()


def test_purpose_that_a_role_may_not_state_shows_nothing(folder: PolicyFolder) -> None:
    held = folder.in_force()
    assert held.fields("ADMINISTRATOR", "DISPATCH") == frozenset()
    assert held.fields("CREW", "CASEWORK") == frozenset()
    assert held.fields("DISPATCHER", "") == frozenset()


def test_who_holds_a_permission_is_told_with_its_refusal() -> None:
    document = problem_document(DeniedError(permission="share.read"), "en")
    assert document["facts"] == {"permission": "share.read", "roles": ("AGENCY_DESK",)}
    assert problem_document(DeniedError(code="denied.foreign_site"), "en")["facts"] == {}
