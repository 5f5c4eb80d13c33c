"""The stores and clients that the explorer's tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import explorer_store
import pytest

pytest.importorskip("fastapi", reason="the explorer's libraries are missing: pip install 'polybius[explore]'")

from starlette.testclient import TestClient  # noqa: E402

from polybius.explorer import Settings, create_app  # noqa: E402

HERE = "http://127.0.0.1:8340"
Open = Callable[..., TestClient]


@pytest.fixture(scope="session")
def opening() -> Open:
    """A client of an explorer of a store. Faults of ours are answers, as they are for users."""

    def client(store: Path, **settings: Any) -> TestClient:
        return TestClient(create_app(Settings(store, **settings)), base_url=HERE, raise_server_exceptions=False)

    return client


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return explorer_store.fill(tmp_path_factory.mktemp("plain") / "news.duckdb", explorer_store.plain())


@pytest.fixture(scope="session")
def client(news: Path, opening: Open) -> TestClient:
    return opening(news)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, opening: Open) -> TestClient:
    return opening(explorer_store.fill(tmp_path_factory.mktemp("hostile") / "h.duckdb", explorer_store.hostile()))


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory, opening: Open) -> TestClient:
    return opening(explorer_store.fill(tmp_path_factory.mktemp("many") / "m.duckdb", explorer_store.many(120)))


@pytest.fixture
def page(store: Path, opening: Open) -> TestClient:
    """A client of a person who reviews the module's own store."""
    return opening(store, author="Ada")
