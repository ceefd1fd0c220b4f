"""Every write of dispatch, a file for each kind of thing."""
