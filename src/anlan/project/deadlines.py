"""What follows when a deadline is due, by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from anlan.dispatch.agencies.services import help_requests
from anlan.dispatch.services.clocks import CLOCKS_DUE, CLOCKS_HANDLER, ESCALATION_DUE
from anlan.dispatch.services.escalation import ESCALATION_HANDLER
from anlan.kernel.deadlines import Handler

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        CLOCKS_DUE: CLOCKS_HANDLER,
        ESCALATION_DUE: ESCALATION_HANDLER,
        help_requests.ANSWER_DEADLINE: Handler(help_requests.lock, help_requests.remind_desk),
    }
)
