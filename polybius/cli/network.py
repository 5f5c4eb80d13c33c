"""``polybius network``: who deals with whom, as GraphML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polybius.cli.asking import DatabaseArgument, OutOption, asking, output, warn_outdated

if TYPE_CHECKING:
    from polybius.query import Asked


@asking
def network(store: DatabaseArgument, asked: Asked, out: OutOption = None) -> None:
    """The network of actors as GraphML, for Gephi, igraph, networkx and others.

    [bold]Examples[/bold]

      polybius network news.duckdb --since 2024-01-01 --out network.graphml

    Nodes are countries and other codes; an edge has counts and net scale. All edges have a direction, since common readers ask for it;
    those that have none are marked symmetric and stand there once.
    """
    from polybius import query

    text = query.network(store, asked)
    with output(out) as stream:
        stream.write(text.encode())
    warn_outdated(store)
