"""Scripts of the repository as modules: ``scripts/`` is no package."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

REPOSITORY = Path(__file__).resolve().parent.parent


def script(name: str) -> ModuleType:
    """The module ``scripts/NAME.py``."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", REPOSITORY / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
