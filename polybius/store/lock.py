"""One long writer at a time: a lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from polybius.store.connect import require_folder
from polybius.store.errors import StoreBusy, StoreUnusable
from polybius.store.failpoints import Hook, no_hook

SUFFIX = ".lock"


@contextmanager
def writer_lock(path: Path | str, *, hook: Hook = no_hook) -> Iterator[None]:
    """Be the only long writer of the store. Raises StoreBusy, with the process that is, where there is one.

    A lock file that a killed process has left behind holds nobody up: the number in it is for the message only.
    """
    file = lock_file(path)
    require_folder(Path(path))
    hook("lock: before taken")
    descriptor = _take(file, Path(path))
    hook("lock: after taken")
    try:
        yield
    finally:
        hook("lock: before released")
        # Removed while still held: whoever waits finds that the name is gone and makes a new file.
        with suppress(OSError):
            file.unlink()
        os.close(descriptor)
        hook("lock: after released")


def lock_file(path: Path | str) -> Path:
    """The file beside the store that says who is writing."""
    return Path(f"{path}{SUFFIX}")


def _take(file: Path, path: Path) -> int:
    while True:
        descriptor = _open(file, path)
        if not _locked(descriptor):
            holder = os.pread(descriptor, 200, 0).decode("ascii", "replace").strip() if sys.platform != "win32" else ""
            os.close(descriptor)
            raise StoreBusy(f"{path} is being written by process {holder or 'unknown'}; wait for it or end it")
        if _still_named(descriptor, file):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
            return descriptor
        os.close(descriptor)


def _open(file: Path, path: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreUnusable(f"{path} cannot be written: {file.name}: {error.strerror}") from None


def _locked(descriptor: int) -> bool:
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # Beyond the text, so that others can read who holds it.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _still_named(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(file))
    except FileNotFoundError:
        return False
