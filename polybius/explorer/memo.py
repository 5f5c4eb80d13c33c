"""What was counted of a store, kept until the store changes: counts take most of the time that a page takes."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from polybius.store.words import index_file

Value = TypeVar("Value")
Version = tuple[tuple[int, int, int], ...]
MOST = 256


class Memo(Generic[Value]):
    """The answers of one store, those asked for last. It belongs to one application; threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._version: Version = ()
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, store: Path, key: Hashable, make: Callable[[], Value]) -> Value:
        """What ``make`` gives, or gave while the store was the same. The caller holds the store open."""
        version = version_of(store)
        with self._lock:
            if version == self._version and key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        self._keep(version, key, made)
        return made

    def _keep(self, version: Version, key: Hashable, value: Value) -> None:
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            self._kept[key] = value
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def version_of(store: Path) -> Version:
    """What changes with every write to a store or its index of words: file, size and time of all the files there are."""
    found: list[tuple[int, int, int]] = []
    for path in (store, Path(f"{store}.wal"), index_file(store)):
        with suppress(OSError):
            state = os.stat(path)
            found.append((state.st_ino, state.st_size, state.st_mtime_ns))
    return tuple(found)
