"""``polybius codebook``: is an edited codebook right, and do its rules what their examples say?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.options import ModelOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polybius.codebook import Codebook, Example, Rule

app = typer.Typer(help="An edited codebook and its rules.", no_args_is_help=True, rich_markup_mode="rich")

FAULTY = 1


@app.callback()
def _codebook() -> None:
    """An edited codebook and its rules."""


@app.command("check", no_args_is_help=True)
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A codebook, such as mine.yaml.", show_default=False)],
    model: ModelOption = None,
) -> None:
    """Check FILE: all its faults at once, each with line and column; then the examples of its rules.

    The model reads only the examples that are given without a reading.

    [bold]Examples[/bold]

      polybius codebook check mine.yaml

    [bold]Exit status[/bold]

      0  nothing is wrong

      1  the file has faults, or a rule does not do what an example says
    """
    from polybius import codebook
    from polybius.cli.failures import starting

    with starting():
        found = codebook.load(file)
        faults = list(failing_examples(found, str(file), model))
    for fault in faults:
        typer.echo(fault, err=True)
    examples = sum(len(rule.examples) for rule in found.rules)
    typer.echo(
        f"{file}: {found.name} {found.version}: {len(found.types)} types, {len(found.rules)} rules, {examples} examples"
    )
    if faults:
        raise typer.Exit(FAULTY)


def failing_examples(codebook: Codebook, path: str, model: Path | None) -> Iterator[str]:
    """A line for each example that its rule does not bear out, with the condition that failed."""
    from polybius import reader

    ready = None
    for rule in codebook.rules:
        for example in rule.examples:
            if example.reading is None and ready is None:
                ready = reader.load(model)
            wrong = verdict(codebook, rule, example, ready)
            if wrong:
                yield f"{path}:{example.line}:{example.column}: rule {rule.id}: {example.text!r} {wrong}"


def verdict(codebook: Codebook, rule: Rule, example: Example, reader: object) -> str:
    """What is wrong with an example, "" where nothing is. The same code decides as in coding."""
    from polybius.coding import claims
    from polybius.ingest import make_document
    from polybius.records import TraceEntry

    document = make_document(example.text)
    reading = example.reading or reader.read(document)  # type: ignore[attr-defined]
    trace: list[TraceEntry] = []
    claims(document, reading, codebook, trace.append)
    told = [entry for entry in trace if entry.rule == f"rule {rule.id}"]
    fired = any(entry.verdict == "fired" for entry in told)
    if fired == example.fires:
        return ""
    if fired:
        return "fires the rule and is a counter-example"
    reasons = dict.fromkeys(f"{entry.span.of(document.text)!r}: {entry.detail}" for entry in told)
    return f"does not fire the rule ({'; '.join(reasons) or 'no word or frame fits its trigger'})"
