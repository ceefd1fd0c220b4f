"""Groups of commands that load a command's code when it is called, not before."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click


class Commands(click.Group):
    """Commands by the place of their code: calling one does not load the others.

    Parameters
    ----------
    places : mapping of str to str
        `module:name` by the command's name, in the order they are shown.
    """

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order they are shown."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command's module; None for an unknown name."""
        place = self._places.get(cmd_name)
        if place is None:
            return None
        module, _, name = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


def group(places: Mapping[str, str]) -> Callable[[Callable[..., None]], click.Group]:
    """Make a group of the commands at `places`; `-h` asks for help."""
    return click.group(
        cls=Commands, places=places, context_settings={"help_option_names": ["-h", "--help"]}
    )
