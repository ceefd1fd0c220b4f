"""Migration operation that builds an index while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddIndexBeside(AddIndexConcurrently):
    """Builds an index beside those who write; its migration has `atomic = False` and nothing else.

    It waits for transactions that began before, for as long as they take, and holds nobody up
    meanwhile: so the limit of waiting that other migrations have does not apply. What a build that
    was broken off left behind is dropped first, so that the migration can be run again.
    Source: PostgreSQL 18, CREATE INDEX, "Building Indexes Concurrently".
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Build the index."""
        name = schema_editor.quote_name(self.index.name)
        schema_editor.execute("SET lock_timeout = 0")
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.execute("RESET lock_timeout")
