"""The protected fields by name, as `data/policies/anlan.cedarschema` has them."""

from typing import Annotated

from anlan.kernel.purposes import shown_for

REPORTERS_WORDS = "reporter.words"
REPORTERS_CONTACT = "reporter.contact"
VOLUNTEERS_CONTACT = "volunteer.contact"
EVIDENCE = "evidence"

ReportersWords = Annotated[str, shown_for(REPORTERS_WORDS)]
"""What somebody told us in words of their own: of what happened, and of where."""
