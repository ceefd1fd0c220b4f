"""Open311 keeps no table of its own: senders have keys as every connected system has."""
