"""The process that takes pages, feeds and mails apart: a task on standard input, what was found on standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from polybius.ingest.decode import Undecodable

INSTALL = "pip install 'polybius[ingest]'"


def main() -> None:
    """Serve until standard input ends."""
    _limit(int(sys.argv[1]))
    tasks, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the replies
    while line := tasks.readline():
        task = json.loads(line)
        _answer(replies, _found(task, tasks.read(task.pop("size"))))


def _limit(memory: int) -> None:
    """Fewer addresses; no dump of memory when it crashes. Where the system has no limits, that of time holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(replies: BinaryIO, found: object) -> None:
    data = json.dumps(found).encode()
    replies.write(f"{len(data):012d}".encode() + data)
    replies.flush()


def _found(task: dict[str, Any], data: bytes) -> list[dict[str, Any]] | dict[str, str]:
    try:
        return _functions()[task.pop("task")](data, **task)
    except Undecodable as error:
        return {"reason": error.reason, "detail": error.detail}
    except ImportError as error:
        return {"reason": "not_installed", "detail": f"{error.name}; {INSTALL}"}
    except MemoryError:
        return {"reason": "gave_up", "detail": "it needs too much memory"}
    except RecursionError:
        return {"reason": "gave_up", "detail": "nested too deeply"}
    except Exception as error:  # a library that stumbles over one page must not take the others with it
        return {"reason": "gave_up", "detail": f"{type(error).__name__}: {error}"[:300]}


def _functions() -> Mapping[str, Callable[..., list[dict[str, Any]]]]:
    from polybius.ingest.feeds import feed
    from polybius.ingest.mail import mail
    from polybius.ingest.pages import page
    from polybius.ingest.robots import robots

    return {"page": page, "feed": feed, "mail": mail, "robots": robots}
