"""Which events of the stream are for whom: one row for the first word of every topic.

A topic without a row is told to nobody. Where two permissions stand, either shows it: both sides of
a share or a request for help follow it.
"""

from anlan.kernel.screens import Showing
from anlan.orgs.protected import REPORTERS_WORDS

SHOWING = Showing(
    needed={
        "agreement": frozenset({"agreement.read"}),
        "alert": frozenset({"warning.read"}),
        "assignment": frozenset({"incident.read"}),
        "call": frozenset({"report.take"}),
        "case": frozenset({"case.read"}),
        "clock": frozenset({"incident.read"}),
        "closure": frozenset({"place.read"}),
        "conservation": frozenset({"figure.read"}),
        "glass": frozenset({"glass.review"}),
        "handover": frozenset({"handover.read"}),
        "help_request": frozenset({"help.answer", "agency.ask"}),
        "history": frozenset({"review.read"}),
        "incident": frozenset({"incident.read"}),
        "joint_task": frozenset({"case.read"}),
        "report": frozenset({"report.read"}),
        "review": frozenset({"review.read"}),
        "share": frozenset({"share.read", "agency.share"}),
        "unit": frozenset({"unit.read"}),
        "units": frozenset({"unit.read"}),
        "volunteering": frozenset({"volunteering.read"}),
        "warning": frozenset({"warning.read"}),
    },
    protected={"place_text": REPORTERS_WORDS},
    sealed="flows_sealed_subjects() AS seals",
)
