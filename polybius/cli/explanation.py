"""An explained document, printed sentence by sentence."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from polybius.cli.sinks import PLAIN_WIDTH
from polybius.cli.table import date_cell, parties_cell, place_cell, report_table, source_cell
from polybius.cli.text import clean, plural
from polybius.coding import Attribution
from polybius.records import ROLE_NAMES, Claim, Document, Filler, Frame, Name, Sentence, Span, TraceEntry
from polybius.report import Report
from polybius.run import Coded, Explained
from polybius.run.walk import Looked, Step, steps, unplaced

LONGEST_CONTENT = 80  # characters of what somebody says
GROUNDED = ("actor", "place", "date")  # what stands under a claim as who, where and when
NAME_STYLES = {"PERSON": "cyan", "ORG": "magenta", "PLACE": "green", "MISC": "yellow"}


def print_explanation(explained: Explained) -> None:
    """Sentences with names marked; under each what was seen and decided, event by event; at the end the table."""
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    for line in _lines(explained):
        console.print(line, soft_wrap=not console.is_terminal)
    console.print(report_table("all", Coded(explained.document, explained.reports)))


def _lines(explained: Explained) -> Iterator[Text]:
    yield _summary(explained)
    for sentence in explained.reading.sentences:
        yield Text()
        yield _sentence(explained.document, sentence, explained.reading.names)
        yield from (_step(step, explained.document.text) for step in arranged(list(steps(explained, sentence))))
    yield from (_entry(entry, explained.document.text) for entry in unplaced(explained))


def arranged(found: Sequence[Step]) -> Iterator[Step]:
    """The steps of a sentence to be read in a row: who says what, each trigger up to its report, then what was decided besides.

    What a claim tells already, its status by the reader and whom it was grounded to, is not told again.
    """
    yield from (step for step in found if isinstance(step, Attribution))
    triggers = _triggers(found)
    taken = {step.span for step in found if isinstance(step, Looked)}
    entries = [step for step in dict.fromkeys(s for s in found if isinstance(s, TraceEntry)) if not _told(step, taken)]
    for trigger in triggers:
        yield from _about(trigger, found, [entry for entry in entries if _decides(entry, trigger)])
    yield from (entry for entry in entries if not any(_decides(entry, trigger) for trigger in triggers))


def _triggers(found: Iterable[Step]) -> list[Span]:
    """The triggers of frames, claims and reports in their order; of those that overlap the first."""
    kept: list[Span] = []
    for span in sorted({span for step in found if (span := _trigger(step)) is not None}):
        if not kept or not span.overlaps(kept[-1]):
            kept.append(span)
    return kept


def _trigger(step: Step) -> Span | None:
    if isinstance(step, Report):
        return step.trigger.span
    return step.trigger if isinstance(step, Frame | Claim) else None


def _about(trigger: Span, found: Sequence[Step], entries: Sequence[TraceEntry]) -> Iterator[Step]:
    """One trigger: its frames, what was decided, its claims with what was looked up for them, its reports."""

    def of(step: Step) -> bool:
        own = _trigger(step)
        return own is not None and own.overlaps(trigger)

    yield from (step for step in found if isinstance(step, Frame) and of(step))
    yield from entries
    claimed = False
    for step in found:
        claimed = of(step) if isinstance(step, Claim) else claimed and isinstance(step, Looked)
        if claimed:
            yield step
    yield from (step for step in found if isinstance(step, Report) and of(step))


def _decides(entry: TraceEntry, trigger: Span) -> bool:
    return entry.stage == "coding" and entry.span.overlaps(trigger)


def _told(entry: TraceEntry, taken: Collection[Span]) -> bool:
    """Whether another line says as much."""
    if entry.stage == "grounding":
        return entry.rule in GROUNDED and entry.span in taken
    return entry.rule == "claim" or (entry.rule, entry.detail) == ("status", "reader")


def _summary(explained: Explained) -> Text:
    reading = explained.reading
    counts = (
        plural(len(reading.sentences), "sentence"),
        plural(len(reading.names), "name"),
        plural(len(reading.frames), "frame"),
        plural(len(explained.claims), "claim"),
        plural(len(explained.reports), "report"),
    )
    best = ", ".join(f"{name} {score:.2f}" for name, score in reading.contexts[:4])
    return Text(f"{', '.join(counts)}; reader {reading.reader}; contexts {best or 'none'}", style="bold")


def _sentence(document: Document, sentence: Sentence, names: Iterable[Name]) -> Text:
    """The sentence with its number, names in the colour of their kind and, where there are no colours, brackets."""
    line = Text(f"[{sentence.index}] ", style="bold")
    at = sentence.span.start
    for name in sorted((n for n in names if sentence.span.contains(n.span)), key=lambda n: n.span):
        if name.span.start >= at:
            line.append(_words(document.text[at : name.span.start]), style="not bold")
            marked = f"[{clean(name.span.of(document.text))}]{name.kind}"
            line.append(marked, style=f"not bold {NAME_STYLES[name.kind]}")
            at = name.span.end
    return line.append(_words(document.text[at : sentence.span.end]), style="not bold")


def _words(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _step(step: Step, text: str) -> Text:
    match step:
        case Frame():
            return _frame(step, text)
        case Attribution():
            return _attribution(step, text)
        case Claim():
            return _claim(step, text)
        case Looked():
            return _looked(step, text)
        case TraceEntry():
            return _entry(step, text)
        case Report():
            return _report(step)


def _frame(frame: Frame, text: str) -> Text:
    roles = [f"{role}={_fillers(getattr(frame, role), text)}" for role in ROLE_NAMES if getattr(frame, role)]
    modes = [f"{name} {score:.2f}" for name, score in frame.modes[:3]]
    statuses = [f"{name} {score:.2f}" for name, score in frame.statuses[:2]]
    head = f"{frame.event} {frame.score:.2f} “{clean(frame.trigger.of(text))}”"
    return _line("frame", " | ".join([head, *roles, *modes, *statuses]), "blue")


def _attribution(one: Attribution, text: str) -> Text:
    source = f"“{clean(one.source.of(text))}”" if one.source else "nobody named"
    content = " … ".join(_short(clean(part.of(text))) for part in one.content)
    return _line(one.kind, f"{source}, “{clean(one.cue.of(text))}”: {content}", "magenta")


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_CONTENT else f"{words[: LONGEST_CONTENT - 1]}…"


def _fillers(fillers: Iterable[Filler], text: str) -> str:
    marks = ((filler, "^" if filler.implicit else "") for filler in fillers)
    return "; ".join(f"{mark}{clean(filler.span.of(text))} {filler.score:.2f}" for filler, mark in marks)


def _claim(claim: Claim, text: str) -> Text:
    modes = "-" + "+".join(claim.modes) if claim.modes else ""
    words = clean(claim.trigger.of(text))
    score = dict(claim.confidence).get("event")
    sure = "" if score is None else f", score {score:.2f}"
    return _line("claim", f"{claim.event}{modes} “{words}” {claim.status}, {claim.found_by}{sure}", "green")


def _looked(one: Looked, text: str) -> Text:
    words, found = clean(one.span.of(text)), one.grounding
    if found is None:
        return _line(one.kind, f"“{words}”: not looked up", "dim")
    rest = f"; or {', '.join(found.runners_up)}" if found.runners_up else ""
    target = f", {_target(found.target)}" if found.target else ""
    return _line(one.kind, f"“{words}”: {found.status}{target}: {found.reason}{rest}", "dim")


def _target(target: object) -> str:
    """What is known of an actor, a place or a date: the fields that hold something."""
    slots = getattr(target, "__slots__", ())
    values = (getattr(target, slot) for slot in slots)
    return " ".join(_value(value) for value in values if value not in (None, ()))


def _value(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _entry(entry: TraceEntry, text: str) -> Text:
    detail = f": {clean(entry.detail)}" if entry.detail else ""
    return _line("why", f"{entry.stage} {entry.rule} on “{clean(entry.span.of(text))}” {entry.verdict}{detail}", "dim")


def _report(report: Report) -> Text:
    modes = "-" + "+".join(report.mode) if report.mode else ""
    parts = [date_cell(report.date), parties_cell(report), f"{report.event}{modes}", place_cell(report.place)]
    said = source_cell(report.attribution)
    parts += [report.status, f"said by {said}" if said else "", report.incident, report.id]
    return _line("report", " | ".join(part for part in parts if part), "bold")


def _line(kind: str, text: str, style: str) -> Text:
    return Text.assemble((f"    {kind:8}", "bold"), (text, style))
