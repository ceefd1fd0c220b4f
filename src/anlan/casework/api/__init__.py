"""HTTP of casework, a file for each kind of thing."""

from ninja import Router

from anlan.casework.api import cases, items, temporary_items

router = Router()
for part in (items, temporary_items, cases):
    router.add_router("", part.router)
