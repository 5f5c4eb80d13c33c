"""What can be wrong with a store, as messages for the user."""

from __future__ import annotations


class StoreError(Exception):
    """Something about a store; the message names the file, what was found and what to do."""


class StoreBusy(StoreError):
    """Somebody else holds the file or is its long writer."""


class StoreUnusable(StoreError):
    """The file is missing, no store, damaged, of a newer version, or cannot be written here."""


class StoreFull(StoreError):
    """The disk is full. What was committed before is kept."""


class UnknownId(StoreError):
    """No such document, report or event in the store."""
