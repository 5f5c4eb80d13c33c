"""From the list of rules in the file to rules: every fault with its place and the nearest name that is right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

import yaml

from polybius.codebook.cursor import Cursor
from polybius.codebook.faults import unknown
from polybius.codebook.model import EventType
from polybius.codebook.readings import hand_reading
from polybius.codebook.rules import (
    FRAME_TESTS,
    TREE_PLACES,
    WORD_TESTS,
    Action,
    ActionKind,
    Condition,
    Example,
    Rule,
    Test,
)
from polybius.records import NAME_KINDS, ROLE_NAMES, STATUSES

RULE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = frozenset(
    """acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed
    flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp""".split()
)
ACTIONS: tuple[ActionKind, ...] = ("add", "retype", "set", "veto")
OPTIONAL = ("about", "priority", "trigger", "frame", "needs", "unless", "examples", "counter_examples", *ACTIONS)
Types = Mapping[str, EventType]


def compile_rules(cursor: Cursor | None, types: Types) -> tuple[Rule, ...]:
    """The rules in the order in which they run."""
    rules: dict[str, Rule] = {}
    for item in cursor.items() if cursor else ():
        rule = _rule(item, types)
        if rule.id in rules:
            item.fault(f"the rule {rule.id!r} stands here twice")
        rules[rule.id] = rule
    return in_order(rules.values())


def in_order(rules: Collection[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: (-rule.priority, rule.id)))


def _rule(cursor: Cursor, types: Types) -> Rule:
    fields = cursor.fields(("id",), OPTIONAL)
    action = _action(cursor, fields, types)
    name = fields["id"].name() if "id" in fields else ""
    if name and not RULE_ID.fullmatch(name):
        fields["id"].fault(f"an id is lower-case with hyphens, found {name!r}")
    if action.kind == "add" and "frame" in fields:
        fields["frame"].fault("a rule that adds a frame looks at words; it has a trigger and no frame")
    if "trigger" not in fields and (action.kind == "add" or "frame" not in fields):
        cursor.fault("the key 'trigger' is missing")
    return Rule(
        id=name,
        action=action,
        about=fields["about"].text() if "about" in fields else "",
        priority=int(fields["priority"].number(-1000, 1000)) if "priority" in fields else 0,
        trigger=_tests(fields["trigger"]) if "trigger" in fields else (),
        frame=_frame_tests(fields["frame"], types) if "frame" in fields else (),
        needs=_conditions(fields.get("needs")),
        unless=_conditions(fields.get("unless")),
        examples=(
            *_examples(fields.get("examples"), True, types),
            *_examples(fields.get("counter_examples"), False, types),
        ),
    )


def _action(cursor: Cursor, fields: Mapping[str, Cursor], types: Types) -> Action:
    given = [kind for kind in ACTIONS if kind in fields]
    if len(given) != 1:
        cursor.fault(f"a rule does one of {', '.join(ACTIONS)}; found {', '.join(given) or 'none'}")
        return Action("veto")
    (kind,) = given
    value = fields[kind]
    if kind == "veto":
        if not value.flag():
            value.fault("veto is true or left out")
        return Action("veto")
    required, optional = {
        "add": (("event",), ("modes", "status", *ROLE_NAMES)),
        "retype": (("event",), ("modes",)),
    }.get(kind, ((), ("modes", "status")))
    parts = value.fields(required, optional)
    event = parts["event"].one_of("event type", types) if "event" in parts else ""
    if kind == "set" and not parts:
        value.fault("expected modes or a status to set")
    return Action(
        kind,
        event if event in types else "",
        _modes(parts.get("modes"), event, types),
        parts["status"].one_of("status", STATUSES) if "status" in parts else "",
        tuple((role, _role(parts[role])) for role in ROLE_NAMES if role in parts),
    )


def _modes(cursor: Cursor | None, event: str, types: Types) -> tuple[str, ...]:
    known = types[event].modes if event in types else {mode for found in types.values() for mode in found.modes}
    what = f"mode of {event}" if event in types else "mode"
    return tuple(item.one_of(what, known) for item in (cursor.items() if cursor else ()))


def _role(cursor: Cursor) -> Condition:
    """What fills a role: the name of a place in the tree, or the tests of a child of the trigger."""
    if isinstance(cursor.node, yaml.MappingNode):
        return Condition("child", _tests(cursor))
    return Condition(cursor.one_of("place in the tree", TREE_PLACES))


def _conditions(cursor: Cursor | None) -> tuple[Condition, ...]:
    """A mapping of places to tests, or to a list of several tests for one place."""
    found: list[Condition] = []
    for place, key, value in cursor.entries() if cursor else ():
        if place not in (*TREE_PLACES, *ROLE_NAMES):
            key.fault(unknown("place", place, (*TREE_PLACES, *ROLE_NAMES)))
        several = isinstance(value.node, yaml.SequenceNode)
        found += [Condition(place, _tests(item)) for item in (value.items() if several else (value,))]
    return tuple(found)


def _tests(cursor: Cursor) -> tuple[Test, ...]:
    found = []
    for name, key, value in cursor.entries():
        if name not in WORD_TESTS:
            key.fault(unknown("test", name, WORD_TESTS))
            continue
        found.append((name, tuple(_word_value(name, item) for item in _values(value))))
    return tuple(found)


def _word_value(name: str, cursor: Cursor) -> str:
    if name == "upos":
        return cursor.one_of("part of speech", UPOS)
    if name == "name":
        return cursor.one_of("kind of name", ("true", "false", *NAME_KINDS))
    value = cursor.name()
    if name == "rel" and value.partition(":")[0] not in RELATIONS:
        cursor.fault(unknown("relation", value, RELATIONS))
    return value.lower() if name in ("lemma", "form", "case") else value


def _frame_tests(cursor: Cursor, types: Types) -> tuple[Test, ...]:
    modes = {mode for event in types.values() for mode in event.modes}
    allowed: dict[str, tuple[str, Collection[str]]] = {
        "event": ("event type", types),
        "status": ("status", STATUSES),
        "mode": ("mode", modes),
    }
    fields = cursor.fields((), FRAME_TESTS)
    return tuple((name, tuple(item.one_of(*allowed[name]) for item in _values(fields[name]))) for name in fields)


def _values(cursor: Cursor) -> Iterator[Cursor]:
    """One value, or those of a list."""
    if isinstance(cursor.node, yaml.SequenceNode):
        yield from cursor.items()
    else:
        yield cursor


def _examples(cursor: Cursor | None, fires: bool, types: Types) -> Iterator[Example]:
    for item in cursor.items() if cursor else ():
        mark = item.node.start_mark
        place = (mark.line + 1, mark.column + 1)
        if isinstance(item.node, yaml.MappingNode):
            text, reading = hand_reading(item, types)
            yield Example(text, *place, fires, reading)
        else:
            yield Example(item.text(), *place, fires)
