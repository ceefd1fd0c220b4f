"""The Common Alerting Protocol 1.2 (OASIS, 2010): its words, how it is read and written."""
