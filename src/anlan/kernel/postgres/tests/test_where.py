from pathlib import Path

import pytest

from anlan.kernel.postgres.errors import AddressError
from anlan.kernel.postgres.home import Home
from anlan.kernel.postgres.where import database, is_embedded


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL", "ANLAN_DATABASE_PORT"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("ANLAN_HOME", str(tmp_path))


def test_embedded_server_is_reached_through_the_socket_of_its_home(tmp_path: Path) -> None:
    parameters = database("app")
    assert is_embedded()
    assert (parameters.port, parameters.name, parameters.user) == ("5432", "anlan", "anlan_app")
    assert parameters.host == str(Home(tmp_path).socket_folder)
    assert database("owner").user == "anlan_owner"


def test_asking_before_the_first_start_changes_nothing(tmp_path: Path) -> None:
    assert database("app").password == ""
    assert list(tmp_path.iterdir()) == []


def test_an_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://app:p%40ss@db.example:6543/city?sslmode=verify-full"
    )
    parameters = database("app")
    assert not is_embedded()
    assert (parameters.host, parameters.port, parameters.name) == ("db.example", "6543", "city")
    assert (parameters.user, parameters.password) == ("app", "p@ss")
    assert parameters.options == {"sslmode": "verify-full"}


def test_migrations_need_the_owners_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db.example/city")
    with pytest.raises(AddressError, match=r"DATABASE_OWNER_URL .* it is not set"):
        database("owner")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://app:hush@db.example/city", "it is not of the form"),
        ("app:hush", "it is not of the form"),
        ("postgresql:///city?user=app", "it gives no host"),
        ("postgresql://db.example/city", "it gives no user"),
        ("postgresql://app:hush@db.example", "it gives no dbname"),
    ],
)
def test_a_wrong_address_is_refused_without_repeating_the_password(
    monkeypatch: pytest.MonkeyPatch, address: str, reason: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(AddressError, match=reason) as caught:
        database("app")
    assert "hush" not in str(caught.value)


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:hush@db.example/city")
    assert "hush" not in repr(database("app"))
