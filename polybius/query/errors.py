"""What can be wrong with a question, as messages for the user."""

from __future__ import annotations


class QueryError(ValueError):
    """A question that makes no sense; the message names what was found and the nearest valid value.

    ``field`` is the filter that is meant.
    """

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class NoEvents(Exception):
    """The store has no events yet; the message names the command that makes them."""
