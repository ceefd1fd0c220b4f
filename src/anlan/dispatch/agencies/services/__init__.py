"""Every write about linked agencies, a file for each kind of thing."""
