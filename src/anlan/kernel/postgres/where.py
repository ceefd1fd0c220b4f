"""Where the database is and how to sign in to it, whichever server it runs on."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from anlan.kernel.postgres.errors import AddressError
from anlan.kernel.postgres.home import SOCKET_PORT, Home, present_home, tcp_port
from anlan.kernel.postgres.secret import APPLICATION, OWNER, SEALER, read_passwords

DATABASE = "anlan"
VARIABLES: Mapping[str, str] = {
    "app": "DATABASE_URL",
    "owner": "DATABASE_OWNER_URL",
    "sealer": "DATABASE_SEALER_URL",
}
EMBEDDED_ROLES: Mapping[str, str] = {"app": APPLICATION, "owner": OWNER, "sealer": SEALER}


@dataclass(frozen=True, slots=True)
class ConnectionParameters:
    """How one role signs in to one database.

    `host` is a name, an address or the folder of a socket; `options` are further settings in
    libpq's spelling, such as `sslmode`.
    """

    host: str
    port: str
    name: str
    user: str
    password: str = field(repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def conninfo(self) -> str:
        """Return the parameters as the one string that libpq and `psycopg.connect` take."""
        return make_conninfo(
            **self.options,
            host=self.host,
            port=self.port,
            dbname=self.name,
            user=self.user,
            password=self.password or None,
        )


def is_embedded() -> bool:
    """Say whether the database is the embedded server, because DATABASE_URL names no other."""
    return not os.environ.get("DATABASE_URL")


def database(role: Literal["app", "owner", "sealer"]) -> ConnectionParameters:
    """Return how a role signs in: `app`, the `owner` of the tables, the `sealer` of the audit log.

    Reads the address that `VARIABLES` names, else the embedded server's home. The server need
    not run, nor ever have been started: the password is empty then.

    Raises
    ------
    AddressError
        DATABASE_URL is set and the role's own variable is missing or no PostgreSQL address.
    """
    if is_embedded():
        return embedded(present_home(), EMBEDDED_ROLES[role], port=tcp_port())
    return _external(VARIABLES[role])


def embedded(
    home: Home, user: str, *, name: str = DATABASE, port: int | None = None
) -> ConnectionParameters:
    """Return how `user` signs in to the database `name` of the embedded server of `home`."""
    return ConnectionParameters(
        host=str(home.socket_folder),
        port=str(port or SOCKET_PORT),
        name=name,
        user=user,
        password=read_passwords(home.secret).get(user, ""),
    )


def _external(variable: str) -> ConnectionParameters:
    address = os.environ.get(variable)
    if not address:
        raise AddressError(variable=variable, reason="it is not set, though DATABASE_URL is")
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    except ProgrammingError as error:
        # The parser's own words may repeat the password.
        reason = "it is not of the form postgresql://user:password@host/database"
        raise AddressError(variable=variable, reason=reason) from error
    missing = [key for key in ("host", "user", "dbname") if not parts.get(key)]
    if missing:
        raise AddressError(variable=variable, reason=f"it gives no {missing[0]}")
    return ConnectionParameters(
        host=parts.pop("host"),
        port=parts.pop("port", "5432"),
        name=parts.pop("dbname"),
        user=parts.pop("user"),
        password=parts.pop("password", ""),
        options=parts,
    )
