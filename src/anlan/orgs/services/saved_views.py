"""Saved views: lists with filters set, under a name that their owner gave. They follow the account.

Only filters that a list knows are kept, and of them only codes and ids: what was typed to search by
is kept nowhere, so that no view says whom somebody was looking for.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction

from anlan.kernel.access import system_actor
from anlan.kernel.errors import InvalidError
from anlan.kernel.scope import scoped
from anlan.kernel.texts import clean_text
from anlan.orgs.errors import UnknownViewError, ViewNameTakenError, ViewsFullError
from anlan.orgs.models import VIEW_NAME_MAX_CHARACTERS, Account, SavedView

VIEWS_LIMIT = 30
FILTERS_OF: Mapping[str, frozenset[str]] = {
    "incidents": frozenset({"view"}),
    "units": frozenset({"kind"}),
    "cases": frozenset({"state", "organisation", "only"}),
    "joint_tasks": frozenset({"view"}),
}
"""The lists of the console, and the filters of each that may be kept."""
ANYWHERE = system_actor("saved-views")
"""An agency's account lies outside of what it sees. Whoever acts is shown the own views alone."""


def views_of(account_id: UUID) -> list[SavedView]:
    """Return the views of an account, list by list, by name."""
    with scoped(ANYWHERE):
        found = SavedView.objects.filter(account_id=account_id).order_by("screen", "label")
        return list(found[:VIEWS_LIMIT])


def save_view(account_id: UUID, *, screen: str, name: str, filters: Mapping[str, str]) -> SavedView:
    """Keep a view; raise `InvalidError`, `ViewsFullError`, `ViewNameTakenError`."""
    kept = SavedView(
        account_id=account_id, screen=screen, label=_label(name), filters=_known(screen, filters)
    )
    with scoped(ANYWHERE):
        account = Account.objects.select_for_update().get(pk=account_id)
        if SavedView.objects.filter(account=account).count() >= VIEWS_LIMIT:
            raise ViewsFullError(limit=VIEWS_LIMIT)
        kept.area = account.area
        _write(kept)
    return kept


def change_view(
    account_id: UUID, view_id: UUID, *, name: str, filters: Mapping[str, str]
) -> SavedView:
    """Give a view another name or other filters; raise `UnknownViewError` and as `save_view`."""
    with scoped(ANYWHERE):
        kept = _own(account_id, view_id)
        kept.label, kept.filters = _label(name), _known(kept.screen, filters)
        _write(kept, only=["label", "filters"])
    return kept


def remove_view(account_id: UUID, view_id: UUID) -> None:
    """Remove a view for good; raise `UnknownViewError`."""
    with scoped(ANYWHERE):
        _own(account_id, view_id).delete()


def _own(account_id: UUID, view_id: UUID) -> SavedView:
    found = SavedView.objects.select_for_update().filter(pk=view_id, account_id=account_id).first()
    if found is None:
        raise UnknownViewError
    return found


def _label(name: str) -> str:
    return clean_text(name, field="name", limit_characters=VIEW_NAME_MAX_CHARACTERS, required=True)


def _known(screen: str, filters: Mapping[str, str]) -> dict[str, str]:
    unknown = filters.keys() - FILTERS_OF[screen]
    if unknown:
        raise InvalidError(field="filters", rule="filter_of_this_list")
    return dict(filters)


def _write(kept: SavedView, *, only: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            kept.save(update_fields=only)
    except IntegrityError:
        raise ViewNameTakenError(field="name", rule="one_view_a_name") from None
