"""The HTTP API under whatever its OpenAPI description lets a program ask, and what it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import explorer_store
import pytest

from polybius.explorer import Settings, create_app

schemathesis = pytest.importorskip("schemathesis")
from hypothesis import HealthCheck, given, settings  # noqa: E402

HOST = {"host": "127.0.0.1:8340"}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.content_type_conformance,
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    entries = [*explorer_store.plain(), *explorer_store.hostile()]
    return create_app(Settings(explorer_store.fill(tmp_path_factory.mktemp("fuzz") / "news.duckdb", entries)))


def paths() -> list[str]:
    return sorted(create_app(Settings(Path("not-opened"))).openapi()["paths"])


@pytest.mark.parametrize("path", paths())
def test_no_question_breaks_the_api(app: Any, path: str) -> None:
    """Every answer is one that the description knows, in its form, and none says that the program failed."""
    known = schemathesis.openapi.from_asgi("/openapi.json", app, headers=HOST)

    @settings(
        max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    @given(case=known[path]["GET"].as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(headers=HOST)
        assert answer.status_code < 500, (answer.status_code, case.formatted_path, answer.text[:300])
        assert "content-security-policy" in answer.headers
        case.validate_response(answer, checks=CHECKS)

    ask()
