"""Annotated reports as they are written: frozen records become lines again that ``annotations.read`` reads."""

from __future__ import annotations

from polybius.evaluation.annotations import (
    ROLES,
    AnnotatedEntity,
    AnnotatedEvent,
    AnnotatedReport,
    RoleFiller,
    Span,
    locate,
)


def notation(report: AnnotatedReport) -> str:
    """The report in the notation that ``read`` reads."""
    meta = {
        "id": report.id,
        "published": report.published.isoformat(),
        "origin": report.origin,
        "title": report.title,
        "contexts": ", ".join(report.contexts),
    }
    lines = [f"# {key}: {value}" for key, value in meta.items() if value is not None]
    lines += [_entity_line(entity) for entity in report.entities]
    for sentence in report.sentences:
        lines.append(f"S: {report.text[slice(*sentence)]}")
        lines += [_event_line(e, report.text, sentence) for e in report.events if _within(e.trigger, sentence)]
    return "\n".join(lines) + "\n"


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _entity_line(entity: AnnotatedEntity) -> str:
    line = f"A: {entity.name} = {entity.code} {','.join(entity.sectors)}"
    return f"{line} | {'; '.join(entity.mentions[1:])}" if len(entity.mentions) > 1 else line


def _event_line(event: AnnotatedEvent, text: str, sentence: Span) -> str:
    kind = "-".join([event.event, ",".join(event.modes)]) if event.modes else event.event
    roles = {role: "; ".join(_filler_text(f, text, sentence) for f in event.roles.get(role, ())) for role in ROLES}
    cells = [kind, _mention(event.trigger, text, sentence)]
    cells += [f"{role}={roles[role]}" for role in ROLES[:-1] if roles[role]]
    cells += [f"status={event.status}", f"by={roles['by'] or '-'}", f"id={event.incident}"]
    return "E: " + " | ".join(cells)


def _filler_text(filler: RoleFiller, text: str, sentence: Span) -> str:
    if filler.span is None:
        return f"^{filler.entity}"
    mention = _mention(filler.span, text, sentence)
    return mention if filler.entity is None else f"{mention}>{filler.entity}"


def _mention(span: Span, text: str, sentence: Span) -> str:
    """The words of the span, numbered where an earlier occurrence in the sentence would be read instead."""
    words, here = text[slice(*span)], text[slice(*sentence)]
    for nth in range(1, 10):
        mention = words if nth == 1 else f"{words}#{nth}"
        found = locate(mention, here)
        if found and found[0] + sentence[0] == span[0]:
            return mention
    raise ValueError(f"{words!r} at {span} cannot be quoted from its sentence")
