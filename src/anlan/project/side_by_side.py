"""Which migrations an old server could not live with while it runs beside a new one.

In an upgrade the new release brings the tables up to date while the old one still serves, and in a
way back the old one serves on the newer tables. So a migration may add, and must not take away or
change what the old one uses; and it must not hold a table that is written to for longer than a
moment. What an old release uses is taken away one release later, and the migration says so in
`excused`. Sources: PostgreSQL 18, 13.3 (locks of tables) and the notes of ALTER TABLE.
"""

import re
from collections.abc import Iterable, Iterator

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field, ManyToManyField

OURS = "anlan."
_GONE = "takes away or renames what an old server uses"
KINDS: tuple[tuple[type[Operation], str], ...] = (
    (operations.RemoveField, _GONE),
    (operations.DeleteModel, _GONE),
    (operations.RenameField, _GONE),
    (operations.RenameModel, _GONE),
    (operations.AlterModelTable, _GONE),
    (operations.AddIndex, "nobody writes while it is built: AddIndexBeside"),
    (operations.AddConstraint, "nobody writes while all rows are looked at: AddConstraintNotValid"),
)
"""What each kind of operation does to a table in use."""
BESIDE = (AddIndexConcurrently, AddConstraintNotValid)
_SQL = (
    (r"\bDROP (TABLE|COLUMN|VIEW|SEQUENCE)\b", "takes away what an old server uses"),
    (r"\bRENAME (TO|COLUMN)\b", "renames what an old server uses"),
    (r"\bSET NOT NULL\b", "reads the whole table while nobody may write, and refuses old rows"),
    (r"\bALTER (COLUMN )?\w+ (SET DATA )?TYPE\b", "writes the whole table anew, locked"),
    (r"\bLOCK TABLE\b", "locks a table"),
)
_INDEX = re.compile(r"\bCREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)(?:\w+ )?ON (?:ONLY )?(\w+)", re.I)
_CONSTRAINT = re.compile(r"\bALTER TABLE (\w+) ADD CONSTRAINT (?![^;]*NOT VALID)", re.I)
_MADE = re.compile(r"\bCREATE TABLE (?:IF NOT EXISTS )?(\w+)", re.I)

_FORMER = {
    "casework": (
        "0002_published_reads", "0003_loop_and_its_limits", "0005_service_clock", "0008_merging",
        "0009_field_acts", "0011_late_and_listed",
    ),
    "dispatch": (
        "0002_road_closures", "0003_desk_rules", "0004_clocks", "0005_links",
        "0006_recommendations_by_card", "0007_crew", "0008_rounds_and_order",
        "0009_positions_expire_with_questions",
    ),
    "intake": ("0003_calls", "0005_words_erased"),
    "kernel": ("0006_looks_expire",),
    "orgs": (
        "0002_linked_agencies", "0003_shifts_and_duty", "0004_gateway", "0006_street_offices",
        "0007_auditor",
    ),
}  # fmt: skip
BEFORE_THE_FIRST_RELEASE = frozenset(
    f"{app}.{name}" for app, names in _FORMER.items() for name in names
)
"""Migrations that nobody upgrades through with load: they are older than the first release."""


def findings() -> list[str]:
    """Return what an old server could not live with, a line each, in the order of migrations."""
    loader = MigrationLoader(None)
    state = ProjectState()
    found: list[str] = []
    for key in _in_order(loader):
        migration = loader.graph.nodes[key]
        name = f"{migration.app_label}.{migration.name}"
        asked = type(migration).__module__.startswith(OURS) and name not in BEFORE_THE_FIRST_RELEASE
        if asked and not getattr(migration, "excused", ""):
            found += [f"{name}: {wrong}" for wrong in of_migration(migration, state)]
        migration.mutate_state(state, preserve=False)
    return found


def _in_order(loader: MigrationLoader) -> Iterator[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    for leaf in loader.graph.leaf_nodes():
        for key in loader.graph.forwards_plan(leaf):
            if key not in seen:
                seen.add(key)
                yield key


def of_migration(migration: Migration, before: ProjectState) -> Iterator[str]:
    """Yield what is wrong with one migration; `before` is the state that it begins with."""
    state, made = before.clone(), set[str]()
    for one in migration.operations:
        made |= _tables_made(one, migration.app_label)
        for wrong in _wrong(one, migration.app_label, state, made):
            yield f"{one.describe()}: {wrong}"
        one.state_forwards(migration.app_label, state)


def _tables_made(one: Operation, app: str) -> set[str]:
    if isinstance(one, operations.CreateModel):
        return {one.name_lower, one.options.get("db_table", f"{app}_{one.name_lower}")}
    if isinstance(one, operations.RunSQL):
        return {table for text in _texts(one.sql) for table in _MADE.findall(text)}
    return set()


def _wrong(one: Operation, app: str, state: ProjectState, made: set[str]) -> Iterator[str]:
    """Yield what is wrong with an operation on tables that stood before its migration."""
    if isinstance(one, operations.RunSQL):
        yield from _wrong_sql(_texts(one.sql), made)
        return
    model = getattr(one, "model_name_lower", getattr(one, "name_lower", ""))
    if model in made or isinstance(one, BESIDE):
        return
    if isinstance(one, operations.AddField) and _is_needed(one.field):
        yield "an old server writes rows without it: give it db_default or null"
    elif isinstance(one, operations.AlterField):
        yield from _wrong_change(state.models[app, model].fields[one.name], one.field)
    else:
        yield from (wrong for kind, wrong in KINDS if isinstance(one, kind))


def _is_needed(field: "Field[object, object]") -> bool:
    given = field.null or field.db_default is not NOT_PROVIDED
    return not given and not isinstance(field, ManyToManyField)


def _wrong_change(old: "Field[object, object]", new: "Field[object, object]") -> Iterator[str]:
    if old.null and not new.null:
        yield "an old server writes nothing there"
    if old.db_column != new.db_column:
        yield "renames what an old server uses"
    if _kind(old) != _kind(new) or (new.max_length or 0) < (old.max_length or 0):
        yield "writes the whole table anew, locked"


def _kind(field: "Field[object, object]") -> str:
    return field.deconstruct()[1]


def _texts(sql: object) -> list[str]:
    """Return the statements of a RunSQL, which may be text, or a list of texts and pairs."""
    if isinstance(sql, str):
        return [sql]
    listed: Iterable[object] = sql if isinstance(sql, list | tuple) else ()
    return [str(one[0] if isinstance(one, list | tuple) else one) for one in listed]


def _wrong_sql(texts: list[str], made: set[str]) -> Iterator[str]:
    for text in texts:
        for pattern, wrong in _SQL:
            if re.search(pattern, text, re.IGNORECASE):
                yield wrong
        for table in _INDEX.findall(text):
            if table not in made:
                yield f"nobody writes to {table} while its index is built: CONCURRENTLY"
        for table in _CONSTRAINT.findall(text):
            if table not in made:
                yield f"nobody writes to {table} while all rows are looked at: NOT VALID"
