"""Who a session belongs to is asked before there is a scope: by one function, one account."""

from django.db import migrations

from anlan.kernel.secure_tables import OpenByFunction


class Migration(migrations.Migration):

    dependencies = [
        ("orgs", "0004_gateway"),
    ]

    operations = [
        OpenByFunction(
            "orgs_account_at_door",
            table="orgs_account",
            arguments="account uuid",
            condition="id = account AND active",
        ),
    ]
