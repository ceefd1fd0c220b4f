"""The one write of imports."""
