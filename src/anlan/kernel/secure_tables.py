"""Migration operations that put the rules of a table into the database itself."""

from collections.abc import Iterable, Sequence

from django.db.migrations.operations import RunSQL

APP_ROLE = "anlan_app"
IN_SCOPE = (
    "area BETWEEN nullif(current_setting('anlan.area_low', true), '')::bigint"
    " AND nullif(current_setting('anlan.area_high', true), '')::bigint"
)

OF_ORGANISATION = "nullif(current_setting('anlan.organisation', true), '')::uuid"
ACTING = "current_setting('anlan.actor', true)"
SEES_SEALED = "current_setting('anlan.sees_sealed', true) = 'on'"
AT = "nullif(current_setting('anlan.at', true), '')::timestamptz"


class SecureTable(RunSQL):
    """Row-level security by area range, and the least the application role needs.

    The application may read and insert; update unless `append_only`; delete only if `deletable`.
    `nullif` because a setting that ended with its transaction reads as an empty string.
    """

    def __init__(self, table: str, *, append_only: bool = False, deletable: bool = False) -> None:
        self.table, self.append_only, self.deletable = table, append_only, deletable
        verbs = ["SELECT", "INSERT"]
        verbs += [] if append_only else ["UPDATE"]
        verbs += ["DELETE"] if deletable else []
        super().__init__(
            sql=[
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY in_scope ON {table} USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE})",
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_street_of_area"
                " CHECK (street = area / 1000000)",
                f"GRANT {', '.join(verbs)} ON {table} TO {APP_ROLE}",
            ],
            reverse_sql=[
                f"REVOKE ALL ON {table} FROM {APP_ROLE}",
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_street_of_area",
                f"DROP POLICY in_scope ON {table}",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Return how a migration writes this operation."""
        kwargs: dict[str, object] = {"append_only": self.append_only, "deletable": self.deletable}
        return type(self).__name__, [self.table], kwargs


class OpenToOrganisation(RunSQL):
    """Lets one organisation read rows whatever their area, while `condition` holds.

    `column` names the organisation of a row; `condition` is SQL over the row and may compare times
    with ``{AT}``, the one clock's time in the reader's transaction. Without either setting nothing
    is seen. Reading only: what the organisation may write passes through a service.
    """

    def __init__(self, table: str, *, column: str, condition: str = "true") -> None:
        self.table, self.column, self.condition = table, column, condition
        rule = f"{column} = {OF_ORGANISATION} AND ({condition.replace('{AT}', AT)})"
        super().__init__(
            sql=f"CREATE POLICY of_organisation ON {table} FOR SELECT USING ({rule})",
            reverse_sql=f"DROP POLICY of_organisation ON {table}",
        )

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Return how a migration writes this operation."""
        kwargs: dict[str, object] = {"column": self.column, "condition": self.condition}
        return type(self).__name__, [self.table], kwargs


class Sealed(RunSQL):
    """Keeps rows from whoever may not see them, however wide the scope: policies that only narrow.

    `read` is what must hold of a row for it to be read, `change` for it to be changed or deleted,
    and of how it stands afterwards. Both are SQL over the row.
    """

    def __init__(self, table: str, *, read: str, change: str) -> None:
        self.table, self.read, self.change = table, read, change
        verbs = {"SELECT": read, "UPDATE": change, "DELETE": change}
        super().__init__(
            sql=[
                f"CREATE POLICY sealed_{verb.lower()} ON {table} AS RESTRICTIVE FOR {verb}"
                f" USING ({rule})"
                for verb, rule in verbs.items()
            ],
            reverse_sql=[f"DROP POLICY sealed_{verb.lower()} ON {table}" for verb in verbs],
        )

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Return how a migration writes this operation."""
        return type(self).__name__, [self.table], {"read": self.read, "change": self.change}


class OpenByFunction(RunSQL):
    """A function that gives rows of a table whatever the reader's scope, where `condition` holds.

    For what has to be known before there is a scope, or in every scope. The function runs with the
    rights of the table's owner, so its condition is all that guards: keep it as narrow as its use.
    `arguments` are SQL, and `condition` speaks of them and of the row's columns.
    """

    def __init__(self, function: str, *, table: str, arguments: str, condition: str) -> None:
        self.function, self.table = function, table
        self.arguments, self.condition = arguments, condition
        types = ", ".join(one.split()[1] for one in arguments.split(", "))
        super().__init__(
            sql=[
                f"CREATE FUNCTION {function}({arguments}) RETURNS SETOF {table}"  # noqa: S608
                " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp"
                f" AS $body$ SELECT * FROM {table} WHERE {condition} $body$",
                f"REVOKE ALL ON FUNCTION {function}({types}) FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {function}({types}) TO {APP_ROLE}",
            ],
            reverse_sql=f"DROP FUNCTION {function}({types})",
        )

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Return how a migration writes this operation."""
        kwargs: dict[str, object] = {
            "table": self.table,
            "arguments": self.arguments,
            "condition": self.condition,
        }
        return type(self).__name__, [self.function], kwargs


class StateMachine(RunSQL):
    """A trigger that refuses a new row outside `initial` and a change of state outside `pairs`.

    The pairs are written into the function, so that checking reads no table and caches no plan.
    """

    def __init__(
        self, table: str, *, initial: Iterable[str], pairs: Iterable[tuple[str, str]]
    ) -> None:
        self.table, self.initial, self.pairs = table, sorted(initial), sorted(pairs)
        starts = ", ".join(f"'{state}'" for state in self.initial)
        moves = ", ".join(f"'{source}>{target}'" for source, target in self.pairs)
        super().__init__(
            sql=[
                f"""
                CREATE OR REPLACE FUNCTION {table}_check_state() RETURNS trigger
                LANGUAGE plpgsql AS $body$
                BEGIN
                    IF TG_OP = 'INSERT' AND NEW.state NOT IN ({starts}) THEN
                        RAISE EXCEPTION '{table} may not begin as %', NEW.state
                            USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_state_move';
                    ELSIF TG_OP = 'UPDATE' AND NEW.state IS DISTINCT FROM OLD.state
                        AND OLD.state || '>' || NEW.state NOT IN ({moves}) THEN
                        RAISE EXCEPTION '{table} may not go from % to %', OLD.state, NEW.state
                            USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_state_move';
                    END IF;
                    RETURN NEW;
                END
                $body$
                """,
                f"DROP TRIGGER IF EXISTS check_state ON {table}",
                f"CREATE TRIGGER check_state BEFORE INSERT OR UPDATE OF state ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_check_state()",
            ],
            reverse_sql=[
                f"DROP TRIGGER check_state ON {table}",
                f"DROP FUNCTION {table}_check_state()",
            ],
        )

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Return how a migration writes this operation."""
        return type(self).__name__, [self.table], {"initial": self.initial, "pairs": self.pairs}
