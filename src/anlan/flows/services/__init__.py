"""Every write that joins slices, each in one transaction."""
