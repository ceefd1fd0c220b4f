"""HTTP of evaluation, a file for each kind of thing."""

from ninja import Router

from anlan.casework.evaluation.api import appeals, figures

router = Router()
for part in (figures, appeals):
    router.add_router("", part.router)
