"""Every write of intake, a file for each kind of thing."""
