"""Refusals of the audit log: to whoever runs the installation, and to who reads the log."""

from anlan.kernel.errors import OperatorError, UnknownError


class NoLogKeyError(OperatorError):
    """Facts: `file`."""

    code = "audit.no_key"
    explanation = (
        "nothing is sealed in the audit log: there is no key in {file};"
        " make one with `anlan audit key NAME`, such as city.example/audit"
    )


class LogKeyError(OperatorError):
    """The key cannot be made or used. Facts: `reason`."""

    code = "audit.key"
    explanation = "the key of the audit log: {reason}"


class LogDamagedError(OperatorError):
    """What was sealed is not what it was; nothing more is sealed. Facts: `reason`."""

    code = "audit.damaged"
    explanation = "the audit log is damaged: {reason}"


class NothingSealedError(OperatorError):
    """There is no checkpoint yet."""

    code = "audit.nothing_sealed"
    explanation = "nothing was sealed in the audit log yet"


class WitnessesError(OperatorError):
    """Facts: `reason`."""

    code = "audit.witnesses"
    explanation = "the file audit/witnesses of the data folder: {reason}"


class UnknownEntryError(UnknownError):
    """The log tells of no such row, or what it told is not sealed yet."""

    code = "audit.unknown_entry"


class UnknownTileError(UnknownError):
    """The log has no tile of that path: it is none, or the log has not grown so far."""

    code = "audit.unknown_tile"
