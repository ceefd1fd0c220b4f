"""The shapes of what comes in and goes out over HTTP."""

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """A shape of requests or replies, read from the attributes of an object or from a dict.

    Django Ninja has one of its own that looks every attribute up by Python, level by level, for the
    sake of Django's managers and templates: a reply of twenty units took longer to check than the
    units to choose.
    """

    model_config = ConfigDict(from_attributes=True)
