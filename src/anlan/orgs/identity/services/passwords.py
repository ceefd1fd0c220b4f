"""A person's own password."""

from uuid import UUID

from django.contrib.auth.hashers import check_password

from anlan.kernel.scope import scoped
from anlan.orgs.identity.errors import WrongPasswordError
from anlan.orgs.identity.selectors import DOOR
from anlan.orgs.models import Account
from anlan.orgs.services.staff import HashedPassword


def change(account_id: UUID, *, present: str, new: HashedPassword) -> Account:
    """Give an account a new password; the database ends every sign-in of it.

    Raises `WrongPasswordError` if `present` is not the password as it is.
    """
    with scoped(DOOR):
        account = Account.objects.select_for_update().get(pk=account_id, active=True)
        if not check_password(present, account.password):
            raise WrongPasswordError(field="present", rule="own_password")
        Account.objects.filter(pk=account.pk).update(password=new.encoded)
    return account
