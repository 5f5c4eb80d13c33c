"""Political events from news text: every cell of the table can be checked against the words it came from.

``polybius.load()`` gives a coder. It is looked up when it is first asked for, so that ``import polybius`` stays fast.
"""

from polybius.version import __version__

__all__ = ["__version__", "load"]

TYPE_CHECKING = False  # as typing has it; importing typing would cost more than the whole package
if TYPE_CHECKING:
    from polybius.run import load
else:

    def __getattr__(name: str) -> object:
        if name == "load":
            from polybius.run import load

            return load
        raise AttributeError(f"module 'polybius' has no attribute {name!r}; it has: {', '.join(__all__)}")
