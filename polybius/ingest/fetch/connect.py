"""From a host to a connection: its addresses are looked up once, checked, and the checked one is connected to."""

from __future__ import annotations

import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from polybius.ingest.fetch.address import Target, not_public
from polybius.ingest.fetch.failure import NotFetched

Resolver = Callable[[str, int], list[str]]  # host and port → IP addresses
Connector = Callable[[str, int, float], socket.socket]  # IP address, port and seconds → connection
MOST_ADDRESSES = 4


def system_resolver(host: str, port: int) -> list[str]:
    """What the system says. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def direct(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an IP address; no name is looked up. Raises OSError."""
    return socket.create_connection((address, port), seconds)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When all must be done, and how long one step may take, in seconds."""

    at: float
    step: float

    def left(self) -> float:
        """How long the next step may take. Raises TimeoutError where no time is left."""
        left = min(self.step, self.at - time.monotonic())
        if left <= 0:
            raise TimeoutError("it took too long")
        return left


def public_addresses(target: Target, resolve: Resolver, deadline: Deadline) -> list[str]:
    """The addresses of a host that may be connected to. Raises NotFetched where there are none."""
    try:
        found = _in_time(lambda: resolve(target.host, target.port), deadline.left())
    except (OSError, UnicodeError) as error:
        raise NotFetched("unreachable", f"{target.host}: {error}", passing=True) from None
    public = [address for address in found if not_public(address) is None]
    if not public:
        why = next(filter(None, map(not_public, found)), "it has no address")
        raise NotFetched("private_address" if found else "unreachable", f"{target.host}: {why}")
    return public[:MOST_ADDRESSES]


def _in_time(look_up: Callable[[], list[str]], seconds: float) -> list[str]:
    """The system's look-up has no limit of time: it is left alone in its thread when it takes too long."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def run() -> None:
        try:
            answers.put(look_up())
        except Exception as error:  # told below, in the thread that asked
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError("looking up its address took too long") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def open_connection(target: Target, resolve: Resolver, connect: Connector, deadline: Deadline) -> Timed:
    """A connection to a checked address of the host, with TLS where the scheme asks for it. Raises NotFetched."""
    reason, problem = "unreachable", ""
    for address in public_addresses(target, resolve, deadline):
        try:
            return Timed(_opened(target, address, connect, deadline), deadline)
        except ssl.SSLCertVerificationError as error:
            why = error.verify_message or str(error)
            reason, problem = "certificate", f"{target.host} ({address}): its certificate does not hold: {why}"
        except (OSError, ValueError) as error:
            reason, problem = "unreachable", f"{target.host} ({address}): {error}"
    raise NotFetched(reason, problem, passing=True)


def _opened(target: Target, address: str, connect: Connector, deadline: Deadline) -> socket.socket:
    raw = connect(address, target.port, deadline.left())
    if target.scheme == "http":
        return raw
    try:
        raw.settimeout(deadline.left())
        return ssl.create_default_context().wrap_socket(raw, server_hostname=target.host)
    except BaseException:
        raw.close()
        raise


class Timed:
    """A connection for ``http.client`` on which every step, and all of them together, have their time."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self.connection, self.deadline = connection, deadline

    def sendall(self, data: bytes) -> None:
        self.connection.settimeout(self.deadline.left())
        self.connection.sendall(data)

    def makefile(self, mode: str, *_: Any) -> io.BufferedReader:
        assert mode == "rb"
        return io.BufferedReader(_Bytes(self.connection, self.deadline), 65536)

    def close(self) -> None:
        """Nothing: ``http.client`` lets go of a connection before the body has been read."""

    def end(self) -> None:
        """Close the connection itself."""
        self.connection.close()


class _Bytes(io.RawIOBase):
    """What comes in."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection, self._deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(self._deadline.left())
        return self._connection.recv_into(buffer)
