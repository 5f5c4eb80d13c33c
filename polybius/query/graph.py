"""Who deals with whom, as GraphML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from polybius.query import vocabulary
from polybius.query.asked import Asked
from polybius.query.series import dyads
from polybius.query.table import Row

# Edges all have a direction, since common readers refuse a graph of both kinds: a symmetric pair stands once, marked.
EDGE_KEYS = {
    "symmetric": "boolean",
    "n_events": "int",
    "n_reports": "int",
    "cooperation": "int",
    "conflict": "int",
    "net_scale": "double",
}
_SUMS = ("n_events", "n_reports", "cooperation", "conflict", "net_scale")


def network(path: Path | str, asked: Asked | None = None, **words: Any) -> str:
    """The dyads of all time as a GraphML document. Raises QueryError, NoEvents, StoreError."""
    return "\n".join(_graphml(_edges(dyads(path, asked, **words)))) + "\n"


def _edges(rows: Iterable[Row]) -> list[Row]:
    """One row a pair, summed over the periods."""
    sums: defaultdict[tuple[str, str, bool], dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_SUMS, 0))
    for row in rows:
        pair = sums[row["source"], row["target"], row["symmetric"]]
        for name in _SUMS:
            pair[name] += row[name]
    keys = ("source", "target", "symmetric")
    return [{**dict(zip(keys, pair, strict=True)), **sums[pair]} for pair in sorted(sums)]


def _graphml(edges: list[Row]) -> Iterator[str]:
    names = {**vocabulary.country_names(), **vocabulary.own_actors()}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield '<key id="name" for="node" attr.name="name" attr.type="string"/>'
    for key, kind in EDGE_KEYS.items():
        yield f'<key id="{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>'
    yield '<graph id="network" edgedefault="directed">'
    for code in sorted({edge[end] for edge in edges for end in ("source", "target")}):
        yield f"<node id={quoteattr(code)}>{_data('name', names.get(code, code))}</node>"
    for number, edge in enumerate(edges):
        data = "".join(_data(key, edge[key]) for key in EDGE_KEYS)
        ends = f"source={quoteattr(edge['source'])} target={quoteattr(edge['target'])}"
        yield f'<edge id="e{number}" {ends}>{data}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _data(key: str, value: str | float | bool) -> str:
    if isinstance(value, float):
        value = round(value, 3) + 0.0
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'<data key="{key}">{escape(text)}</data>'
