"""What a robots.txt says of an address. Runs in the worker: its patterns can be written so that they take for ever."""

from __future__ import annotations

from typing import Any


def robots(data: bytes, url: str, agent: str) -> list[dict[str, Any]]:
    """Whether ``agent`` may fetch the address, and the pause in seconds that it is asked to keep."""
    from protego import Protego

    rules = Protego.parse(data.decode("utf-8", "replace").removeprefix("\ufeff"))
    return [{"allowed": bool(rules.can_fetch(url, agent)), "pause": float(rules.crawl_delay(agent) or 0)}]
