"""Which countries, actors, event types and modes there are, and the nearest to one that is not."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Callable, Iterable, Mapping

from polybius import codebook
from polybius.query.errors import QueryError
from polybius.reference.names import folded
from polybius.reference.world import DATA

Source = Callable[[], Mapping[str, str]]  # folded names → values; asked only where those before it do not know the name
Known = Callable[[], Iterable[str]]


def country(field: str, found: str) -> str:
    """The ISO 3166 alpha-3 code of a code or a country's name. Raises QueryError."""
    return _chosen(field, "country", found, _countries)


def actor(field: str, found: str, known: Known) -> str:
    """The code of an actor: a country, one of PLOVER's own, or one that the store knows. Raises QueryError."""
    return _chosen(field, "actor", found, _countries, lambda: _folded(own_actors()), lambda: _folded(known()))


def event(field: str, found: str, known: Known) -> str:
    """The name of an event type, in whatever case it is written. Raises QueryError."""
    return _chosen(field, "event type", found, lambda: _folded(known()), lambda: _folded(codebook.load().types))


def mode(field: str, found: str, known: Known) -> str:
    """The name of a mode. Raises QueryError."""
    return _chosen(field, "mode", found, lambda: _folded(known()), lambda: _folded(_modes()))


def publisher(field: str, found: str, known: Known) -> str:
    """A publisher of the store. Raises QueryError."""
    return _chosen(field, "publisher in the store", found, lambda: _folded(known()))


def _modes() -> list[str]:
    return [mode for kind in codebook.load().types.values() for mode in kind.modes]


def _countries() -> dict[str, str]:
    """Folded names, aliases and codes → code. A code or a name wins over an alias."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    aliases = {folded(alias): row["code"] for row in rows for alias in row["aliases"].split(";") if alias}
    return {**aliases, **{folded(row[key]): row["code"] for key in ("name", "code") for row in rows}}


def country_names() -> dict[str, str]:
    """Code → name."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def own_actors() -> Mapping[str, str]:
    """PLOVER's own codes of actors that are no countries → what they mean."""
    return codebook.load().actor_codes


def _folded(names: Iterable[str]) -> dict[str, str]:
    return {folded(name): name for name in names if name}


def _chosen(field: str, kind: str, found: str, *sources: Source) -> str:
    key = folded(found)
    allowed: dict[str, str] = {}
    for source in sources:
        allowed |= source()
        if key in allowed:
            return allowed[key]
    near = difflib.get_close_matches(key, allowed, n=1, cutoff=0.5)
    hint = f"did you mean {_shown(near[0], allowed)}?" if near else _listed(allowed)
    raise QueryError(field, f"there is no {kind} {found!r}; {hint}")


def _shown(key: str, allowed: Mapping[str, str]) -> str:
    value = allowed[key]
    return value if folded(value) == key else f"{key.title()} ({value})"


def _listed(allowed: Mapping[str, str]) -> str:
    values = sorted(set(allowed.values()))
    return f"allowed: {', '.join(values)}" if 0 < len(values) <= 20 else "use a name or an ISO 3166 alpha-3 code"
