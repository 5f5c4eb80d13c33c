"""The store that the tests ask, made once."""

from __future__ import annotations

from pathlib import Path

import asked_store
import pytest


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked_store.fill(tmp_path_factory.mktemp("store") / "news.duckdb")


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asked_store.fill(tmp_path_factory.mktemp("raw") / "raw.duckdb", assembled=False)
