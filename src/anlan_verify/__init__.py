"""Checks an exported audit log by itself: one file, which knows nothing of what wrote the log."""
