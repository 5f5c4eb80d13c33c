"""The server process."""

from __future__ import annotations

import errno
import socket

import uvicorn

from polybius.explorer.app import create_app
from polybius.explorer.settings import PORT, Settings


def serve(settings: Settings) -> None:
    """Answer requests until the process is interrupted."""
    app = create_app(settings)
    app.state.indexer.begin(settings.store)  # so that the first search finds it made
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=100,
    )


class PortTaken(Exception):
    """Somebody else listens at the port that was asked for."""


def free_port(host: str, wanted: int | None = None) -> int:
    """The port that is wanted, else the usual one where it is free, else one that is.

    Raises PortTaken, and OSError where the address is none of this machine.
    """
    for port in (wanted,) if wanted else (PORT, 0):
        found = _bound(host, port)
        if found is not None:
            return found
    raise PortTaken(f"port {wanted} of {host} is taken or not allowed")


def _bound(host: str, port: int) -> int | None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            if port and error.errno in (errno.EADDRINUSE, errno.EACCES):
                return None
            raise
        return int(tried.getsockname()[1])
