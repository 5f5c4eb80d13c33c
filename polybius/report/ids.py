"""The id of a report: what was decided, and on which words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from polybius.records import Claim, Document, Span, Status, content_id

RECIPE = 1


def report_id(
    version: str,
    sentence: int,
    event: str,
    trigger: Span,
    status: Status,
    roles: Mapping[str, Iterable[Span]],
) -> str:
    """The id of a report: the document's text, the decisions and their spans, never a score."""
    fields: dict[str, str | int | None] = {
        "version": version,
        "sentence": sentence,
        "event": event,
        "trigger": span_text((trigger,)),
        "status": status,
    }
    fields.update({f"role:{role}": span_text(spans) for role, spans in roles.items()})
    return content_id("rep", RECIPE, fields)


def claim_id(document: Document, claim: Claim) -> str:
    """The id of the report that ``claim`` becomes; grounding does not change it."""
    roles = {
        "actor": [filler.span for filler in claim.actor],
        "recipient": [filler.span for filler in claim.recipient],
        "place": [filler.span for filler in claim.place],
        "date": [filler.span for filler in claim.date],
        "attribution": [source.filler.span for source in claim.attribution],
    }
    return report_id(document.version, claim.sentence, claim.event, claim.trigger, claim.status, roles)


def span_text(spans: Iterable[Span]) -> str:
    """Spans in writing: "0-4,9-12"."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)
