"""Django's own `migrate`, after which every table is covered by the audit log."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction

from anlan.audit.covering import cover_tables


class Command(migrate.Command):
    """Migrates, then puts the triggers of the log where they are missing."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as Django does; a plan or a check that changes nothing covers nothing either."""
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        using = options["database"]
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cover_tables(cursor)
