"""What follows when a deadline is due, by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from anlan.casework.services import CLOCK_DUE, CLOCK_HANDLER, broken_glass
from anlan.casework.services.joint_tasks import PART_DUE, PART_HANDLER
from anlan.casework.services.pauses import PAUSE_ENDS, PAUSE_HANDLER
from anlan.dispatch.agencies.services import help_requests
from anlan.dispatch.services.clocks import CLOCKS_DUE, CLOCKS_HANDLER, ESCALATION_DUE
from anlan.dispatch.services.escalation import ESCALATION_HANDLER
from anlan.intake.services import calls
from anlan.kernel.deadlines import Handler

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        CLOCKS_DUE: CLOCKS_HANDLER,
        CLOCK_DUE: CLOCK_HANDLER,
        PAUSE_ENDS: PAUSE_HANDLER,
        PART_DUE: PART_HANDLER,
        broken_glass.REVIEW_DUE: broken_glass.REVIEW_HANDLER,
        ESCALATION_DUE: ESCALATION_HANDLER,
        calls.CALL_BACK_DEADLINE: Handler(calls.lock_for_reminder, calls.remind),
        help_requests.ANSWER_DEADLINE: Handler(help_requests.lock, help_requests.remind_desk),
    }
)
