"""Where the database is, and the embedded PostgreSQL server: start, adopt, stop, back up."""
