"""Foreign pages, feeds and mails are taken apart in a process of its own, which may run out of time or memory."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from polybius.ingest.decode import Undecodable

Task = Literal["page", "feed", "mail", "robots"]
SECONDS = 20.0
MEMORY = 1_500_000_000  # bytes of addresses; the libraries take 100 MB of them
MAX_REPLY = 60_000_000
COMMAND = "from polybius.ingest.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost."""

    seconds: float = SECONDS
    memory: int = MEMORY


class Extractor:
    """One worker process, started when the first page comes, and again after it had to be ended."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, task: Task, data: bytes, about: dict[str, Any]) -> list[dict[str, Any]]:
        """What the worker finds in ``data``, one dictionary an article. Raises Undecodable with the reason where it gives up."""
        try:
            reply = self._exchange(json.dumps({"task": task, "size": len(data), **about}).encode() + b"\n" + data)
            found = json.loads(reply)
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            self.close()
            raise Undecodable("gave_up", str(error)) from None
        if isinstance(found, dict):
            raise Undecodable(found["reason"], found["detail"])
        return list(found)

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with contextlib.suppress(OSError):
                process.communicate()

    def _exchange(self, request: bytes) -> bytes:
        process = self._process or self._start()
        self._process = process
        deadline = time.monotonic() + self.limits.seconds
        assert process.stdin and process.stdout
        try:
            process.stdin.write(request)
            process.stdin.flush()
        except BrokenPipeError:
            raise EOFError("its process ended") from None
        size = int(_read(process, 12, deadline))
        if size > MAX_REPLY:
            raise ValueError(f"it gave {size:,} bytes")
        return _read(process, size, deadline)

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        paths = [*filter(None, [os.environ.get("PYTHONPATH")]), root]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
        return subprocess.Popen(
            [sys.executable, "-P", "-c", COMMAND, str(self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )


def _read(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    """``size`` bytes of the reply, before the deadline."""
    assert process.stdout
    descriptor, chunks, missing = process.stdout.fileno(), [], size
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while missing:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError("it took too long")
            chunk = os.read(descriptor, min(missing, 1 << 20))
            if not chunk:
                raise EOFError("its process ended, perhaps for want of memory")
            chunks.append(chunk)
            missing -= len(chunk)
    return b"".join(chunks)
