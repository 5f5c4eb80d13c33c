"""``polybius why-not``: why a sentence has no report of a type, or which rule or score gave it one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from polybius.cli.options import CodebookOption, ModelOption, ThreadsOption

if TYPE_CHECKING:
    from polybius.codebook import Codebook
    from polybius.records import Claim, Document, Frame, Span, TraceEntry
    from polybius.run.plan import ReaderLike

MOST = 5  # events of other types that are shown
SHORT, MARGIN = 300, 40  # characters of a text that need not be quoted again, and on each side of a trigger where it is


def why_not(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence, or a few.", show_default=False)],
    event: Annotated[str, typer.Option("--event", metavar="TYPE", help="The type of event, such as PROTEST.")],
    threads: ThreadsOption = 1,
    model: ModelOption = None,
    codebook: CodebookOption = None,
) -> None:
    """Say why TEXT has no report of TYPE, or what gave it one: scores, rules, and the conditions that failed.

    [bold]Examples[/bold]

      polybius why-not "Thousands marched in Lima." --event PROTEST
    """
    from polybius import codebook as codebooks
    from polybius import reader
    from polybius.cli.failures import starting
    from polybius.codebook.faults import unknown
    from polybius.ingest import make_document

    with starting():
        book = codebooks.load(codebook)
        if event not in book.types:
            raise typer.BadParameter(unknown("event type", event, book.types), param_hint="--event")
        ready = reader.load(model, threads)
    for line in answer(make_document(text), ready, book, event):
        typer.echo(line)


def answer(document: Document, reader: ReaderLike, codebook: Codebook, event: str) -> Iterator[str]:
    """The lines of the answer: reports of the type, then what came near, then rules that did not fire."""
    from polybius.coding import claims
    from polybius.run.candidates import lowered

    trace: list[TraceEntry] = []
    reading = reader.read(document)
    found = claims(document, reading, codebook, trace.append)
    own = [claim for claim in found if claim.event == event]
    for claim in own:
        yield f"{event} “{claim.trigger.of(document.text)}”: reported, {claim.status}, score {score(claim):.2f}, by {claim.found_by}"
    if not own:
        yield f"no report of {event}"
    below = [frame for frame in lowered(reader).read(document).frames if frame not in reading.frames]
    yield from candidates(document, below, threshold_of(reader, document.text), found, event)
    yield from decisions(document, trace, codebook, event)


def score(claim: Claim) -> float:
    return dict(claim.confidence).get("event", 0.0)


def candidates(
    document: Document, below: list[Frame], threshold: float, found: tuple[Claim, ...], event: str
) -> Iterator[str]:
    """Frames below the reader's threshold, and what was reported of other types: near them, or else the surest."""
    low = sorted((f for f in below if f.event == event), key=lambda frame: (-frame.score, frame.trigger))
    for frame in low:
        words, where = frame.trigger.of(document.text), around(document.text, frame.trigger)
        yield f"  score: “{words}” as {event} {frame.score:.2f}, below the threshold {threshold:.2f}{where}"
    if not low and not any(claim.event == event for claim in found):
        yield f"  score: no word comes near {event}"
    others = [claim for claim in found if claim.event != event]
    sentences = {frame.sentence for frame in low}
    near = [claim for claim in others if claim.sentence in sentences]
    shown = (near or sorted(others, key=score, reverse=True))[:MOST]
    for claim in shown:
        words, where = claim.trigger.of(document.text), around(document.text, claim.trigger)
        yield f"  read as {claim.event}: “{words}” {score(claim):.2f}, {claim.status}, by {claim.found_by}{where}"
    if len(others) > len(shown):
        yield f"  {len(others) - len(shown)} more events of other types in the text"


def around(text: str, trigger: Span) -> str:
    """The words about a trigger; of a short text they need not be told."""
    if len(text) <= SHORT:
        return ""
    start, end = max(trigger.start - MARGIN, 0), min(trigger.end + MARGIN, len(text))
    words = " ".join(text[start:end].split())
    return f", in: {'…' * (start > 0)}{words}{'…' * (end < len(text))}"


def threshold_of(reader: ReaderLike, text: str) -> float:
    """The score from which on the reader reports a frame of a text."""
    name = "threshold" if several_windows(reader, text) else "brief_threshold"
    return float(getattr(reader, name, getattr(reader, "threshold", 0.0)))


def several_windows(reader: ReaderLike, text: str) -> bool:
    """Whether the reader reads a text in several parts: such texts have a threshold of their own."""
    from polybius.reader import atoms

    tokenizer = getattr(reader, "tokenizer", None)
    return tokenizer is not None and len(atoms.windows(atoms.split(text, tokenizer))) > 1


def decisions(document: Document, trace: list[TraceEntry], codebook: Codebook, event: str) -> Iterator[str]:
    """What coding did to frames of the type, and the rules about it: fired, or the condition that failed."""
    about = {f"rule {rule.id}": rule for rule in codebook.rules if touches(rule.action.event, dict(rule.frame), event)}
    silent = dict.fromkeys(about)
    for entry in trace:
        if entry.rule in about:
            silent.pop(entry.rule, None)
            yield f"  {entry.rule}: “{entry.span.of(document.text)}” {entry.verdict}: {entry.detail}"
        elif event in entry.detail and entry.rule in ("still to come", "type", "trigger", "same trigger"):
            yield f"  {entry.rule}: “{entry.span.of(document.text)}” {entry.verdict}: {entry.detail}"
    for name in silent:
        yield f"  {name}: not fired: no word or frame fits its trigger"


def touches(made: str, tests: dict[str, tuple[str, ...]], event: str) -> bool:
    """Whether a rule makes an event of the type, or looks at frames of it."""
    return made == event or event in tests.get("event", (event,) if not made else ())
