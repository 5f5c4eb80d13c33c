"""What a test needs to send a form of the explorer."""

from __future__ import annotations

import re

from starlette.testclient import TestClient


def token(page: TestClient) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page.get("/review/decisions").text)
    assert found
    return found[1]
