"""HTTP of saved views: one's own, and nobody else's."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Status

from anlan.kernel.schemas import Schema
from anlan.orgs.api.organisations import Strict
from anlan.orgs.api.own import own_sign_in
from anlan.orgs.api.session import NO_CONTROLS
from anlan.orgs.models import VIEW_NAME_MAX_CHARACTERS, SavedView
from anlan.orgs.services import saved_views

router = Router()
Screen = Literal["incidents", "units", "cases", "joint_tasks"]
Name = Annotated[str, Field(min_length=1, max_length=VIEW_NAME_MAX_CHARACTERS, pattern=NO_CONTROLS)]
CODE = r"[A-Za-z]+(_[A-Za-z]+)*"
ID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Of the server's own: no words, and no number that somebody was looked for by.
Value = Annotated[str, Field(max_length=40, pattern=rf"^({CODE}|{ID})$")]
Filters = Annotated[dict[str, Value], Field(max_length=4)]


class ChangedViewBody(Strict):
    """How a view is called, and the filters that it sets."""

    name: Name
    filters: Filters


class NewViewBody(ChangedViewBody):
    """A view of a list."""

    screen: Screen


class SavedViewOut(Schema):
    """A view of one's own."""

    id: UUID
    screen: Screen
    name: str
    filters: dict[str, str]


def _shown(kept: SavedView) -> SavedViewOut:
    return SavedViewOut.model_validate(
        {"id": kept.id, "screen": kept.screen, "name": kept.label, "filters": kept.filters}
    )


@router.get("/own/views", response=list[SavedViewOut], operation_id="list_own_views")
def get_views(request: HttpRequest) -> list[SavedViewOut]:
    """List one's own views, list by list, by name."""
    account_id, _ = own_sign_in(request)
    return [_shown(one) for one in saved_views.views_of(account_id)]


@router.post("/own/views", response={201: SavedViewOut}, operation_id="save_own_view")
def post_view(request: HttpRequest, body: NewViewBody) -> Status[SavedViewOut]:
    """Save a list with its filters under a name."""
    account_id, _ = own_sign_in(request)
    kept = saved_views.save_view(
        account_id, screen=body.screen, name=body.name, filters=body.filters
    )
    return Status(201, _shown(kept))


@router.put("/own/views/{view_id}", response=SavedViewOut, operation_id="change_own_view")
def put_view(request: HttpRequest, view_id: UUID, body: ChangedViewBody) -> SavedViewOut:
    """Give one of one's own views another name, or other filters."""
    account_id, _ = own_sign_in(request)
    return _shown(
        saved_views.change_view(account_id, view_id, name=body.name, filters=body.filters)
    )


@router.delete("/own/views/{view_id}", response={204: None}, operation_id="remove_own_view")
def delete_view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Remove one of one's own views."""
    account_id, _ = own_sign_in(request)
    saved_views.remove_view(account_id, view_id)
    return HttpResponse(status=204)
