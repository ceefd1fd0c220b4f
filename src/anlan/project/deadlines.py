"""What follows when a deadline is due, by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from anlan.kernel.deadlines import Handler

HANDLERS: Mapping[str, Handler] = MappingProxyType({})
