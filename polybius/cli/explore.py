"""``polybius explore``: a local web page over a store."""

from __future__ import annotations

import getpass
import ipaddress
import threading
import webbrowser
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.asking import DatabaseArgument

if TYPE_CHECKING:
    from polybius.explorer import Settings

FAILED = 1
INSTALL = "the explorer needs more libraries; install them with: pip install 'polybius[explore]'"
OPEN_AFTER = 0.7  # seconds; the server is up by then


def explore(
    store: DatabaseArgument,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; any but 127.0.0.1 shows it to others.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="The port; by default 8340, or a free one.", show_default=False),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Nobody can correct or decide anything.")] = False,
    author: Annotated[
        str | None,
        typer.Option("--author", metavar="NAME", help="Who decides; by default your login.", show_default=False),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="A further name, such as news.lab:8340, under which the page may be opened. May be given several times.",
            show_default=False,
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
) -> None:
    """Look at a store in the browser: what happened, the words behind it, and room to correct it.

    [bold]Examples[/bold]

      polybius explore news.duckdb

      polybius explore news.duckdb --read-only --port 9000 --no-open

    The page is served on this machine only, and needs no network. What is corrected goes to the journal beside the store.

    [bold]Exit status[/bold]

      1  a library is missing, or the port is taken

      2  wrong usage, or a file that is no store
    """
    explorer = _library()
    _require_store(store)
    chosen = _port(host, port)
    settings = explorer.Settings(
        store=store.resolve(),
        host=host,
        port=chosen,
        read_only=read_only,
        allowed_hosts=tuple(name.lower() for name in allow_host or ()),
        author=author or _login(),
    )
    _announce(settings, open_browser)
    explorer.serve(settings)


def _library() -> ModuleType:
    """The package of the explorer; without its libraries the line that installs them."""
    try:
        from polybius import explorer
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("polybius"):
            raise
        typer.echo(f"polybius: {INSTALL} (missing: {error.name})", err=True)
        raise typer.Exit(FAILED) from None
    return explorer


def _require_store(store: Path) -> None:
    """A file that cannot be read is told now, not at the first page."""
    from polybius.cli.ingest import store_errors
    from polybius.store import open_reader

    with store_errors("DB"), open_reader(store):
        pass


def _port(host: str, wanted: int | None) -> int:
    """The port to listen at. One that is taken is a failure; an address that is none of this machine, wrong usage."""
    from polybius.explorer import PortTaken, free_port

    try:
        return free_port(host, wanted)
    except PortTaken as error:
        typer.echo(f"polybius: {error}; leave --port out and a free one is chosen", err=True)
        raise typer.Exit(FAILED) from None
    except OSError as error:
        raise typer.BadParameter(
            f"cannot listen at {host!r} ({error.strerror or error}); 127.0.0.1 is this machine", param_hint="--host"
        ) from None


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a process without a user, as in some containers
        return "unnamed"


def _announce(settings: Settings, open_browser: bool) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    name = "localhost" if _any_address(settings.host) else host
    address = f"http://{name}:{settings.port}/"
    typer.echo(f"{settings.store.name}: {address}  (Ctrl+C ends it)")
    if not _loopback(settings.host):
        typer.echo(f"others on the network can open it at port {settings.port}; there is no password", err=True)
    if open_browser:
        timer = threading.Timer(OPEN_AFTER, webbrowser.open, [address])
        timer.daemon = True
        timer.start()


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _any_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
