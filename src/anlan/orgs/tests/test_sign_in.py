import pytest

pytestmark = pytest.mark.django_db


def test_signed_in_person_is_known_by_the_session(desk):
    dispatcher = desk("DISPATCHER")
    me = dispatcher.get("session").json()
    assert (me["role"], me["area"]) == ("DISPATCHER", 990101000000000)


def test_wrong_password_and_unknown_name_get_the_same_answer(desk):
    account = desk("DISPATCHER").account
    visitor = desk(None)
    answers = [
        visitor.post("session", {"username": name, "password": "not the password"})
        for name in (account.username, "nobody-has-this-name")
    ]
    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].content == answers[1].content


def test_signing_out_makes_a_visitor(desk):
    dispatcher = desk("DISPATCHER")
    assert dispatcher.client.delete("/api/v1/session").status_code == 204
    assert dispatcher.get("session").status_code == 401


def test_write_without_key_is_refused(desk):
    reply = desk("DISPATCHER").client.post(
        "/api/v1/unit-positions", {"positions": []}, content_type="application/json"
    )
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency.missing")
