"""Kinds of report: what the text says is what is offered."""

from dataclasses import FrozenInstanceError

import pytest

from anlan.intake.errors import UnknownKindError
from anlan.intake.kinds import kind_of, kinds


def test_kind_carries_its_group_and_what_a_unit_must_bring() -> None:
    lift = kind_of("LIFT_TRAPPED")
    assert (lift.group.code, lift.group.name_en) == ("RESCUE", "Rescue")
    assert (lift.priority, lift.needs_unit, lift.capabilities) == (2, True, ("RESCUE",))
    assert (lift.item_code, lift.public) == ("0902", True)


def test_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(UnknownKindError) as refused:
        kind_of("NOTHING", field="kind")
    assert (refused.value.field, refused.value.rule) == ("kind", "known_kind")


def test_kinds_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        kind_of("LIFT_TRAPPED").priority = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        kinds()["LIFT_TRAPPED"] = kind_of("NOISE")  # type: ignore[index]


@pytest.mark.django_db
def test_visitor_reads_the_kinds(desk) -> None:
    listed = {kind["code"]: kind for kind in desk(None).get("kinds").json()}
    assert list(listed) == list(kinds())
    assert listed["LAMP_OUT"]["needs_unit"] is False
    assert listed["LAMP_OUT"]["capabilities"] == []
    assert listed["LIFT_TRAPPED"]["group_zh"] == "救援"
