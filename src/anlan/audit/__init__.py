"""The audit log: what was written and looked at, sealed so that an outsider can check it."""
