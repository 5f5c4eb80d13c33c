"""Why an address gave no page."""

from __future__ import annotations

from polybius.ingest.decode import Undecodable


class NotFetched(Undecodable):
    """An address that gave no page. ``passing``: it may the next time; ``wait``: in how many seconds, by the server's word."""

    def __init__(self, reason: str, detail: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(reason, detail)
        self.passing, self.wait = passing, wait
