"""Survival of the whole database: base backups and the log since, sealed; restored and compared."""
