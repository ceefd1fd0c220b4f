"""Migrations that an old server could not live with are named, and those it can are not."""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from anlan.project import side_by_side

THING = migrations.CreateModel(
    "Thing",
    [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))],
)
BY_NAME = models.Index(fields=["name"], name="by_name")
NAMED = models.CheckConstraint(condition=~models.Q(name=""), name="named")


def found(*operations: Operation) -> list[str]:
    """Return what is wrong with a migration of a room whose one table stands already."""
    before = ProjectState()
    THING.state_forwards("room", before)
    migration = migrations.Migration("0002_next", "room")
    migration.operations = list(operations)
    return list(side_by_side.of_migration(migration, before))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("thing", "name"),
        migrations.RenameField("thing", "name", "title"),
        migrations.DeleteModel("Thing"),
        migrations.AddField("thing", "more", models.TextField(default="")),
        migrations.AlterField("thing", "name", models.CharField(max_length=8)),
        migrations.AlterField("thing", "name", models.IntegerField()),
        migrations.AddIndex("thing", BY_NAME),
        migrations.AddConstraint("thing", NAMED),
        migrations.RunSQL("ALTER TABLE room_thing DROP COLUMN name"),
        migrations.RunSQL([("ALTER TABLE room_thing ALTER COLUMN name SET NOT NULL", None)]),
        migrations.RunSQL("CREATE INDEX by_name ON room_thing (name)"),
        migrations.RunSQL("ALTER TABLE room_thing ADD CONSTRAINT named CHECK (name <> '')"),
    ],
    ids=str,
)
def test_change_that_breaks_an_old_server_is_named(operation: Operation) -> None:
    assert len(found(operation)) == 1


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("thing", "more", models.TextField(null=True)),
        migrations.AddField("thing", "more", models.TextField(db_default="")),
        migrations.AlterField("thing", "name", models.CharField(max_length=10)),
        AddIndexConcurrently("thing", BY_NAME),
        AddConstraintNotValid("thing", NAMED),
        migrations.RunSQL("CREATE INDEX CONCURRENTLY by_name ON room_thing (name)"),
        migrations.RunSQL("ALTER TABLE room_thing ADD CONSTRAINT n CHECK (name <> '') NOT VALID"),
        migrations.RunSQL("CREATE TABLE other (id int); CREATE INDEX by_id ON other (id)"),
    ],
    ids=str,
)
def test_change_that_an_old_server_does_not_notice_is_not_named(operation: Operation) -> None:
    assert found(operation) == []


def test_table_of_the_same_migration_may_be_built_as_one_likes() -> None:
    other = migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))])
    more = migrations.AddField("other", "name", models.TextField(default=""))
    assert (
        found(other, more, migrations.AddIndex("other", models.Index(name="n", fields=["name"])))
        == []
    )


def test_every_migration_of_ours_is_one_that_an_old_server_can_live_with() -> None:
    assert side_by_side.findings() == []
