"""Which addresses may be fetched: http and https, no user's name, few ports, and no private network."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from polybius.ingest.fetch.failure import NotFetched

PORTS = {"http": 80, "https": 443}
ALLOWED_PORTS = (80, 443, 8080, 8443)
MAX_URL = 2000
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*", re.I)
KEPT = "!$&'()*+,;=:@/~%-._"  # characters of a path that stay as they are

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Nets that the standard library's is_global lets through in one version of Python or another.
NOT_PUBLIC = tuple(
    map(ipaddress.ip_network, ("192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
)
UNICAST = ipaddress.ip_network(
    "2000::/3"
)  # all of IPv6 that is handed out; NAT64, mapped and local addresses are outside


@dataclass(frozen=True, slots=True)
class Target:
    """An address in its parts. ``host`` is in ASCII, ``path`` has the query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as the header names it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def site(self) -> str:
        """What a robots.txt holds for."""
        return f"{self.scheme}://{self.authority}"


def parse(url: str, base: str | None = None) -> Target:
    """The address in its parts; ``base`` is where a relative one stood. Raises NotFetched for one that may not be fetched."""
    try:
        joined = urljoin(base, url.strip()) if base else url.strip()
        parts = urlsplit(joined)
        port, host, named = parts.port, parts.hostname or "", "@" in parts.netloc
    except ValueError as error:
        raise _bad(url, str(error)) from None
    if len(joined) > MAX_URL or UNSAFE.search(joined):
        raise _bad(url, f"longer than {MAX_URL} characters, or with blanks, backslashes or control characters")
    if parts.scheme not in PORTS:
        raise _bad(url, f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}")
    if named:
        raise _bad(url, "a name or password stands in the address")
    number = port or PORTS[parts.scheme]
    if port == 0 or number not in ALLOWED_PORTS:
        raise _bad(url, f"port {port}; allowed are {', '.join(map(str, ALLOWED_PORTS))}")
    if "[" in parts.netloc and ":" not in host:
        raise _bad(url, "the host is no address")
    ascii_host = _host(host, url)
    path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT + '?[]')}" if parts.query else "")
    target = Target("", parts.scheme, ascii_host, number, path)
    return Target(f"{target.site}{path}", parts.scheme, ascii_host, number, path)


def _bad(url: str, why: str) -> NotFetched:
    return NotFetched("bad_url", f"{url[:200]}: {why}")


def _host(host: str, url: str) -> str:
    if ":" in host:  # IPv6 stands in brackets
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise _bad(url, "the host is no address") from None
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _bad(url, "the host is no name") from None
    if not HOST.fullmatch(name) or len(name) > 253:
        raise _bad(url, "the host is no name")
    return name


def not_public(text: str) -> str | None:
    """Why an IP address is none of the public network, or None."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return f"{text[:60]} is no IP address"
    kind = _kind(address)
    return f"{address} is {kind}" if kind else None


def _kind(address: IPAddress) -> str | None:
    if isinstance(address, ipaddress.IPv6Address) and address not in UNICAST:
        return _local(address) or "no unicast address of the public network (mapped, NAT64 or reserved)"
    if any(address.version == net.version and address in net for net in NOT_PUBLIC):
        return "set aside (6to4, Teredo or documentation)"
    return _local(address) or (None if address.is_global else "not public")


def _local(address: IPAddress) -> str | None:
    kinds = (
        (address.is_loopback, "this machine (loopback)"),
        (address.is_unspecified, "unspecified"),
        (address.is_link_local, "link-local"),
        (address.is_multicast, "multicast"),
        (address.is_reserved and address.version == 4, "reserved"),
        (address.is_private, "private"),
    )
    return next((name for found, name in kinds if found), None)
