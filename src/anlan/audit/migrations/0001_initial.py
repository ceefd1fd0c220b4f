from django.db import migrations

TABLES = """
    CREATE TABLE audit_leaf (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        table_name text NOT NULL,
        row_id uuid NOT NULL,
        verb text NOT NULL,
        actor text NOT NULL,
        organisation text NOT NULL DEFAULT '',
        purpose text NOT NULL,
        written_at timestamptz NOT NULL DEFAULT now(),
        digest text NOT NULL DEFAULT '',
        salt bytea
    );
    CREATE TABLE audit_entry (
        number bigint PRIMARY KEY CHECK (number >= 0),
        table_name text NOT NULL,
        row_id uuid NOT NULL,
        entry text NOT NULL
    );
    CREATE INDEX audit_entry_row ON audit_entry (row_id, number);
    CREATE TABLE audit_row (
        table_name text,
        row_id uuid,
        number bigint NOT NULL,
        salt bytea NOT NULL,
        PRIMARY KEY (table_name, row_id)
    );
    CREATE TABLE audit_tile (
        level smallint CHECK (level BETWEEN 0 AND 7),
        index bigint CHECK (index >= 0),
        hashes bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192),
        PRIMARY KEY (level, index)
    );
    CREATE TABLE audit_checkpoint (
        size bigint PRIMARY KEY CHECK (size > 0),
        note text NOT NULL,
        sealed_at timestamptz NOT NULL DEFAULT now()
    );
    CREATE TABLE audit_witness (
        name text PRIMARY KEY,
        size bigint NOT NULL DEFAULT 0,
        line text NOT NULL DEFAULT '',
        cosigned_at timestamptz,
        asked_at timestamptz NOT NULL DEFAULT now(),
        wrong text NOT NULL DEFAULT ''
    );
    CREATE TABLE audit_shape (table_name text PRIMARY KEY, columns text[] NOT NULL);
"""
NAMES = ("leaf", "entry", "row", "tile", "checkpoint", "witness", "shape")

# What a row holds is told by to_jsonb: its keys have an order of their own, and times are in the
# zone that is set here, whoever writes.
WRITE_LEAF = """
    CREATE FUNCTION audit_write_leaf() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
    AS $body$
    DECLARE
        drawn bytea;
        found text := '';
        named uuid;
    BEGIN
        IF TG_OP = 'DELETE' THEN
            named := OLD.id;
        ELSE
            named := NEW.id;
            drawn := uuid_send(gen_random_uuid());
            found := encode(sha256(
                drawn || convert_to((to_jsonb(NEW) - TG_ARGV[0]::text[])::text, 'UTF8')
            ), 'hex');
        END IF;
        INSERT INTO audit_leaf (table_name, row_id, verb, actor, organisation, purpose, digest, salt)
        VALUES (
            TG_TABLE_NAME, named, TG_OP,
            coalesce(nullif(current_setting('anlan.actor', true), ''), 'role:' || session_user),
            coalesce(current_setting('anlan.organisation', true), ''),
            coalesce(current_setting('anlan.purpose', true), ''),
            found, drawn
        );
        RETURN NULL;
    END
    $body$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("kernel", "0004_outboxreader"),
    ]

    operations = [
        migrations.RunSQL(
            sql=TABLES,
            reverse_sql=[f"DROP TABLE audit_{name} CASCADE" for name in NAMES],
        ),
        migrations.RunSQL(
            sql=[WRITE_LEAF, "REVOKE ALL ON FUNCTION audit_write_leaf() FROM PUBLIC"],
            reverse_sql="DROP FUNCTION audit_write_leaf() CASCADE",
        ),
    ]
