"""``polybius history``: every version of an event, and who decided what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from polybius.cli.decide import EventArgument
from polybius.cli.forget import StoreOption

if TYPE_CHECKING:
    from polybius.run.lineage import Lineage, Ruled, Version

AsOption = Annotated[str, typer.Option("--format", metavar="table|json", help="What to print.")]
FORMATS = ("table", "json")


def history(event: EventArgument, store: StoreOption, format: AsOption = "table") -> None:
    """Every version of an event: the ids that it replaced and that replaced it, merges, splits, and who decided what when.

    [bold]Examples[/bold]

      polybius history evt1-4be0 --in news.duckdb

    An event's id changes with its reports. Ids of today and of any earlier assembly may be asked for.
    """
    from polybius.cli.ingest import store_errors
    from polybius.run.lineage import lineage

    require_format(format)
    with store_errors("--in"):
        found = lineage(store, event)
    if format == "json":
        typer.echo(json.dumps(_record(found), ensure_ascii=False, indent=1))
        return
    for version in found.versions:
        typer.echo(_version_line(version, version.id == event))
    typer.echo()
    for ruled in found.decisions:
        typer.echo(_decision_line(ruled))
    if not found.decisions:
        typer.echo("nobody decided anything about its reports")


def require_format(format: str) -> None:
    """A format that there is not is wrong usage."""
    if format not in FORMATS:
        allowed = ", ".join(FORMATS)
        raise typer.BadParameter(f"there is no format {format!r}; allowed: {allowed}", param_hint="--format")


def _version_line(version: Version, asked: bool) -> str:
    """``evt1-4be0  ASSAULT actual  2024-05-14  2 reports, 2 sources  was merged → evt1-91fa``."""
    from polybius.cli.text import plural

    counts = f"{plural(len(version.reports), 'report')}, {plural(version.n_sources, 'source')}"
    heirs = f" → {', '.join(version.heirs)}" if version.heirs else ""
    mark = "*" if asked else " "
    return f"{mark} {version.id}  {version.event} {version.status}  {_days(version)}  {counts}  {version.how}{heirs}"


def _days(version: Version) -> str:
    if version.start == version.end:
        return version.start or "no date"
    return f"{version.start or '..'}/{version.end or '..'}"


def _decision_line(ruled: Ruled) -> str:
    from polybius.cli.text import clean

    one = ruled.decision
    parts = [f"decision {one.seq}: {one.kind}", f"by {clean(one.author or 'somebody')}"]
    parts += [f"at {one.made_at}"] if one.made_at else []
    parts += [f"({clean(one.note)})"] if one.note else []
    parts += [f"undone by decision {ruled.undone_by}"] if ruled.undone_by else []
    parts += [] if ruled.folded else ["takes effect with the next assembly"]
    return " ".join(parts)


def _record(found: Lineage) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "versions": [asdict(version) for version in found.versions],
        "decisions": [{**asdict(r.decision), "undone_by": r.undone_by, "folded": r.folded} for r in found.decisions],
    }
