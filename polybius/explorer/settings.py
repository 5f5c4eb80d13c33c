"""How the explorer is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8340


@dataclass(frozen=True, slots=True)
class Settings:
    """Which store is shown, at what address, and whether persons may decide about it.

    ``allowed_hosts`` are further names under which the server may be called, with or without a port; ``author`` signs
    decisions; ``wait`` is how many seconds a request waits for a writer to finish its batch.
    """

    store: Path
    host: str = LOOPBACK
    port: int = PORT
    read_only: bool = False
    allowed_hosts: tuple[str, ...] = ()
    author: str = "unnamed"
    wait: float = 5.0
