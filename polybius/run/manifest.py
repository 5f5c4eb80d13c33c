"""What a run was made with. Its hash is the stamp of every report; no time of day goes into it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata

from polybius.records import content_id
from polybius.version import __version__

RECIPE = 1

# The libraries whose numbers or rules reach the result.
LIBRARIES = ("numpy", "onnxruntime", "tokenizers")


@dataclass(frozen=True, slots=True)
class RunManifest:
    """Configuration, versions and fingerprints. ``stamp`` is their hash: the same setup gives the same stamp."""

    fingerprints: Mapping[str, str]
    config: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=lambda: versions())

    @property
    def stamp(self) -> str:
        fields: dict[str, str | int | None] = {}
        for part, values in (("config", self.config), ("version", self.versions), ("print", self.fingerprints)):
            fields.update({f"{part}:{key}": value for key, value in values.items()})
        return content_id("run", RECIPE, fields)


def versions() -> dict[str, str]:
    """Versions of the package and of the libraries that compute."""
    return {"polybius": __version__, **{name: installed(name) for name in LIBRARIES}}


def installed(name: str) -> str:
    """The version of an installed distribution, "none" where there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "none"


def python_version() -> str:
    """The version of the interpreter: printed by ``doctor``, not hashed."""
    return platform.python_version()
