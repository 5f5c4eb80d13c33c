"""``polybius diff``: what changed between two stores, and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polybius.cli.history import AsOption, require_format

if TYPE_CHECKING:
    from polybius.run.diff import Changed, Difference

EXAMPLES = 5


def _store(metavar: str, help: str) -> Any:
    return typer.Argument(metavar=metavar, help=help, show_default=False)


def diff(
    old: Annotated[Path, _store("A", "The store as it was.")],
    new: Annotated[Path, _store("B", "The store as it is now.")],
    format: AsOption = "table",
    examples: Annotated[int, typer.Option("--examples", min=0, help="Changed reports that a table shows.")] = EXAMPLES,
) -> None:
    """What changed from one store to another, and why: documents, reports by field, events, and the runs that coded them.

    [bold]Examples[/bold]

      polybius diff before.duckdb after.duckdb

      polybius diff before.duckdb after.duckdb --format json > changes.json

    Code the same texts with two releases into two stores to see what the new one changes. Reports are compared that stand at the
    same trigger of the same document; events, by the reports that they share.
    """
    from polybius.cli.ingest import store_errors
    from polybius.run.diff import compare

    require_format(format)
    with store_errors("A or B"):
        found = compare(old, new)
    if format == "json":
        typer.echo(json.dumps(_record(found), ensure_ascii=False, indent=1))
        return
    for line in _lines(found, examples):
        typer.echo(line)


def _record(found: Difference) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(found), "by_field": found.by_field(), "by_what": found.by_what()}


def _lines(found: Difference, examples: int) -> Iterator[str]:
    yield from _table("", ("A", "B"), found.counts)
    listed = ", ".join(f"{len(ids):,} {kind}" for kind, ids in found.documents.items())
    yield f"documents  {listed}"
    yield f"reports    {found.same:,} the same, {len(found.changed):,} changed, {len(found.gained):,} gained, {len(found.lost):,} lost"
    for name, reports in (("changed", found.changed), ("gained", found.gained), ("lost", found.lost)):
        yield from (f"  {name}: {n:,}, {why}" for why, n in _counted(one.why for one in reports).items())
    yield from (f"  {n:>6,} {field}" for field, n in found.by_field().items())
    for one in found.changed[:examples]:
        yield from _example(one)
    groups = ", ".join(f"{n:,} {what}" for what, n in found.by_what().items()) or "all the same"
    yield f"events     {groups}"
    for title, types in (("reports by type", found.types), ("events by type", found.event_types)):
        yield from _table(title, ("A", "B"), {name: pair for name, pair in types.items() if pair[0] != pair[1]})
    yield from _runs(found.runs)


def _counted(values: Iterable[str]) -> Mapping[str, int]:
    return dict(Counter(values).most_common())


def _table(title: str, sides: tuple[str, str], rows: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    if not rows:
        return
    width = max(len(name) for name in (*rows, title))
    yield f"{title:{width}}  {sides[0]:>9} {sides[1]:>9}"
    for name, (old, new) in rows.items():
        yield f"{name:{width}}  {old:>9,} {new:>9,}" + (f"  {new - old:+,}" if new != old else "")


def _example(one: Changed) -> Iterator[str]:
    from polybius.cli.text import clean

    yield f"  {clean(one.document)}: {clean(one.trigger)}"
    for name, (old, new) in one.fields.items():
        yield f"    {name}: {_cell(old)} → {_cell(new)}"


def _runs(runs: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    yield "made by    the same runs" if not runs else "made by    other runs:"
    for name, (old, new) in runs.items():
        yield f"  {name}: {_listed(old)} → {_listed(new)}"


def _listed(values: Any) -> str:
    return ", ".join(map(str, values)) if values else "nothing"


def _cell(value: str | None) -> str:
    from polybius.cli.text import clean

    return clean(value) if value else "nothing"
