"""HTTP of casework, a file for each kind of thing."""

from ninja import Router

from anlan.casework.api import (
    broken_glass,
    cases,
    clocks,
    field,
    items,
    joint_tasks,
    on_map,
    pauses,
    routes,
    routing,
    temporary_items,
)

router = Router()
for part in (
    items, temporary_items, cases, on_map, broken_glass, clocks, pauses, joint_tasks, routing,
    routes, field,
):  # fmt: skip
    router.add_router("", part.router)
