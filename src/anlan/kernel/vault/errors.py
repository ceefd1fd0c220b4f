"""Refusals of the vault."""

from anlan.kernel.errors import AnlanError, OperatorError


class SealBrokenError(AnlanError):
    """A sealed text does not open: changed, moved to another row, or its data key is deleted."""

    code = "vault.seal_broken"
    status = 500


class MasterKeyMissingError(OperatorError):
    """The file lacks a master key that data keys are sealed with. Facts: `key`, `file`."""

    code = "vault.key_missing"
    explanation = "the contact key {key} is missing: put it back into {file}"


class MasterFileError(OperatorError):
    """The file of master keys cannot be read. Facts: `file`, `reason`."""

    code = "vault.key_file"
    explanation = "the file of contact keys {file}: {reason}"


class RotationRunningError(OperatorError):
    """Another rotation is at work."""

    code = "vault.rotation_running"
    explanation = "another rotation of the contact keys is at work"
