"""Signatures as Standard Webhooks says, known values and every way to be wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from anlan.exchange.errors import BadSignatureError
from anlan.exchange.signatures import check_signature, headers_for, is_secret, new_secret, signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SECONDS = 1_614_265_330
AT = datetime.fromtimestamp(SECONDS, UTC)
BODY = b'{"test": 2432232314}'


def test_signature_is_that_of_the_published_example() -> None:
    """The example of the Standard Webhooks libraries."""
    assert signature(SECRET, ID, SECONDS, BODY) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_what_was_signed_is_taken() -> None:
    headers = headers_for(SECRET, ID, BODY, AT)
    assert check_signature(SECRET, headers, BODY, AT).id == ID
    two = headers | {"webhook-signature": "v1,AAAA " + headers["webhook-signature"]}
    assert check_signature(SECRET, two, BODY, AT).id == ID


@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook-id": "other"},
        {"webhook-id": ""},
        {"webhook-id": "x" * 65},
        {"webhook-timestamp": str(SECONDS + 1)},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "-1"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
        {"webhook-signature": "\udcff"},
    ],
    ids=str,
)
def test_altered_header_is_refused(wrong: dict[str, str]) -> None:
    headers = headers_for(SECRET, ID, BODY, AT) | wrong
    with pytest.raises(BadSignatureError):
        check_signature(SECRET, headers, BODY, AT)


def test_altered_body_another_secret_and_no_headers_are_refused() -> None:
    headers = headers_for(SECRET, ID, BODY, AT)
    for secret, given, body in (
        (SECRET, headers, BODY + b" "), (new_secret(), headers, BODY), (SECRET, {}, BODY),
    ):  # fmt: skip
        with pytest.raises(BadSignatureError):
            check_signature(secret, given, body, AT)


@pytest.mark.parametrize(
    ("late_s", "counts"), [(300, True), (-300, True), (301, False), (-301, False)]
)
def test_signature_counts_for_five_minutes(late_s: int, counts: bool) -> None:
    headers = headers_for(SECRET, ID, BODY, AT)
    at = AT + timedelta(seconds=late_s)
    if counts:
        assert check_signature(SECRET, headers, BODY, at).id == ID
    else:
        with pytest.raises(BadSignatureError):
            check_signature(SECRET, headers, BODY, at)


def test_secrets_are_fresh_and_long_enough() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert is_secret(first)
    assert not is_secret("whsec_AAAA")
    assert not is_secret("whsec_%%%")
