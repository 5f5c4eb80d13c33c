"""The command line: one module a command."""

from polybius.cli.app import app, main

__all__ = ["app", "main"]
