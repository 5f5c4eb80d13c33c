"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import polybius

MODEL = Path(polybius.__file__).parent / "reader" / "model" / "reader.onnx"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests marked ``model`` skip where the model file is missing; where CI is set, nothing may be missing."""
    if item.get_closest_marker("model") and not MODEL.is_file():
        reason = f"the model file is missing: {MODEL} (make it with `just train`)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
