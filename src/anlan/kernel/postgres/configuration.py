"""The server's settings: for a small machine that also runs the web server and the engine."""

from collections.abc import Mapping

from anlan.kernel.postgres.home import SOCKET_PORT, Home

SMALL_MACHINE: Mapping[str, str] = {
    # A city's open incidents, cases and units are tens of megabytes; the system caches the rest.
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    # A sort or hash of one list page with its joins; 40 of them at once stay below 700 MB.
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    # Two web workers' pools, the worker and the operator's own tools.
    "max_connections": "100",
    # No screen asks for a long scan, and parallel workers need /dev/shm, 64 MB in a container.
    "max_parallel_workers_per_gather": "0",
    # Discs are solid-state: an index page costs about what the next page of a scan costs.
    "random_page_cost": "1.1",
    # Fewer full pages in the log during the day's steady writing, for 1 GB of disc at most.
    "checkpoint_timeout": "15min",
    "max_wal_size": "1GB",
    # A base backup takes the log of its own time along, so that much of it stays for a while.
    "wal_keep_size": "256MB",
    # What the keeper of the log did not receive is kept for it, and then no longer: a backup that
    # nobody looks after must not fill the disc of the database.
    "max_slot_wal_keep_size": "4GB",
    # Plans are kept from when a table was small until it is counted anew: with 64 cases a second a
    # minute is too long for that.
    "autovacuum_naptime": "10s",
    # A transaction left open would hold row locks that dispatchers wait for.
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No personal data in the log: neither statements nor the values that broke a constraint.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
}


def server_arguments(home: Home, *, tcp_port: int | None, settings: Mapping[str, str]) -> list[str]:
    """Return the server's command line: our settings, then `settings`, then where it listens."""
    chosen = {
        **SMALL_MACHINE,
        **settings,
        "listen_addresses": "127.0.0.1" if tcp_port else "",
        "port": str(tcp_port or SOCKET_PORT),
        "unix_socket_directories": str(home.socket_folder),
        "unix_socket_permissions": "0700",
    }
    arguments = ["-D", str(home.data)]
    for key, value in chosen.items():
        arguments += ["-c", f"{key}={value}"]
    return arguments
