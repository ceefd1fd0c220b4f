"""What can go wrong with the database server, in words for whoever runs it."""

from anlan.kernel.errors import OperatorError


class DatabaseError(OperatorError):
    """The database server cannot do what was asked. Facts: `reason`."""

    code = "database.failed"
    explanation = "the database server failed: {reason}"


class NoServerProgramsError(DatabaseError):
    """Facts: `package`."""

    code = "database.no_server_programs"
    explanation = (
        "the package {package} holds no PostgreSQL 18 for this machine; set DATABASE_URL instead"
    )


class NoAccountError(DatabaseError):
    """Facts: `accounts`."""

    code = "database.no_account"
    explanation = "PostgreSQL refuses to run as root and none of these accounts exists: {accounts}"


class FolderUnreachableError(DatabaseError):
    """Facts: `folder`, `account`."""

    code = "database.folder_unreachable"
    explanation = (
        "the account {account}, which runs PostgreSQL, cannot reach {folder}; "
        "point ANLAN_HOME at a folder outside private ones"
    )


class FolderDeniedError(DatabaseError):
    """Facts: `folder`, `reason`."""

    code = "database.folder_denied"
    explanation = "{folder} cannot be used: {reason}"


class FolderForeignError(DatabaseError):
    """Facts: `folder`."""

    code = "database.folder_foreign"
    explanation = "{folder} holds files but no PostgreSQL database; nothing in it was touched"


class FolderVersionError(DatabaseError):
    """Facts: `folder`, `found`, `needed`."""

    code = "database.folder_version"
    explanation = (
        "{folder} was made by PostgreSQL {found} and this server is PostgreSQL {needed}; "
        "nothing in it was touched"
    )


class FolderLockedError(DatabaseError):
    """Facts: `folder`, `limit_s`."""

    code = "database.folder_locked"
    explanation = "another program has been starting or stopping {folder} for over {limit_s} s"


class PortTakenError(DatabaseError):
    """Facts: `port`."""

    code = "database.port_taken"
    explanation = "another program listens on port {port}; choose one in ANLAN_DATABASE_PORT"


class DiskFullError(DatabaseError):
    """Facts: `folder`."""

    code = "database.disk_full"
    explanation = "no space is left on the disk of {folder}"


class StartFailedError(DatabaseError):
    """Facts: `reason`, `log`."""

    code = "database.start_failed"
    explanation = "PostgreSQL did not start: {reason} (its log: {log})"


class StopFailedError(DatabaseError):
    """Facts: `pid`, `limit_s`."""

    code = "database.stop_failed"
    explanation = "PostgreSQL (process {pid}) did not end within {limit_s} s"


class AddressError(DatabaseError):
    """Facts: `variable`, `reason`."""

    code = "database.address"
    explanation = "{variable} does not name a PostgreSQL database: {reason}"


class NotEmptyError(DatabaseError):
    """Facts: `database`."""

    code = "database.not_empty"
    explanation = "the database {database} holds tables already; nothing in it was touched"


class LoadFailedError(DatabaseError):
    """Facts: `source`, `reason`."""

    code = "database.load_failed"
    explanation = "{source} was not loaded, and the database is as it was: {reason}"


class DumpFailedError(DatabaseError):
    """Facts: `target`, `reason`."""

    code = "database.dump_failed"
    explanation = "no dump was written to {target}: {reason}"
