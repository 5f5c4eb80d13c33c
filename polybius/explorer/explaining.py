"""Why an article was coded as it was: it is read again, and every decision on the way is told, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from fastapi import FastAPI
from markupsafe import Markup

from polybius.coding import Attribution
from polybius.explorer.wording import days, short
from polybius.explorer.words import Mark, highlight
from polybius.records import (
    ROLE_NAMES,
    Actor,
    Claim,
    DateRange,
    Document,
    Filler,
    Frame,
    Name,
    Place,
    Sentence,
    TraceEntry,
)
from polybius.report import Report
from polybius.run import Coder, Explained, FromSetup, Setup
from polybius.run.walk import Looked, Step, steps, unplaced

LONGEST = 100_000  # characters that are read while somebody waits
_READING = Lock()  # one at a time: a reading takes all that one processor has


class NotExplained(Exception):
    """Why an article cannot be explained; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One decision: at which stage, on which words, and what was decided and why."""

    stage: str
    words: str
    says: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence with its names and events marked, and what was decided in it. ``number`` is None for what is in none."""

    number: int | None
    words: Markup
    lines: tuple[Line, ...]


def coder_of(app: FastAPI) -> Coder:
    """The coder of the server, loaded when it is first asked for. Raises NotExplained."""
    from polybius.codebook import CodebookError
    from polybius.reference import ActorError
    from polybius.reference.gazetteer_file import GazetteerError

    with _READING:
        if getattr(app.state, "coder", None) is None:
            try:
                app.state.coder = FromSetup(Setup())()
            except (FileNotFoundError, CodebookError, GazetteerError, ActorError) as error:
                raise NotExplained(str(error)) from None
        found: Coder = app.state.coder
    return found


def explained(coder: Coder, document: Document) -> Explained:
    """The document read again. Raises NotExplained where that would take too long or fails."""
    if len(document.text) > LONGEST:
        raise NotExplained(
            f"the article has {len(document.text):,} characters; at most {LONGEST:,} are explained here, "
            "and all by: polybius explain FILE"
        )
    with _READING:
        try:
            return coder.explain(document)
        except Exception as error:  # whatever a stage raises is what there is to tell
            raise NotExplained(f"reading it again failed: {type(error).__name__}: {error}") from None


def explanations(found: Explained) -> Iterator[Explanation]:
    """Sentence by sentence; at the end what was decided outside of all."""
    text = found.document.text
    for sentence in found.reading.sentences:
        lines = tuple(_line(step, text) for step in steps(found, sentence))
        yield Explanation(sentence.index, _words(found, sentence), lines)
    rest = tuple(_line(entry, text) for entry in unplaced(found))
    if rest:
        yield Explanation(None, Markup(""), rest)


def _words(found: Explained, sentence: Sentence) -> Markup:
    names = [_name(name) for name in found.reading.names if sentence.span.contains(name.span)]
    events = [_event(frame) for frame in found.reading.frames if frame.sentence == sentence.index]
    return highlight(found.document.text, [*names, *events], sentence.span.start, sentence.span.end)


def _name(name: Name) -> Mark:
    return Mark(name.span.start, name.span.end, "name", f"name: {name.kind.lower()}", name.kind.lower())


def _event(frame: Frame) -> Mark:
    return Mark(
        frame.trigger.start, frame.trigger.end, "trigger", f"{frame.event} {frame.score:.2f}", frame.event.lower()
    )


def _line(step: Step, text: str) -> Line:
    match step:
        case Frame():
            return _frame(step, text)
        case Attribution():
            return _attribution(step, text)
        case Claim():
            modes = f" ({', '.join(step.modes)})" if step.modes else ""
            return Line("claim", step.trigger.of(text), f"{step.event}{modes}, {step.status}, by {step.found_by}")
        case Looked():
            return _looked(step, text)
        case TraceEntry():
            return _entry(step, text)
        case Report():
            return _report(step)


def _frame(frame: Frame, text: str) -> Line:
    roles = [f"{role}: {_fillers(getattr(frame, role), text)}" for role in ROLE_NAMES if getattr(frame, role)]
    modes = [f"{name} {score:.2f}" for name, score in frame.modes[:3]]
    statuses = [f"{name} {score:.2f}" for name, score in frame.statuses[:2]]
    return Line(
        "seen", frame.trigger.of(text), " · ".join([f"{frame.event} {frame.score:.2f}", *roles, *modes, *statuses])
    )


def _fillers(fillers: Iterable[Filler], text: str) -> str:
    return "; ".join(
        f"“{one.span.of(text)}” {one.score:.2f}{' (elsewhere)' if one.implicit else ''}" for one in fillers
    )


def _attribution(one: Attribution, text: str) -> Line:
    source = f"“{one.source.of(text)}”" if one.source else "nobody named"
    content = " … ".join(short(part.of(text)) for part in one.content)
    return Line(one.kind, one.cue.of(text), f"{source}: {content}")


def _looked(one: Looked, text: str) -> Line:
    found = one.grounding
    if found is None:
        return Line(one.kind, one.span.of(text), "not looked up")
    parts = [found.status.replace("_", " "), _target(found.target), found.reason]
    others = f"or {', '.join(found.runners_up)}" if found.runners_up else ""
    return Line(one.kind, one.span.of(text), " · ".join(filter(None, [*parts, others])))


def _target(target: Actor | Place | DateRange | None) -> str:
    if isinstance(target, Actor):
        return " ".join(filter(None, (target.name, target.code, *target.sectors, target.identifier)))
    if isinstance(target, Place):
        return " ".join(filter(None, (target.name, target.country, target.admin1, target.feature)))
    return "" if target is None else days(target.start, target.end)


def _entry(entry: TraceEntry, text: str) -> Line:
    detail = f": {entry.detail}" if entry.detail else ""
    return Line("why", entry.span.of(text), f"{entry.stage}, {entry.rule}: {entry.verdict}{detail}")


def _report(report: Report) -> Line:
    modes = f" ({', '.join(report.mode)})" if report.mode else ""
    return Line(
        "report", report.trigger.text, f"{report.event}{modes}, {report.status}, {report.incident}, {report.id}"
    )
