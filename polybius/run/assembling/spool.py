"""Events on their way into the store: in a file without a name, so that a large assembly needs little memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType

from polybius.records import Event

_BATCH = 2000


class Spool:
    """Events that are written once and read any number of times, in their order."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115, closed with the spool
        self._batch: list[Event] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, event: Event) -> None:
        self._batch.append(event)
        if len(self._batch) >= _BATCH:
            pickle.dump(self._batch, self._file, pickle.HIGHEST_PROTOCOL)
            self._batch = []

    def batches(self) -> Iterator[list[Event]]:
        """The events, some thousand at a time."""
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # written above by this process
            except EOFError:
                break
        yield self._batch
