"""From the file to the codebook: what must stand where, and what may."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import yaml

from polybius.codebook.compile_rules import compile_rules, in_order
from polybius.codebook.cursor import Cursor, Faults, kind
from polybius.codebook.model import Codebook, Decision, EventType, Mode

SCALE = (-10.0, 10.0)
TYPE_NAME = re.compile(r"[A-Z][A-Z_]*")
MODE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CONTEXT_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CODE = re.compile(r"[A-Z]{3}")

TOP = ("name", "version", "quads", "types", "contexts", "sectors", "actor_codes")
TOP_OPTIONAL = ("decisions", "sources", "licence", "rules")
TYPE_KEYS = ("definition", "quad", "scale", "recipient")
MODE_KEYS = ("definition", "scale")
DECISION_KEYS = ("found", "decision", "reason")


def compile_codebook(top: Cursor, fingerprint: str, base: Codebook | None = None) -> Codebook:
    """The codebook that the file describes. Faults are noted in ``top.faults``; the caller raises them.

    A file that extends ``base`` needs nothing of its own; what it has is added, or takes the place of the same name.
    """
    fields = top.fields(*((TOP, TOP_OPTIONAL) if base is None else (("extends",), (*TOP, *TOP_OPTIONAL))))
    base = base or Codebook("", "", "", {}, {}, {}, {}, {})
    quads = {**base.quads, **_quads(fields.get("quads"))}
    contexts = {
        **base.context_definitions,
        **_definitions(fields.get("contexts"), CONTEXT_NAME, "a context is lower_case"),
    }
    types = {**base.types, **_types(fields.get("types"), quads, contexts, base.types)}
    rules = {rule.id: rule for rule in (*base.rules, *compile_rules(fields.get("rules"), types))}
    if "licence" in fields:
        fields["licence"].text()
    for source in fields["sources"].items() if "sources" in fields else ():
        source.text()
    return Codebook(
        name=_text(fields, "name") or base.name,
        version=_text(fields, "version") or base.version,
        fingerprint=fingerprint,
        quads=quads,
        types=types,
        context_definitions=contexts,
        sector_definitions={
            **base.sector_definitions,
            **_definitions(fields.get("sectors"), CODE, "a sector is three capitals"),
        },
        actor_codes={
            **base.actor_codes,
            **_definitions(fields.get("actor_codes"), CODE, "an actor code is three capitals"),
        },
        decisions=(*base.decisions, *_decisions(fields.get("decisions"), top)),
        rules=in_order(rules.values()),
    )


def _text(fields: Mapping[str, Cursor], name: str) -> str:
    return fields[name].text() if name in fields else ""


def _number(fields: Mapping[str, Cursor], name: str) -> float:
    return fields[name].number(*SCALE) if name in fields else 0.0


def _named(key: Cursor, name: str, pattern: re.Pattern[str], rule: str) -> None:
    if not pattern.fullmatch(name):
        key.fault(f"{rule}, found {name!r}")


def _quads(cursor: Cursor | None) -> dict[str, int]:
    entries = cursor.entries() if cursor else ()
    return {name: int(value.number(1, 4)) for name, _, value in entries}


def _definitions(cursor: Cursor | None, pattern: re.Pattern[str], rule: str) -> dict[str, str]:
    """A mapping of names to what they mean."""
    texts: dict[str, str] = {}
    for name, key, value in cursor.entries() if cursor else ():
        _named(key, name, pattern, rule)
        texts[name] = value.text()
    return texts


def _types(
    cursor: Cursor | None, quads: Collection[str], contexts: Collection[str], known: Collection[str]
) -> dict[str, EventType]:
    entries = list(cursor.entries()) if cursor else []
    names = [*known, *(name for name, _, _ in entries)]
    for name, key, _ in entries:
        _named(key, name, TYPE_NAME, "a type is in CAPITALS")
    if cursor and not entries:
        cursor.fault("a codebook has at least one type")
    return {name: _type(name, value, quads, contexts, names) for name, _, value in entries}


def _type(
    name: str, cursor: Cursor, quads: Collection[str], contexts: Collection[str], names: Collection[str]
) -> EventType:
    fields = cursor.fields(TYPE_KEYS, ("modes", "future"))
    return EventType(
        name=name,
        definition=_text(fields, "definition"),
        quad=fields["quad"].one_of("quad class", quads) if "quad" in fields else "",
        scale=_number(fields, "scale"),
        recipient=fields["recipient"].flag() if "recipient" in fields else False,
        modes=_modes(fields.get("modes"), contexts),
        future=fields["future"].one_of("event type", names) if "future" in fields else None,
    )


def _modes(cursor: Cursor | None, contexts: Collection[str]) -> dict[str, Mode]:
    modes: dict[str, Mode] = {}
    for name, key, value in cursor.entries() if cursor else ():
        _named(key, name, MODE_NAME, "a mode is lower-case")
        modes[name] = _mode(name, value, contexts)
    return modes


def _mode(name: str, cursor: Cursor, contexts: Collection[str]) -> Mode:
    fields = cursor.fields(MODE_KEYS, ("contexts",))
    added = fields["contexts"].items() if "contexts" in fields else ()
    return Mode(
        name=name,
        definition=_text(fields, "definition"),
        scale=_number(fields, "scale"),
        contexts=tuple(item.one_of("context", contexts) for item in added),
    )


def _decisions(cursor: Cursor | None, top: Cursor) -> tuple[Decision, ...]:
    return tuple(_decision(name, value, top) for name, _, value in (cursor.entries() if cursor else ()))


def _decision(name: str, cursor: Cursor, top: Cursor) -> Decision:
    fields = cursor.fields(DECISION_KEYS, ("holds",))
    holds = fields["holds"].entries() if "holds" in fields else ()
    return Decision(
        id=name,
        found=_text(fields, "found"),
        decision=_text(fields, "decision"),
        reason=_text(fields, "reason"),
        holds=tuple((place, _held(place, key, value, top)) for place, key, value in holds),
    )


ABSENT = "absent"


def _held(place: str, key: Cursor, value: Cursor, top: Cursor) -> str:
    """The value that a decision lays down for a place of the file; that the file says something else is a fault."""
    wanted = value.name()
    *parents, last = place.split("/")
    parent = top
    for part in parents:
        found_parent = _child(parent, part)
        if found_parent is None:
            key.fault(f"there is no {part!r} on the way to {place!r}")
            return wanted
        parent = found_parent
    child = _child(parent, last)
    found = ABSENT if child is None else _written(child)
    if not _same(found, wanted):
        (child or key).fault(f"decided as {wanted} (decisions), found {found}")
    return wanted


def _written(cursor: Cursor) -> str:
    """A value as the file has it, or what it is, where it is no single value."""
    return str(cursor.node.value) if isinstance(cursor.node, yaml.ScalarNode) else kind(cursor.node)


def _same(found: str, wanted: str) -> bool:
    """Whether two values are written alike, or are the same number."""
    try:
        return found == wanted or float(found) == float(wanted)
    except ValueError:
        return False


def extended(top: Cursor) -> bool:
    """Whether the file says that it extends the packaged codebook; that it names another one is a fault."""
    name = _child(top, "extends")
    if name is not None:
        name.one_of("codebook", ("plover",))
    return name is not None


def _child(cursor: Cursor, name: str) -> Cursor | None:
    """The value under a key. Faults of the mapping are not noted here: the first reading of it has noted them."""
    quiet = Cursor(cursor.node, cursor.label, Faults(cursor.faults.path))
    values = (value for key, _, value in quiet.entries() if key == name)
    return next((Cursor(value.node, value.label, cursor.faults) for value in values), None)
