"""What is said at the end of a run, on standard error: rejections with their reasons, counts, exit status."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from polybius.cli.text import clean, plural
from polybius.records import REJECTION_REASONS, Rejection
from polybius.run import Counts, Outcome

GOOD, NOTHING_CODED, SOME_REJECTED = 0, 1, 3


def print_rejections(rejected: Iterable[Outcome]) -> None:
    """One line each: where, the reason word, what it means, the detail."""
    for outcome in rejected:
        if isinstance(outcome.result, Rejection):
            typer.echo(rejection_line(outcome.result), err=True)


def rejection_line(rejection: Rejection) -> str:
    """``notes/menu.pdf: binary: the bytes are not text (this is a PDF file; give its text)``."""
    detail = f" ({clean(rejection.detail)})" if rejection.detail else ""
    return f"{clean(rejection.subject)}: {rejection.reason}: {REJECTION_REASONS[rejection.reason]}{detail}"


def print_summary(counts: Counts) -> None:
    """``3 documents: 2 coded, 1 rejected; 14 reports``."""
    reports = plural(counts.reports, "report")
    coded = f"{counts.coded:,} coded, {counts.rejections:,} rejected"
    typer.echo(f"{plural(counts.documents, 'document')}: {coded}; {reports}", err=True)


def exit_status(counts: Counts) -> int:
    """0 all coded, 1 nothing could be coded, 3 some were rejected."""
    if not counts.coded:
        return NOTHING_CODED
    return SOME_REJECTED if counts.rejections else GOOD
