"""Named places just before and after everything that lasts. A hook is called there; tests kill the process in it."""

from __future__ import annotations

from collections.abc import Callable

Hook = Callable[[str], None]

# In the order in which a run may come by. A test kills a process once at each of them.
POINTS = (
    "lock: before taken",
    "lock: after taken",
    "create: before commit",
    "create: after commit",
    "create: before named",
    "create: after named",
    "batch: before begin",
    "batch: after fold",
    "batch: before commit",
    "batch: after commit",
    "batch: before checkpoint",
    "batch: after checkpoint",
    "batch: after close",
    "migrate: before commit",
    "migrate: after commit",
    "decision: before commit",
    "decision: after commit",
    "text index: before commit",
    "text index: after commit",
    "text index: before removed",
    "text index: after removed",
    "compact: before replace",
    "compact: after replace",
    "dataset out: before named",
    "dataset out: after named",
    "dataset in: before commit",
    "dataset in: before named",
    "dataset in: after named",
    "lock: before released",
    "lock: after released",
)


def no_hook(point: str) -> None:
    """The hook of everybody but tests."""
