"""The program `anlan`: one file a command, loaded when it is called."""

from anlan.project.cli.program import main

__all__ = ["main"]
