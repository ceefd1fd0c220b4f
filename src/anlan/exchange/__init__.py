"""Standards and connectors: what leaves the system and what comes in, in the words of others."""
