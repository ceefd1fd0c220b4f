"""HTTP of postures: the plans, and the studies that compare them."""

from ninja import Router

from anlan.dispatch.postures.api import plans, studies

router = Router()
for part in (plans, studies):
    router.add_router("", part.router)
