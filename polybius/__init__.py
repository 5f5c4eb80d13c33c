"""Political events from news text: every cell of the table can be checked against the words it came from.

``polybius.load()`` gives a coder. It is looked up when it is first asked for, so that ``import polybius`` stays fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polybius.version import __version__

if TYPE_CHECKING:
    from polybius.run import load

__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:
    if name == "load":
        from polybius.run import load

        return load
    raise AttributeError(f"module 'polybius' has no attribute {name!r}; it has: {', '.join(__all__)}")
