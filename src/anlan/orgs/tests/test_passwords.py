"""Which passwords are taken: any of twelve characters or more, names and known ones apart."""

import pytest
from django.test import Client
from tests.people import PASSWORD

SIGN_IN = "/api/v1/session"


def signs_in(account, password: str) -> int:
    """Return what answers a sign-in with a password."""
    named = {"username": account.username, "password": password}
    return Client().post(SIGN_IN, named, content_type="application/json").status_code


def change(somebody, password: str):
    """Let somebody change the own password."""
    return somebody.post("own/password", {"present": PASSWORD, "password": password})


@pytest.mark.parametrize("password", ["", "eleven char", "a" * 11, "密" * 11])
def test_a_short_password_is_refused_and_the_old_one_stays(desk, password):
    dispatcher = desk("DISPATCHER")
    reply = change(dispatcher, password)
    assert (reply.status_code, reply.json()["field"]) == (422, "password")
    assert signs_in(dispatcher.account, PASSWORD) == 200


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "一二三四五六七八九十甲乙",
        "\t ~!@#$%^&*()_+ ",
        "x" * 64,
        "x" * 256,
    ],
)
def test_any_characters_and_any_length_up_to_256_are_taken(desk, password):
    dispatcher = desk("DISPATCHER")
    assert change(dispatcher, password).status_code == 204
    assert signs_in(dispatcher.account, password) == 200


@pytest.mark.parametrize("password", ["1qaz2wsx3edc", "QWERTY123456", "123456789123"])
def test_a_password_that_everybody_knows_is_refused(desk, password):
    dispatcher = desk("DISPATCHER")
    reply = change(dispatcher, password)
    assert (reply.status_code, reply.json()["code"]) == (422, "account.common_password")
    assert signs_in(dispatcher.account, PASSWORD) == 200


def test_names_of_person_organisation_and_system_count_for_nothing(desk):
    dispatcher = desk("DISPATCHER")
    place = dispatcher.account.organisation
    for name in (
        "Anlan",
        "安澜",
        "PassWord",
        dispatcher.account.username,
        place.code,
        place.name_zh,
    ):
        reply = change(dispatcher, f"{name}-{name}-2026-11")
        assert (reply.status_code, reply.json()["rule"]) == (
            422,
            "at_least_12_characters_beside_names",
        )
    assert change(dispatcher, f"{place.code} and eleven more").status_code == 204


@pytest.mark.parametrize(
    "other", ["correct Horse battery ", " correct Horse battery", "correct horse battery2", "c" * 8]
)
def test_a_password_is_held_against_what_was_typed_and_nothing_else(desk, other):
    dispatcher = desk("DISPATCHER")
    assert change(dispatcher, "correct Horse battery").status_code == 204
    assert signs_in(dispatcher.account, "correct Horse battery") == 200
    assert signs_in(dispatcher.account, other) == 401


def test_a_password_is_not_cut_at_any_length(desk):
    dispatcher = desk("DISPATCHER")
    assert change(dispatcher, "x" * 100).status_code == 204
    assert signs_in(dispatcher.account, "x" * 99) == 401
    assert signs_in(dispatcher.account, "x" * 72 + "y" * 28) == 401
