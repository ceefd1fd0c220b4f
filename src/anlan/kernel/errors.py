"""Every refusal the platform can show, as one family."""

from typing import ClassVar


class AnlanError(Exception):
    """A refusal with a stable code, safe to show.

    Parameters
    ----------
    code
        A name more exact than the class's own.
    field
        The input field that broke the rule, in the client's own spelling; None where no field did.
    rule
        The rule that was broken, a short stable name such as ``at_most_500``.
    **facts
        What the message needs, without personal data.
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    keeps_writes: ClassVar[bool] = False
    """What was written before the refusal stays: the count of such refusals."""

    def __init__(
        self,
        *,
        code: str | None = None,
        field: str | None = None,
        rule: str | None = None,
        **facts: object,
    ) -> None:
        self.named = code or self.code
        self.field = field
        self.rule = rule
        self.facts = facts
        super().__init__(self.named, field, rule, facts)


class InvalidError(AnlanError):
    """The input breaks a rule; nothing was written."""

    code = "invalid"
    status = 422


class UnauthenticatedError(AnlanError):
    """Nobody is signed in, or the sign-in did not match."""

    code = "unauthenticated"
    status = 401


class DeniedError(AnlanError):
    """The actor's role does not hold the permission."""

    code = "denied"
    status = 403


class UnknownError(AnlanError):
    """There is no such thing within the actor's area."""

    code = "unknown"
    status = 404


class RefusedError(AnlanError):
    """The state of things does not allow this now."""

    code = "refused"
    status = 409


class TooLargeError(AnlanError):
    """The body or upload is over its limit."""

    code = "too_large"
    status = 413


class UnavailableError(AnlanError):
    """A part of the system is away; the same request may be sent again."""

    code = "unavailable"
    status = 503


class OperatorError(UnavailableError):
    """What only whoever runs the installation can put right; `str()` is one line for them."""

    code = "operator"
    explanation: ClassVar[str] = "{reason}"

    def __str__(self) -> str:
        """Return the explanation with its facts filled in."""
        return self.explanation.format_map(self.facts)
