"""An explained document, printed sentence by sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from polybius.cli.sinks import PLAIN_WIDTH
from polybius.cli.table import date_cell, parties_cell, place_cell, report_table, source_cell
from polybius.cli.text import clean, plural
from polybius.coding import Attribution
from polybius.records import ROLE_NAMES, Claim, Document, Filler, Frame, Groundings, Name, Sentence, TraceEntry
from polybius.report import Report
from polybius.run import Coded, Explained

LONGEST_CONTENT = 80  # characters of what somebody says
NAME_STYLES = {"PERSON": "cyan", "ORG": "magenta", "PLACE": "green", "MISC": "yellow"}


def print_explanation(explained: Explained) -> None:
    """Sentences with names marked; under each its frames, claims, reports and the trace; at the end the table."""
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    for line in _lines(explained):
        console.print(line, soft_wrap=not console.is_terminal)
    console.print(report_table("all", Coded(explained.document, explained.reports)))


def _lines(explained: Explained) -> Iterator[Text]:
    yield _summary(explained)
    for sentence in explained.reading.sentences:
        yield Text()
        yield _sentence(explained.document, sentence, explained.reading.names)
        yield from _details(explained, sentence)
    yield from _unplaced(explained)


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


def _details(explained: Explained, sentence: Sentence) -> Iterator[Text]:
    text = explained.document.text
    for frame in explained.reading.frames:
        if frame.sentence == sentence.index:
            yield _frame(frame, text)
    for one in explained.attributions:
        if one.sentence == sentence.index:
            yield _attribution(one, text)
    for claim in explained.claims:
        if claim.sentence == sentence.index:
            yield from _claim(claim, explained.groundings, text)
    for entry in explained.trace:
        if sentence.span.start <= entry.span.start < sentence.span.end:
            yield _entry(entry, text)
    for report in explained.reports:
        if report.sentence.index == sentence.index and report.trigger.within == "text":
            yield _report(report)


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


def _claim(claim: Claim, groundings: Groundings, text: str) -> Iterator[Text]:
    modes = "-" + "+".join(claim.modes) if claim.modes else ""
    words = clean(claim.trigger.of(text))
    yield _line("claim", f"{claim.event}{modes} “{words}” {claim.status}, {claim.found_by}", "green")
    sources = tuple(source.filler for source in claim.attribution)
    people = [*claim.actor, *claim.recipient, *sources]
    for span in dict.fromkeys(filler.span for filler in people):
        yield _grounding("who", span.of(text), groundings.actors.get(span))
    for span in dict.fromkeys(filler.span for filler in claim.place):
        yield _grounding("where", span.of(text), groundings.places.get(span))
    for span in dict.fromkeys([*(filler.span for filler in claim.date), claim.trigger]):
        if span in groundings.dates:
            yield _grounding("when", span.of(text), groundings.dates[span])


def _grounding(kind: str, words: str, grounding: object) -> Text:
    if grounding is None:
        return _line(kind, f"“{clean(words)}”: not looked up", "dim")
    status, target = getattr(grounding, "status", "?"), getattr(grounding, "target", None)
    reason, others = getattr(grounding, "reason", ""), getattr(grounding, "runners_up", ())
    rest = f"; or {', '.join(others)}" if others else ""
    return _line(kind, f"“{clean(words)}”: {status}{f', {_target(target)}' if target else ''}: {reason}{rest}", "dim")


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
    return Text.assemble((f"    {kind:7}", "bold"), (text, style))


def _unplaced(explained: Explained) -> Iterator[Text]:
    """Entries of the trace that belong to no sentence."""
    spans = [sentence.span for sentence in explained.reading.sentences]
    for entry in explained.trace:
        if not any(span.start <= entry.span.start < span.end for span in spans):
            yield _entry(entry, explained.document.text)
