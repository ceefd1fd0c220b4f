"""Pages for residents, rendered on the server: report something, follow it."""
