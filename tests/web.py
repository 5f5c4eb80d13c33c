"""A small web for tests: a server on the loopback, and a fetcher that takes every public address for it.

The fetcher is the product's own: names are looked up in a table, and what the table says is checked as ever.
"""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from polybius.ingest.decode import Undecodable
from polybius.ingest.extractor import Extractor, Task
from polybius.ingest.fetch import Clock, Fetcher, Limits
from polybius.ingest.fetch.robots import judged_by

PUBLIC = "93.184.216.34"
NOW = dt.datetime(2024, 3, 20, 12, tzinfo=dt.UTC)

Writer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Web:
    """What the server gives, by host and path, and what it was asked. What is not there is 404."""

    pages: dict[str, tuple[int, Mapping[str, str], bytes] | Writer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    port: int = 0

    def page(self, url: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Put a page at an address without its scheme."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[url] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, data)

    def resolve(self, host: str, port: int) -> list[str]:
        return self.names.get(host, [PUBLIC])

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def fetcher(self, extractor: Extractor, limits: Limits | None = None, clock: Clock | None = None) -> Fetcher:
        return Fetcher(
            judged_by(extractor),
            resolve=self.resolve,
            connect=self.connect,
            clock=clock or Clock(now=lambda: NOW),
            limits=limits or Limits(pause=0.0, step=5.0, total=10.0),
        )


@contextmanager
def serving(web: Web | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    web = web or Web()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(web))
    if tls:  # each connection speaks it in a thread of its own
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that goes away is what is tested
    web.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def _handler(web: Web) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = f"{self.headers['Host']}{self.path}"
            web.asked.append(url)
            web.headers.append(dict(self.headers.items()))
            page = web.pages.get(url, (404, {}, b"no such page"))
            self.close_connection = True
            if callable(page):
                page(self)
                return
            status, headers, body = page
            if headers.get("ETag") and self.headers["If-None-Match"] == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


class Here(Extractor):
    """The worker's functions without its process: tests that start many processes need no worker for each."""

    def run(self, task: Task, data: bytes, about: dict[str, Any]) -> list[dict[str, Any]]:
        from polybius.ingest import worker

        found = json.loads(json.dumps(worker._found({"task": task, **about}, data)))
        if isinstance(found, dict):
            raise Undecodable(found["reason"], found["detail"])
        return list(found)
