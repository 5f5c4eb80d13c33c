"""``polybius explore``: its options, and what keeps it from starting."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from polybius.cli import app
from polybius.store import open_writer

explorer = pytest.importorskip("polybius.explorer", reason="pip install 'polybius[explore]'")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "news.duckdb"):
        pass
    return tmp_path / "news.duckdb"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The settings with which the server would have been started."""
    found: list[Any] = []
    monkeypatch.setattr("polybius.explorer.serve", found.append)
    return found


def explore(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["explore", *map(str, arguments), "--no-open"])
    return done.exit_code, " ".join(done.output.replace("│", " ").split())


def test_it_listens_on_this_machine_only(store: Path, served: list[Any]) -> None:
    code, said = explore(store)
    (settings,) = served
    assert code == 0
    assert (settings.host, settings.read_only, settings.store) == ("127.0.0.1", False, store.resolve())
    assert f"http://127.0.0.1:{settings.port}/" in said
    assert "others on the network" not in said


def test_options(store: Path, served: list[Any]) -> None:
    code, said = explore(store, "--read-only", "--author", "Ada", "--host", "0.0.0.0", "--allow-host", "News.Lab:80")
    (settings,) = served
    assert code == 0
    assert (settings.author, settings.read_only, settings.allowed_hosts) == ("Ada", True, ("news.lab:80",))
    assert "no password" in said


def test_what_cannot_be_served_is_told(store: Path, tmp_path: Path, served: list[Any]) -> None:
    code, said = explore(tmp_path / "gone.duckdb")
    assert (code, "there is no such store" in said) == (2, True)
    code, said = explore(store, "--host", "192.0.2.1")
    assert (code, "cannot listen at" in said) == (2, True)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        code, said = explore(store, "--port", other.getsockname()[1])
    assert (code, "is taken" in said) == (1, True)
    assert served == []
