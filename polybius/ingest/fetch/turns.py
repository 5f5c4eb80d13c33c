"""One at a time for each name: what several threads want of one host, one after the other."""

from __future__ import annotations

from collections import defaultdict
from threading import Lock


class Turns:
    """A lock for each name."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)

    def of(self, name: str) -> Lock:
        """The lock of a name."""
        with self._guard:
            return self._locks[name]
