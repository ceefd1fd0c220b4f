"""What can go wrong with backups, in words for whoever runs the installation."""

from anlan.kernel.errors import OperatorError


class RecoveryError(OperatorError):
    """A backup cannot be taken, kept or used. Facts: `reason`."""

    code = "recovery.failed"
    explanation = "{reason}"


class NoBackupError(RecoveryError):
    """Facts: `folder`, `wanted`."""

    code = "recovery.no_backup"
    explanation = "{folder} holds no backup {wanted}"


class WrongKeyError(RecoveryError):
    """Facts: `folder`, `key`."""

    code = "recovery.wrong_key"
    explanation = "the key in {key} does not open the backups in {folder}; nothing was touched"


class KeyUnreadableError(RecoveryError):
    """Facts: `key`, `reason`."""

    code = "recovery.key_unreadable"
    explanation = "the key of the backups, {key}, cannot be read: {reason}"


class DamagedError(RecoveryError):
    """Facts: `file`, `reason`."""

    code = "recovery.damaged"
    explanation = "{file} is damaged ({reason}); nothing was restored from it"


class LogGapError(RecoveryError):
    """Facts: `segment`, `last`."""

    code = "recovery.log_gap"
    explanation = (
        "the log lacks the segment {segment}, though there are later ones up to {last}; nothing "
        "was restored: name a time before the gap with --to, or take another backup"
    )


class OtherInstallationError(RecoveryError):
    """Facts: `folder`."""

    code = "recovery.other_installation"
    explanation = "{folder} holds the backups of another database; choose a folder of its own"


class BusyError(RecoveryError):
    """Facts: `folder`."""

    code = "recovery.busy"
    explanation = "another backup is being taken to {folder}"


class NotFreeError(RecoveryError):
    """Facts: `folder`."""

    code = "recovery.not_free"
    explanation = "{folder} holds a database already; nothing in it was touched"


class RestoreRefusedError(RecoveryError):
    """Facts: `backup`, `reason`."""

    code = "recovery.restore_refused"
    explanation = "nothing was restored from the backup {backup}: {reason}"


class DrillFailedError(RecoveryError):
    """Facts: `tables`."""

    code = "recovery.drill_failed"
    explanation = "the restored rows differ from the live ones in {tables}"
