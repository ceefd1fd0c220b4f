"""Why the log cannot be sealed, in words for whoever runs the installation."""

from anlan.kernel.errors import OperatorError


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
